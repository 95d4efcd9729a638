"""The noise that headphones are calibrated with: steady, and colored like calm music."""

import numpy as np
from numpy.typing import NDArray

from soundscape.dsp.loudness import LoudnessMeter
from soundscape.units import CHANNELS, SESSION_RATE_HZ, Frames, frames_in

_LOWEST_HZ, _HIGHEST_HZ = 80.0, 1_000.0
_FADE = frames_in(1.0)
_NEAR_LEVEL = 0.05
_SEED = 62


def steady_noise(length: Frames, *, level_lufs: float) -> NDArray[np.float32]:
    """Return noise for a meter to read: pink between 80 Hz and 1 kHz, and less beyond.

    Calm music has little above 1 kHz. A noise of its color makes LUFS, by which music is
    trimmed, and dB(A), by which ears are protected, differ as they do in music.

    Parameters
    ----------
    length : Frames
        At least 3 s.
    level_lufs : float
        Its loudness between the fades of a second at each end.

    Returns
    -------
    NDArray[np.float32], shape (length, 2)
        The same in both channels, so that a meter may stand at either ear.
    """
    rng = np.random.default_rng(_SEED)
    bins_hz = np.maximum(np.fft.rfftfreq(length, 1.0 / SESSION_RATE_HZ), 1.0)
    color = 1.0 / np.sqrt(bins_hz * (1.0 + (bins_hz / _HIGHEST_HZ) ** 4))
    color *= np.minimum(bins_hz / _LOWEST_HZ, 1.0) ** 2
    noise = np.fft.irfft(color * np.exp(2j * np.pi * rng.random(bins_hz.size)), length)
    noise *= _NEAR_LEVEL / np.sqrt(np.mean(np.square(noise)))  # well above the meter's gate
    sound = np.repeat(noise[:, None], CHANNELS, axis=1)
    meter = LoudnessMeter()
    meter.add(sound)
    sound *= 10.0 ** ((level_lufs - meter.reading().integrated_lufs) / 20.0)
    rise = 0.5 - 0.5 * np.cos(np.pi * np.arange(_FADE) / _FADE)
    sound[:_FADE] *= rise[:, None]
    sound[-_FADE:] *= rise[::-1, None]
    return np.asarray(sound, np.float32)
