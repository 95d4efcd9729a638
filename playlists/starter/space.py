"""The room around the sound: a soft synthetic reverberation, and places from left to right."""

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from soundscape.units import SESSION_RATE_HZ

_BLOCK_FRAMES = 1 << 19
_AT_ONCE = 8  # as many transforms as go side by side in the processor's wide registers
_BANDS_HZ = (125.0, 250.0, 500.0, 1_000.0, 2_000.0, 4_000.0)
_DECAY_SHARE = (0.9, 1.0, 1.0, 0.85, 0.6, 0.4)
"""Reverberation time of each band, by the room's own: air and cloth take the heights first."""


def placed(pan: float) -> tuple[float, float]:
    """Return the two channels' gains for a place from -1.0, left, to 1.0, right; power is kept."""
    angle = (pan + 1.0) * np.pi / 4.0
    return float(np.cos(angle) * np.sqrt(2.0)), float(np.sin(angle) * np.sqrt(2.0))


def room(reverberation_s: float, wet: float, rng: np.random.Generator) -> NDArray[np.float32]:
    """Return a room's response to one impulse.

    The direct sound, and after it diffuse noise that grows within 80 ms and decays, in each octave
    at its own pace. There is no echo to be heard in it, and little below 150 Hz.

    Parameters
    ----------
    reverberation_s : float
        Seconds in which 500 Hz falls by 60 dB.
    wet : float
        Energy of the reverberation by that of the direct sound.
    rng : np.random.Generator
        Gives the noise.

    Returns
    -------
    NDArray[np.float32], shape (2, frames)
        The direct sound is the first frame.
    """
    length = int(reverberation_s * SESSION_RATE_HZ)
    t_s = np.arange(length) / SESSION_RATE_HZ
    bins_hz = np.maximum(fft.rfftfreq(length, 1.0 / SESSION_RATE_HZ), 1.0)
    noise = fft.rfft(rng.standard_normal((2, length)), axis=1)
    tail = np.zeros((2, length))
    for center_hz, share in zip(_BANDS_HZ, _DECAY_SHARE, strict=True):
        band = np.exp(-2.0 * np.log2(bins_hz / center_hz) ** 2) / np.sqrt(bins_hz)
        fall = np.exp(-np.log(1_000.0) * t_s / (reverberation_s * share))
        tail += fft.irfft(noise * band, length, axis=1) * fall
    tail *= np.minimum(t_s / 0.08, 1.0) ** 2
    tail *= np.minimum((length - np.arange(length)) / (0.2 * length), 1.0)
    tail *= np.sqrt(wet / np.sum(tail**2, axis=1, keepdims=True))
    tail[:, 0] += 1.0
    return np.asarray(tail, np.float32)


def convolved(sound: NDArray[np.float32], response: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return a sound in a room, channel by channel, by overlap and add.

    Parameters
    ----------
    sound : NDArray[np.float32], shape (2, frames)
        The dry sound.
    response : NDArray[np.float32], shape (2, response frames)
        Of the room; shorter than 10 s.

    Returns
    -------
    NDArray[np.float32], shape (2, frames)
        As long as the sound: what would ring on after it is cut.
    """
    step = _BLOCK_FRAMES - response.shape[1] + 1
    length = sound.shape[1]
    result = np.zeros_like(sound)
    for channel in range(2):
        transfer = fft.rfft(response[channel], _BLOCK_FRAMES)
        for first in range(0, length, _AT_ONCE * step):
            starts = range(first, min(first + _AT_ONCE * step, length), step)
            blocks = np.zeros((len(starts), _BLOCK_FRAMES), np.float32)
            for block, start in zip(blocks, starts, strict=True):
                dry = sound[channel, start : start + step]
                block[: dry.size] = dry
            spectra = fft.rfft(blocks, axis=1)
            spectra *= transfer
            for wet, start in zip(fft.irfft(spectra, axis=1), starts, strict=True):
                heard = result[channel, start : start + _BLOCK_FRAMES]
                heard += wet[: heard.size]
    return result
