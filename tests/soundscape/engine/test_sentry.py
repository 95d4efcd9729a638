"""What cannot be meant is not played; sound music always is."""

import numpy as np
import pytest
from fakes.plans import tone
from numpy.typing import NDArray

from soundscape.dsp.fades import equal_power
from soundscape.engine.sentry import OFFSET, PROMISED, Sentry
from soundscape.units import SESSION_RATE_HZ, Frames

BLOCK = 1024


def blocks(signal: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    return [signal[n : n + BLOCK] for n in range(0, len(signal) - BLOCK, BLOCK)]


def verdicts(sentry: Sentry, signal: NDArray[np.float32]) -> list[bool]:
    return [sentry.lets_pass(block) for block in blocks(signal)]


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 0.9, -0.9])
def test_a_sample_that_the_renderer_never_writes_stops_its_block(value: float) -> None:
    sentry = Sentry()
    music = tone(220.0, 2.0)
    verdicts(sentry, music)
    broken = music[:BLOCK].copy()
    broken[17, 1] = value

    assert not sentry.lets_pass(broken)


def test_an_offset_stops_the_sound_within_its_second() -> None:
    signal = tone(220.0, 4.0) + np.float32(1.2 * OFFSET)

    assert not all(verdicts(Sentry(), signal))


def test_a_burst_out_of_quiet_music_stops_within_a_fifth_of_a_second() -> None:
    quiet = tone(220.0, 4.0, peak=0.02)
    rng = np.random.default_rng(1)
    burst = rng.uniform(-PROMISED, PROMISED, (SESSION_RATE_HZ, 2)).astype(np.float32) * 0.999
    burst = np.clip(np.sign(burst) * np.float32(0.33), -0.33, 0.33)
    sentry = Sentry()
    verdicts(sentry, quiet)

    found = verdicts(sentry, burst)

    assert not all(found[: round(0.2 * SESSION_RATE_HZ / BLOCK)])


def test_a_full_fade_into_the_loudest_music_there_is_passes() -> None:
    loud = tone(220.0, 12.0, peak=0.33)
    share = np.clip(np.arange(len(loud)) / (8.0 * SESSION_RATE_HZ), 0.0, 1.0)
    signal = (loud * equal_power(share)[:, None]).astype(np.float32)

    assert all(verdicts(Sentry(), signal))


def test_struck_notes_out_of_near_silence_pass() -> None:
    time_s = np.arange(6 * SESSION_RATE_HZ) / SESSION_RATE_HZ
    decay = np.exp(-(time_s % 2.0) / 0.3)
    note = 0.33 * np.sin(2.0 * np.pi * 440.0 * time_s) * decay
    signal = np.column_stack([note, note]).astype(np.float32)

    assert all(verdicts(Sentry(), signal))


def test_what_is_heard_instead_goes_on_without_a_step_and_then_is_silent() -> None:
    sentry = Sentry()
    music = tone(220.0, 1.0)
    verdicts(sentry, music)
    last = blocks(music)[-1][-1]

    first, second = sentry.instead(Frames(BLOCK)), sentry.instead(Frames(BLOCK))

    assert np.abs(first[0] - last).max() == 0.0
    assert np.abs(np.diff(first, axis=0)).max() <= 1.1 * np.abs(np.diff(music, axis=0)).max()
    assert np.abs(first[-1]).max() == 0.0
    assert not second.any()
