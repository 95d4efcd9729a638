"""The job that every player is given, and what it should sound like.

A tone of 440 Hz sounds from the start; from 8.000 s on it fades into one of 997 Hz, in 4.000 s.
Tones, because two of them can be told apart while they sound together.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from soundscape.dsp.fades import equal_power
from soundscape.media.writer import write_audio
from soundscape.units import SESSION_RATE_HZ, Seconds, frames_in

A_HZ = 440.0
B_HZ = 997.0
AMPLITUDE = 0.2
FADE_START_S = 8.0
FADE_S = 4.0
FADE_END_S = FADE_START_S + FADE_S
MIDDLE_S = FADE_START_S + FADE_S / 2.0
END_S = 20.0


def sine(frequency_hz: float, duration_s: float) -> NDArray[np.float64]:
    """Return a tone of the job's level, shape (frames,)."""
    time_s = np.arange(frames_in(duration_s)) / SESSION_RATE_HZ
    return np.asarray(AMPLITUDE * np.sin(2.0 * np.pi * frequency_hz * time_s))


def write_tone(path: Path, frequency_hz: float, duration_s: float) -> None:
    """Write a tone of the job's level to a file, the same on both sides."""
    tone = sine(frequency_hz, duration_s).astype(np.float32)
    write_audio(path, [np.column_stack([tone, tone])])


def declared(length_s: Seconds) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the amplitude of the leaving and of the arriving tone by the equal-power law.

    Parameters
    ----------
    length_s : Seconds
        How much of the job.

    Returns
    -------
    tuple[NDArray[np.float64], NDArray[np.float64]]
        Each of shape (frames,), from 0.0 to 1.0.
    """
    share = (np.arange(frames_in(length_s)) - frames_in(FADE_START_S)) / frames_in(FADE_S)
    return equal_power(1.0 - share), equal_power(share)


def formula(length_s: Seconds) -> NDArray[np.float64]:
    """Return the job's sound from its start as arithmetic alone has it, shape (frames,).

    The second tone begins with its first frame at 8.000 s.
    """
    leaving, arriving = declared(length_s)
    sound = leaving * sine(A_HZ, length_s)
    start = frames_in(FADE_START_S)
    second = sine(B_HZ, max(0.0, length_s - FADE_START_S))
    sound[start:] += arriving[start:] * second[: len(sound) - start]
    return sound
