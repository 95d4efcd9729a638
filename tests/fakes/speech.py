"""Speech that is computed, by espeak-ng, and its mixture with music."""

import subprocess

import numpy as np
from fakes.sounds import RATE_HZ, Mono
from numpy.typing import NDArray
from scipy.signal import resample_poly

from soundscape.dsp.loudness import LoudnessMeter

MEDITATION = (
    "Let your shoulders soften. Feel the breath come in, and go out again. There is nothing to "
    "do. Nowhere to go. Let the sound carry you, like water, slowly, all the way down. Rest."
)
_SLOW_WORDS_PER_MIN = 110
_PAUSE_10_MS = 6
_HEADER_BYTES = 44
_UP, _DOWN = 320, 147  # from the speaker's 22.05 kHz
_LUFS = -23.0


def spoken(
    text: str, voice: str, length_s: float, words_per_min: int = _SLOW_WORDS_PER_MIN
) -> Mono:
    """Return a text spoken again and again, a second apart, for so long."""
    command = ["espeak-ng", "-v", voice, "-s", str(words_per_min), "-g", str(_PAUSE_10_MS)]
    found = subprocess.run([*command, "--stdout", text], capture_output=True, check=True)
    samples = np.frombuffer(found.stdout[_HEADER_BYTES:], np.int16) / 32_768
    return repeated(resample_poly(samples, _UP, _DOWN), length_s)


def repeated(sound: NDArray[np.floating], length_s: float) -> Mono:
    """Return a sound again and again, a second apart, for so long."""
    once = np.concatenate([sound, np.zeros(RATE_HZ)])
    frames = round(length_s * RATE_HZ)
    return np.asarray(np.tile(once, frames // len(once) + 1)[:frames], np.float32)


def mixed(voice: Mono, music: Mono) -> Mono:
    """Return both as one, of the same loudness (0 dB), as long as the shorter."""
    length = min(len(voice), len(music))
    both = _leveled(voice[:length]) + _leveled(music[:length])
    return np.asarray(np.clip(both, -1.0, 1.0), np.float32)


def _leveled(sound: Mono) -> Mono:
    meter = LoudnessMeter(RATE_HZ, (1.0,))
    meter.add(sound[:, None])
    gain_db = _LUFS - meter.reading().integrated_lufs
    return np.asarray(sound * 10 ** (gain_db / 20), np.float32)
