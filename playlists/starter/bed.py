"""The bed: a loop without a seam, for when a phase holds longer than its music."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import fft
from scipy.ndimage import gaussian_filter1d

from playlists.starter.space import room
from playlists.starter.voices import Sustained, frequency_hz, humps, loop_of
from soundscape.dsp.loudness import HOP_S, LoudnessMeter
from soundscape.media.writer import write_audio
from soundscape.units import frames_in

BED_S = 90.0
BED_LUFS = -26.0
"""Quieter than any piece: it stands behind silence, not in front of it."""

_VOICE = Sustained(1.5, 500.0, 0.8, 0.0, 0.0)
_CHORD = ((38, 0.0), (45, -4.0), (50, -4.0), (57, -8.0), (62, -13.0))
"""MIDI pitches of an open fifth in D, without a third that could tell a mood, and their gains."""

_REVERBERATION_S, _WET = 6.0, 0.5
_SMOOTH_S = 1.2
_EVENING = 0.4  # of the power: 0.5 would leave no swell at all


def make_bed(path: Path, *, seed: int = 1) -> None:
    """Write the bed.

    Parameters
    ----------
    path : Path
        Ends in ``.flac`` or ``.wav``.
    seed : int
        The same seed makes the same sound.
    """
    write_audio(path, [bed(seed=seed)])


def bed(*, seed: int, length_s: float = BED_S) -> NDArray[np.float32]:
    """Return the bed: its end runs on into its begin.

    It is drawn in the spectrum of the whole length, so that each part of it goes round in whole
    periods, and the room is convolved around the circle: there is no seam to hide.

    Parameters
    ----------
    seed : int
        Not negative.
    length_s : float
        At least 10 s, in whole tenths.

    Returns
    -------
    NDArray[np.float32], shape (frames, 2)
        At ``BED_LUFS``.
    """
    rng = np.random.default_rng(seed)
    length = frames_in(length_s)
    spectrum = np.zeros(length // 2 + 1)
    for pitch, gain_db in _CHORD:
        tone = humps(_VOICE, frequency_hz(pitch), length)
        spectrum += tone * 10.0 ** (gain_db / 20.0) / np.sqrt(np.sum(tone**2))
    dry = loop_of(spectrum, length, rng)
    response = fft.rfft(room(_REVERBERATION_S, _WET, rng), length, axis=1)
    loop = _evened(fft.irfft(fft.rfft(dry, axis=1) * response, length, axis=1).T)
    meter = LoudnessMeter()
    meter.add(loop)
    gain = 10.0 ** ((BED_LUFS - meter.reading().integrated_lufs) / 20.0)
    return np.ascontiguousarray(loop * gain, np.float32)


def _evened(loop: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return a loop with its slow swells drawn in, around the circle."""
    hop = frames_in(HOP_S)
    power = np.square(loop).reshape(-1, hop, loop.shape[1]).mean(axis=(1, 2))
    slow = gaussian_filter1d(power, _SMOOTH_S / HOP_S, mode="wrap")
    middles = (np.arange(slow.size) + 0.5) * hop
    gain = np.interp(
        np.arange(len(loop)), middles, (slow.mean() / slow) ** _EVENING, period=len(loop)
    )
    return np.asarray(loop * gain[:, None], np.float32)
