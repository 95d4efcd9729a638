"""Finding a lamp: it swells gently, and the others rest."""

import numpy as np
import pytest
from fakes.clock import FakeClock
from fakes.lights import FakeLink

from soundscape.sensory.fixtures import Fixture, Kind, Via
from soundscape.sensory.output import Output
from soundscape.sensory.pulse import REST_LEVEL, SWELL, find_lamp, show_level
from soundscape.sensory.scene import PLANNED_SLEW_PER_S, SLEW_LIMIT_PER_S

NEAR = Fixture("near", Kind.DIMMER, Via.SACN)
FAR = Fixture("far", Kind.DIMMER, Via.SACN, address=2)


def test_the_lamp_that_is_looked_for_swells_within_half_the_limit_and_the_other_rests() -> None:
    link = FakeLink()

    lost = find_lamp([Output("node", (NEAR, FAR), link, longest_step_s=0.1)], "far", FakeClock())

    levels = np.array([each for _, each in link.sent])
    times_s = np.array([each for each, _ in link.sent])
    slew_per_s = np.abs(np.diff(levels[:, 1]) / np.diff(times_s))
    assert lost == ()
    assert link.closed
    assert set(levels[:, 0]) == {REST_LEVEL}
    assert levels[:, 1].max() == pytest.approx(REST_LEVEL + SWELL, abs=0.001)
    assert slew_per_s.max() <= PLANNED_SLEW_PER_S + 1e-3


def test_a_node_that_does_not_answer_is_named() -> None:
    link = FakeLink()
    link.broken = True

    lost = find_lamp([Output("node", (NEAR,), link, longest_step_s=0.1)], "near", FakeClock())

    assert lost == ("node",)


@pytest.mark.parametrize("level", [0.0, 1.0])
def test_a_level_is_tried_within_the_limit_and_reached_while_the_other_lamp_rests(
    level: float,
) -> None:
    link = FakeLink()

    lost = show_level(
        [Output("node", (NEAR, FAR), link, longest_step_s=0.1)], "far", level, FakeClock()
    )

    levels = np.array([each for _, each in link.sent])
    times_s = np.array([each for each, _ in link.sent])
    slew_per_s = np.abs(np.diff(levels[:, 1]) / np.diff(times_s))
    assert lost == ()
    assert link.closed
    assert levels[0].tolist() == [pytest.approx(REST_LEVEL)] * 2
    assert levels[-1].tolist() == [pytest.approx(REST_LEVEL), pytest.approx(level)]
    assert slew_per_s.max() <= SLEW_LIMIT_PER_S + 1e-3
