"""What would startle a listener is measured, and what only a meter sees is not."""

import numpy as np
import pytest
from numpy.typing import NDArray

from playlists.analysis.startle import SHORTEST_FADE_S, jump_lu, startle_lu
from playlists.routes import load_routes
from playlists.solver.layout import CUE_FADE_S
from soundscape.dsp.loudness import Loudness
from soundscape.units import Lufs, Seconds


def curve(*levels: tuple[float, float]) -> NDArray[np.float64]:
    """Return momentary loudness of which (LUFS, seconds) follow each other."""
    parts = [np.full(round(10 * length_s), level) for level, length_s in levels]
    return np.concatenate([*parts, np.empty(0)])


def startle(*levels: tuple[float, float], lead_s: float = 0.0) -> float:
    """Return the startle of a track of -20 LUFS."""
    momentary = curve(*levels)
    return startle_lu(Loudness(Lufs(-20.0), 5.0, momentary, momentary[26:]), Seconds(lead_s))


@pytest.mark.parametrize("step_lu", [0.0, 3.0, 8.0, 12.0])
def test_a_step_that_lasts_is_measured_in_full(step_lu: float) -> None:
    assert startle((-24, 20), (-24 + step_lu, 20)) == pytest.approx(step_lu, abs=0.01)


def test_a_short_burst_out_of_quiet_music_is_measured_in_full() -> None:
    assert startle((-30, 20), (-15, 0.5), (-30, 20)) == pytest.approx(15, abs=0.01)


def test_bursts_that_come_again_and_again_are_each_measured() -> None:
    assert startle((-24, 20), *[(-30, 4), (-15, 0.5)] * 8) > 14


def test_a_rise_counts_as_far_as_it_goes_within_two_seconds() -> None:
    ramp = [(-30 + 2 * step / 10, 0.1) for step in range(60)]

    assert 4.0 <= startle((-30, 20), *ramp, (-18, 20)) < 6.5


def test_a_pause_between_phrases_is_forgiven_and_a_long_silence_is_not() -> None:
    phrases = startle((-20, 20), *[(-60, 1), (-20, 3)] * 5)
    silence = startle((-20, 20), (-60, 3.5), (-20, 20))

    assert phrases < 3
    assert silence == pytest.approx(20, abs=0.01)


def test_a_rise_below_what_is_audible_is_none() -> None:
    assert startle((-20, 20), (-70, 10), (-40, 10), (-70, 10)) == pytest.approx(0, abs=0.01)


def test_a_tracks_own_start_is_faded_in_and_startles_nobody() -> None:
    assert startle((-70, 0.5), (-20, 60)) < 1
    assert startle((-20, 60)) == pytest.approx(0, abs=0.01)


def test_silence_before_the_music_is_not_part_of_it() -> None:
    assert startle((-120, 15), (-20, 60), lead_s=15) < 1


def test_a_bang_after_the_fade_is_no_start() -> None:
    assert startle((-45, SHORTEST_FADE_S + 4), (-15, 30)) > 20


def test_almost_nothing_startles_nobody() -> None:
    assert startle((-20, 0)) == 0.0
    assert startle((-20, 0.1)) == pytest.approx(0, abs=0.01)
    assert startle((-120, 60)) == pytest.approx(0, abs=0.01)


def test_no_crossfade_of_a_session_is_shorter_than_the_one_that_is_assumed() -> None:
    phases = [phase for route in load_routes().values() for phase in route.phases]

    assert min([CUE_FADE_S, *(phase.fade_s for phase in phases)]) >= SHORTEST_FADE_S


def jump(*levels: tuple[float, float]) -> float:
    """Return the jump of a track of -20 LUFS."""
    momentary = curve(*levels)
    return jump_lu(Loudness(Lufs(-20.0), 5.0, momentary, momentary[26:]), Seconds(0.0))


def test_a_jump_is_a_rise_that_lasts() -> None:
    assert jump((-26, 20), (-20, 20)) == pytest.approx(6.0, abs=0.01)
    assert jump((-26, 20), (-20, 0.5), (-26, 20)) < 3.0
    assert jump((-20, 20), (-26, 20)) == 0.0


def test_a_jump_out_of_what_is_hardly_audible_counts_from_there() -> None:
    assert jump((-20, 20), (-70, 20), (-20, 20)) == pytest.approx(20.0, abs=0.01)


def test_the_tracks_own_start_and_too_little_music_have_no_jump() -> None:
    assert jump((-20, 40)) < 0.5
    assert jump((-20, 1)) == 0.0
    assert jump() == 0.0
