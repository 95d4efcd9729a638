"""Loudness by ITU-R BS.1770-5, its range by EBU Tech 3342, both measured block by block."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from soundscape.dsp.filters import GroupFilter, k_weighting
from soundscape.units import SESSION_RATE_HZ, Lufs

HOP_S = 0.1
MOMENTARY_HOPS = 4
SHORT_TERM_HOPS = 30
SILENCE = Lufs(-120.0)
"""What the meter reads where there is nothing: a floor that keeps every number finite."""

_OFFSET_DB = -0.691  # BS.1770-5, Annex 1: a 997 Hz sine at 0 dBFS in one channel reads -3.01
_ABSOLUTE_GATE_LUFS = -70.0
_INTEGRATED_GATE_LU = -10.0
_RANGE_GATE_LU = -20.0
_RANGE_PERCENTILES = (10.0, 95.0)
_LARGEST_GROUP = 64


@dataclass(frozen=True, slots=True)
class Loudness:
    """A reading of the meter.

    Attributes
    ----------
    integrated_lufs : Lufs
        Gated loudness of all that was heard; ``SILENCE`` where nothing passes the gate.
    range_lu : float
        Loudness range; 0 where nothing passes its gate.
    momentary_lufs, short_term_lufs : NDArray[np.float64]
        Of shape (hops,): loudness of the 400 ms and of the 3 s that end with each hop of
        100 ms, from the first full window on.
    """

    integrated_lufs: Lufs
    range_lu: float
    momentary_lufs: NDArray[np.float64]
    short_term_lufs: NDArray[np.float64]


class LoudnessMeter:
    """A meter that is fed blocks of any length; it keeps one number for each 100 ms.

    Parameters
    ----------
    sample_rate_hz : int
        Of the blocks.
    weights : tuple[float, ...]
        One for each channel: 1.0, and 1.41 for surrounds (BS.1770-5, Annex 1, table 3).
    """

    def __init__(
        self, sample_rate_hz: int = SESSION_RATE_HZ, weights: tuple[float, ...] = (1.0, 1.0)
    ) -> None:
        self._weights = np.array(weights)
        self._hop_frames = round(HOP_S * sample_rate_hz)
        sections, group_frames = k_weighting(sample_rate_hz), _group_frames(self._hop_frames)
        self._filter = GroupFilter(sections, group_frames, len(weights))
        self._rest = np.empty((0, len(weights)), np.float32)
        self._powers: list[NDArray[np.float64]] = []

    def add(self, block: NDArray[np.floating]) -> None:
        """Take the next block, of shape (frames, channels)."""
        signal = np.concatenate([self._rest, block], dtype=np.float32)
        whole = len(signal) - len(signal) % self._hop_frames
        self._rest = signal[whole:]
        if not whole:
            return
        groups = self._filter.filtered(signal[:whole])
        energies = np.einsum("cgf,cgf->cg", groups, groups, dtype=np.float32)
        hops = energies.reshape(len(self._weights), whole // self._hop_frames, -1).sum(axis=2)
        self._powers.append(self._weights @ hops / self._hop_frames)

    def reading(self) -> Loudness:
        """Return what was measured so far."""
        powers = np.concatenate([*self._powers, np.empty(0)])
        momentary = _sliding_mean(powers, MOMENTARY_HOPS)
        short_term = _sliding_mean(powers, SHORT_TERM_HOPS)
        return Loudness(
            _integrated(momentary), _range_lu(short_term), _lufs(momentary), _lufs(short_term)
        )


def integrated_lufs(momentary_lufs: NDArray[np.float64]) -> Lufs:
    """Return the integrated loudness of a sound whose windows of 400 ms are this loud.

    Parameters
    ----------
    momentary_lufs : NDArray[np.float64], shape (windows,)
        As ``Loudness.momentary_lufs`` has them.
    """
    return _integrated(10.0 ** ((momentary_lufs - _OFFSET_DB) / 10.0))


def _group_frames(hop_frames: int) -> int:
    """Return the largest number of frames, at most 64, that fills a hop exactly."""
    return next(count for count in range(_LARGEST_GROUP, 0, -1) if hop_frames % count == 0)


def _sliding_mean(powers: NDArray[np.float64], hops: int) -> NDArray[np.float64]:
    """Return the mean power of each window of hops."""
    if len(powers) < hops:
        return np.empty(0)
    windows = np.lib.stride_tricks.sliding_window_view(powers, hops)
    return np.asarray(windows.mean(axis=1))


def _lufs(powers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return weighted powers as loudness, never below ``SILENCE``."""
    floor = 10.0 ** ((SILENCE - _OFFSET_DB) / 10.0)
    return np.asarray(_OFFSET_DB + 10.0 * np.log10(np.maximum(powers, floor)))


def _gated(powers: NDArray[np.float64], gate_lu: float) -> NDArray[np.float64]:
    """Return the powers above the absolute gate and above the gate relative to those."""
    loud = powers[_lufs(powers) > _ABSOLUTE_GATE_LUFS]
    if not len(loud):
        return loud
    return loud[_lufs(loud) > _lufs(loud.mean(keepdims=True)) + gate_lu]


def _integrated(powers: NDArray[np.float64]) -> Lufs:
    """Return the gated mean loudness (BS.1770-5, Annex 1; windows overlap by 75 %)."""
    kept = _gated(powers, _INTEGRATED_GATE_LU)
    return Lufs(float(_lufs(kept.mean(keepdims=True))[0])) if len(kept) else SILENCE


def _range_lu(powers: NDArray[np.float64]) -> float:
    """Return the spread of the gated short-term loudness (EBU Tech 3342)."""
    kept = _gated(powers, _RANGE_GATE_LU)
    if not len(kept):
        return 0.0
    low, high = np.percentile(_lufs(kept), _RANGE_PERCENTILES)
    return float(high - low)
