"""The measures find in computed crossfades the very faults that were put in."""

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks.fades.job import A_HZ, B_HZ, FADE_S, FADE_START_S, declared, formula, sine
from benchmarks.fades.measures import (
    HEARD_S,
    Measured,
    level_over_time,
    longest_silence_ms,
    measured,
    splatter_db,
)
from soundscape.units import SESSION_RATE_HZ, Seconds, frames_in

pytestmark = pytest.mark.slow
LONG_S = Seconds(20.0)


def recording(sound: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return a sound on both sides behind a third of a second of silence, shape (frames, 2)."""
    silence = np.zeros(SESSION_RATE_HZ // 3)
    both = np.concatenate([silence, sound]).astype(np.float32)
    return np.column_stack([both, both])


def crossfade(leaving: NDArray[np.float64], arriving: NDArray[np.float64]) -> Measured:
    sound = leaving * sine(A_HZ, LONG_S) + arriving * sine(B_HZ, LONG_S)
    return measured(recording(sound))


def test_the_declared_crossfade_has_no_fault() -> None:
    found = measured(recording(formula(LONG_S)))

    assert abs(found.equal_level_ms) < 0.01
    assert abs(found.fade_start_ms) < 0.1
    assert abs(found.fade_end_ms) < 0.1
    assert found.timing_frames < 1.0
    assert found.curve_worst_db < 0.01
    assert found.splatter_db < -120.0
    assert found.longest_silence_ms < 0.1


@pytest.mark.parametrize("late_ms", [-40.0, 3.0, 25.0])
def test_a_late_crossfade_is_late_in_every_measure_of_time(late_ms: float) -> None:
    frames = round(late_ms * SESSION_RATE_HZ / 1000.0)
    leaving, arriving = (np.roll(curve, frames) for curve in declared(LONG_S))
    leaving[: max(frames, 0)], arriving[: max(frames, 0)] = 1.0, 0.0
    if frames < 0:
        leaving[frames:], arriving[frames:] = 0.0, 1.0

    found = crossfade(leaving, arriving)

    assert found.equal_level_ms == pytest.approx(late_ms, abs=0.05)
    assert found.fade_start_ms == pytest.approx(late_ms, abs=0.2)
    assert found.fade_end_ms == pytest.approx(late_ms, abs=0.2)
    assert found.timing_frames == pytest.approx(abs(frames), abs=2.0)


def test_a_linear_crossfade_dips_by_three_decibels_at_the_right_time() -> None:
    share = (np.arange(frames_in(LONG_S)) / SESSION_RATE_HZ - FADE_START_S) / FADE_S
    arriving = np.clip(share, 0.0, 1.0)

    found = crossfade(1.0 - arriving, arriving)

    assert found.power_dip_db == pytest.approx(-3.01, abs=0.01)
    assert abs(found.equal_level_ms) < 0.01
    assert found.curve_rms_db > 1.0


def test_a_step_of_level_is_splatter() -> None:
    leaving, arriving = declared(LONG_S)
    stepped = np.round(arriving * 50.0) / 50.0

    assert crossfade(leaving, arriving).splatter_db < -120.0
    assert crossfade(leaving, stepped).splatter_db > -90.0


def test_a_known_error_is_found_in_decibels() -> None:
    sound = formula(HEARD_S)
    noise = 1e-4 * np.random.default_rng(1).standard_normal(len(sound))

    share_db = 10.0 * np.log10(np.sum(noise**2) / np.sum(sound**2))

    # of white noise nearly all lies beyond 200 Hz from two tones
    assert splatter_db(sound + noise) == pytest.approx(share_db, abs=0.3)


def test_the_level_of_a_tone_is_its_amplitude_beside_another() -> None:
    sound = 0.5 * sine(A_HZ, 2.0) + 2.0 * sine(B_HZ, 2.0)

    middle = slice(SESSION_RATE_HZ // 2, SESSION_RATE_HZ)
    assert level_over_time(sound, A_HZ)[middle] == pytest.approx(0.1, rel=1e-4)
    assert level_over_time(sound, B_HZ)[middle] == pytest.approx(0.4, rel=1e-4)


def test_a_hole_is_as_long_as_it_is() -> None:
    sound = recording(sine(A_HZ, 2.0))
    sound[frames_in(1.0) : frames_in(1.01)] = 0.0

    assert longest_silence_ms(sound) == pytest.approx(10.0, abs=0.1)


def test_too_short_a_recording_is_refused() -> None:
    with pytest.raises(ValueError, match="19 seconds"):
        measured(recording(sine(A_HZ, 3.0)))
