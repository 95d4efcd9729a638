"""An output: its lamps follow what is wanted, keep their light while lost, and go on gently."""

import numpy as np
import pytest
from fakes.lights import FakeLink
from hypothesis import given, settings
from hypothesis import strategies as st

from soundscape.sensory.fixtures import Fixture, Kind, Via
from soundscape.sensory.mixing import Light
from soundscape.sensory.output import LinkState, Output
from soundscape.sensory.scene import SLEW_LIMIT_PER_S

LAMP = Fixture("ceiling", Kind.DIMMER, Via.SACN)
COLORED = Fixture("wall", Kind.RGBW, Via.SACN, address=2)
STEP_S = 0.025


def output(link: FakeLink, *fixtures: Fixture) -> Output:
    return Output("test", fixtures or (LAMP,), link, longest_step_s=0.1)


def shown(made: Output, level: float, begin_s: float, end_s: float) -> None:
    for now_s in np.arange(begin_s, end_s, STEP_S):
        made.show([Light(level, 2700.0)] * len(made.fixtures), float(now_s))


def test_the_lamps_glide_to_what_is_wanted() -> None:
    link = FakeLink()
    made = output(link)

    shown(made, 0.2, 0.0, 1.0)
    shown(made, 0.5, 1.0, 6.0)

    times_s, levels = link.curve().T
    assert levels[times_s < 1.0] == pytest.approx(0.2)
    assert np.interp(2.5, times_s, levels) == pytest.approx(0.35, abs=0.005)
    assert levels[-1] == 0.5


def test_a_lost_link_leaves_the_level_where_it_was_and_goes_on_gently() -> None:
    link = FakeLink()
    made = output(link)
    shown(made, 0.3, 0.0, 1.0)

    link.broken = True
    shown(made, 0.9, 1.0, 20.0)
    during = made.state
    link.broken = False
    shown(made, 0.9, 20.0, 30.0)

    times_s, levels = link.curve().T
    back = levels[times_s > 19.0]
    assert (during, made.state) == (LinkState.LOST, LinkState.OK)
    assert back[0] == pytest.approx(0.3)
    assert np.diff(back).max() <= SLEW_LIMIT_PER_S * 0.1 + 1e-9
    assert levels[-1] == 0.9


def test_a_link_that_fails_now_and_then_is_not_well() -> None:
    link = FakeLink()
    made = output(link)
    states = []
    for index, now_s in enumerate(np.arange(0.0, 20.0, 0.25)):
        link.broken = index % 6 == 1
        made.show([Light(0.5, 2700.0)], float(now_s))
        states.append(made.state)

    assert set(states[1:]) == {LinkState.LOST}


@given(
    st.lists(
        st.tuples(st.floats(0.0, 1.0), st.floats(1700.0, 8000.0), st.booleans()),
        min_size=2,
        max_size=15,
    )
)
@settings(max_examples=25, derandomize=True)
def test_no_channel_of_any_lamp_is_ever_faster_than_the_limit(
    wanted: list[tuple[float, float, bool]],
) -> None:
    link = FakeLink()
    made = output(link, LAMP, COLORED)
    now_s = 0.0
    for level, color_k, broken in wanted:
        link.broken = broken
        for _ in range(20):
            made.show([Light(level, color_k)] * 2, now_s)
            now_s += STEP_S

    levels = np.array([each for _, each in link.sent])
    times_s = np.array([each for each, _ in link.sent])
    if len(times_s) > 1:
        gone_s = np.minimum(np.diff(times_s), 0.1)[:, None]
        assert np.all(np.abs(np.diff(levels, axis=0)) <= SLEW_LIMIT_PER_S * gone_s + 1e-9)
