"""Whether both sides are heard: a soft tone left, then right, as a session would play it."""

import numpy as np
from numpy.typing import NDArray

from soundscape.clock import Clock
from soundscape.dsp.fades import raised_cosine
from soundscape.folders import DataFolder
from soundscape.session.trial import play_trial
from soundscape.units import CHANNELS, SESSION_RATE_HZ, Decibels, amplitude, frames_in

TONE_HZ = 440.0
TONE_LENGTH = frames_in(1.6)
TONE_FADE = frames_in(0.3)
PAUSE = frames_in(0.6)
LEVEL_DBFS = Decibels(-29.0)
"""Of its peak: on one ear, and some 6 dB softer than the music of a session."""


def side_tones() -> NDArray[np.float32]:
    """Return the tones.

    Returns
    -------
    NDArray[np.float32], shape (frames, channels)
        Left alone, then right alone, each between two pauses.
    """
    frames = np.arange(TONE_LENGTH)
    swell = raised_cosine(np.minimum(frames, TONE_LENGTH - frames) / TONE_FADE)
    tone = swell * np.sin(2.0 * np.pi * TONE_HZ / SESSION_RATE_HZ * frames)
    made = np.zeros((3 * PAUSE + 2 * TONE_LENGTH, CHANNELS), np.float32)
    for side in range(CHANNELS):
        start = PAUSE + side * (TONE_LENGTH + PAUSE)
        made[start : start + TONE_LENGTH, side] = amplitude(LEVEL_DBFS) * tone
    return made


def play_sides(folder: DataFolder, device: str | None, clock: Clock) -> None:
    """Play the tones and return when they are over; refuses what ``play_trial`` refuses.

    Parameters
    ----------
    folder : DataFolder
        The chair's data.
    device : str | None
        The sound device's name; None for the system's choice.
    clock : Clock
        Paces it.
    """
    play_trial(folder, side_tones(), device=device, clock=clock)
