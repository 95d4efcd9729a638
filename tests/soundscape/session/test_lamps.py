"""Lamps that follow a session: whatever it is told, in their own levels; and what may fail."""

from pathlib import Path

import numpy as np
import pytest
from fakes.clock import FakeClock
from fakes.flicker import flicker
from fakes.lights import FakeLink
from fakes.plans import data_folder
from fakes.scenes import lit_plans, moments, possible, unfolded
from hypothesis import given, settings

from soundscape.clock import MachineClock
from soundscape.sensory.driver import Driver
from soundscape.sensory.fixtures import LIGHTS_FILE, Fixture, Kind, Via
from soundscape.sensory.guard import FLICKER_FLOOR
from soundscape.sensory.mixing import Light
from soundscape.sensory.output import Output
from soundscape.sensory.scene import SLEW_LIMIT_PER_S, Curve, Scenery
from soundscape.session.events import Kind as EventKind
from soundscape.session.files import Terms
from soundscape.session.lamps import Lamps
from soundscape.session.plan import SessionPlan
from soundscape.session.scenery import scenery_of
from soundscape.units import SESSION_RATE_HZ, frames_in

RATE_HZ = 40
PATIENCE_S = 20.0
LAMPS = (Fixture("a", Kind.TUNABLE, Via.SACN), Fixture("b", Kind.RGB, Via.SACN, address=3))
REAL = Terms(device="null", scale=1.0, attended=True)


@given(lit_plans(), moments)
@settings(max_examples=12, derandomize=True)
def test_nothing_that_is_told_makes_any_channel_jump_or_flicker(
    plan: SessionPlan, drawn: list[tuple[float, EventKind]]
) -> None:
    told = possible(plan, drawn)
    link = FakeLink()
    output = Output("node", LAMPS, link, longest_step_s=0.1)
    known, scenery = -1, scenery_of(unfolded(plan, []))
    last_s = told[-1].frame / SESSION_RATE_HZ + 15.0 if told else 30.0
    for now_s in np.arange(max(0.0, last_s - 90.0), last_s, 1.0 / RATE_HZ):
        heard = [event for event in told if event.frame <= frames_in(now_s)]
        if len(heard) != known:
            known, scenery = len(heard), scenery_of(unfolded(plan, heard))
        shown = scenery.at(frames_in(now_s))
        output.show([Light(shown.light, shown.color_k)] * len(LAMPS), float(now_s))

    levels = np.array([each for _, each in link.sent])
    assert np.abs(np.diff(levels, axis=0)).max() <= SLEW_LIMIT_PER_S / RATE_HZ + 1e-9
    assert max(flicker(channel, RATE_HZ) for channel in levels.T) <= FLICKER_FLOOR


def test_a_driver_counts_on_from_what_it_was_told_and_closes_where_the_light_ends() -> None:
    clock, link = FakeClock(), FakeLink()
    rising = Curve((0, frames_in(20.0)), (0.1, 0.5))
    steady = Curve((0,), (1.0,))
    output = Output("node", LAMPS[:1], link, longest_step_s=0.1)
    driver = Driver([output], clock)

    driver.follow(Scenery(rising, steady, Curve((0,), (2200.0,)), steady), frames_in(10.0))
    driver.close()
    machine = MachineClock()
    begun_s = machine.now()
    while driver.is_moving():
        assert machine.now() - begun_s < PATIENCE_S
        clock.advance(0.05)
        machine.sleep(0.001)

    levels = [float(each.sum()) for _, each in link.sent]
    assert levels[0] == pytest.approx(0.3, abs=0.01)
    assert levels == sorted(levels)
    assert link.closed
    assert driver.lost() == ()


def test_a_wrong_list_of_lamps_is_told_and_leaves_them_alone(tmp_path: Path) -> None:
    folder = data_folder(tmp_path)
    folder.root.mkdir()
    (folder.root / LIGHTS_FILE).write_text("fixtures = 3\n")

    lamps = Lamps(folder, REAL, FakeClock())

    ((level, sentence),) = lamps.notices()
    assert (lamps.state(), level) == ("fault", "note")
    assert "lights.toml: fixtures: must be a list" in sentence


def test_a_session_faster_than_life_leaves_the_lamps_alone(tmp_path: Path) -> None:
    folder = data_folder(tmp_path)
    folder.root.mkdir()
    (folder.root / LIGHTS_FILE).write_text("fixtures = 3\n")

    lamps = Lamps(folder, Terms("null", 20.0, attended=False, lights=False), FakeClock())

    assert lamps.state() == "none"
    assert lamps.notices() == []


def test_a_room_without_lamps_waits_for_none(tmp_path: Path) -> None:
    lamps = Lamps(data_folder(tmp_path), REAL, FakeClock())

    lamps.close()

    assert not lamps.are_moving()
    assert lamps.state() == "none"
