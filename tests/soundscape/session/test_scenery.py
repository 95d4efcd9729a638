"""Light and screen follow the phases and events of the sound, and only ever glide."""

import numpy as np
import pytest
from fakes.scenes import lit_plans, moments, possible, silent_plan, unfolded
from hypothesis import given, settings

from soundscape.sensory.scene import SLEW_LIMIT_PER_S
from soundscape.session.events import Kind, SessionEvent
from soundscape.session.phases import Scene
from soundscape.session.plan import SessionPlan
from soundscape.session.scenery import END_LIGHT, END_SCREEN, SILENCED, SOFTENED, scenery_of
from soundscape.units import Frames, Seconds, frames_in

UNIT_S = 60.0
STEP_S = 0.5
DOSE = SessionEvent(frames_in(60.0), Kind.DOSE_START)
LIGHTS = ((0.4, 0.4), (0.4, 0.05), (0.05, 0.05), (0.05, 0.05), (0.05, 0.3), (0.3, 0.4))


@pytest.fixture(scope="module")
def plan() -> SessionPlan:
    return silent_plan([Scene((0.1, 0.1), pair, Seconds(40.0)) for pair in LIGHTS], UNIT_S)


def event(at_s: float, kind: Kind) -> SessionEvent:
    return SessionEvent(frames_in(at_s), kind)


def light(plan: SessionPlan, at_s: float, *told: SessionEvent) -> float:
    return scenery_of(unfolded(plan, list(told))).at(frames_in(at_s)).light


def test_the_light_fades_with_its_phase_which_the_dose_begins(plan: SessionPlan) -> None:
    assert light(plan, 200.0) == 0.4
    assert light(plan, 61.0, DOSE) == pytest.approx(0.4)
    assert light(plan, 81.0, DOSE) == pytest.approx((0.4 + 0.05) / 2.0)
    assert light(plan, 101.0, DOSE) == pytest.approx(0.05)


def test_a_pause_of_the_pump_keeps_the_light_down_for_as_long(plan: SessionPlan) -> None:
    pause = (event(100.0, Kind.PUMP_PAUSED), event(190.0, Kind.PUMP_RESUMED))
    ended = event(270.0, Kind.DELIVERY_END)
    times_s = np.arange(61.0, 600.0)
    planned = [light(plan, t, DOSE, event(180.0, Kind.DELIVERY_END)) for t in times_s]
    paused = [light(plan, t, DOSE, *pause, ended) for t in times_s]

    assert planned[:40] == paused[:40]
    assert planned[130:400] == pytest.approx(paused[220:490])


def test_a_pump_that_is_stopped_early_brings_the_light_of_the_return_early(
    plan: SessionPlan,
) -> None:
    early = event(80.0, Kind.PUMP_STOPPED_EARLY)

    assert light(plan, 80.0, DOSE, early) == light(plan, 80.0, DOSE)
    assert light(plan, 185.0, DOSE, early) > light(plan, 185.0, DOSE) == pytest.approx(0.05)


def test_softening_and_silence_dim_the_light_and_unsoften_brings_it_back(
    plan: SessionPlan,
) -> None:
    soften, silence = event(10.0, Kind.SOFTEN), event(25.0, Kind.SILENCE)
    back = event(40.0, Kind.UNSOFTEN)

    assert light(plan, 15.0, soften) == pytest.approx(0.4 * (1.0 + SOFTENED) / 2.0)
    assert light(plan, 20.0, soften) == pytest.approx(0.4 * SOFTENED)
    assert light(plan, 35.0, soften, silence) == pytest.approx(0.4 * SILENCED)
    assert light(plan, 60.0, soften, silence, back) == pytest.approx(0.4)


@pytest.mark.parametrize("kind", [Kind.STOP, Kind.STOP_FAST])
def test_a_stop_brings_light_and_screen_gently_up(plan: SessionPlan, kind: Kind) -> None:
    scenery = scenery_of(unfolded(plan, [DOSE, event(150.0, kind)]))
    during = scenery.at(frames_in(154.0)).light

    assert scenery.at(frames_in(150.0)).light == pytest.approx(0.05)
    assert during == pytest.approx((0.05 + END_LIGHT) / 2.0)
    assert scenery.at(frames_in(158.0)).light == END_LIGHT
    assert scenery.at(frames_in(158.0)).screen == END_SCREEN


def test_a_stop_that_is_hurried_goes_on_as_it_began(plan: SessionPlan) -> None:
    stop, fast = event(150.0, Kind.STOP), event(153.0, Kind.STOP_FAST)

    for at_s in (149.0, 152.0, 153.0, 155.0, 170.0):
        assert light(plan, at_s, DOSE, stop, fast) == light(plan, at_s, DOSE, stop)


@given(lit_plans(), moments)
@settings(max_examples=60, derandomize=True)
def test_nothing_that_is_told_makes_light_or_screen_faster_than_the_limit(
    plan: SessionPlan, drawn: list[tuple[float, Kind]]
) -> None:
    scenery = scenery_of(unfolded(plan, possible(plan, drawn)))
    shown = [scenery.at(frames_in(at_s)) for at_s in np.arange(0.0, 500.0, STEP_S)]

    for levels in ([s.light for s in shown], [s.screen for s in shown], [s.glow for s in shown]):
        assert max(map(abs, np.diff(levels))) <= SLEW_LIMIT_PER_S * STEP_S + 1e-6
        assert min(levels) >= 0.0
        assert max(levels) <= 1.0


@given(lit_plans(), moments)
@settings(max_examples=60, derandomize=True)
def test_nothing_that_is_told_alters_the_light_that_was(
    plan: SessionPlan, drawn: list[tuple[float, Kind]]
) -> None:
    told = possible(plan, drawn)
    whole = scenery_of(unfolded(plan, told))

    for count, next_event in enumerate(told):
        before = scenery_of(unfolded(plan, told[:count]))
        frame = Frames(next_event.frame)
        assert before.at(frame).light == pytest.approx(whole.at(frame).light, abs=1e-9)
        assert before.at(frame).screen == pytest.approx(whole.at(frame).screen, abs=1e-9)
