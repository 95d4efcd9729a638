"""What an ear would say of a recording: silences, and how fast the sound rises.

The measures are those of the project's fault table: silence is below -70 dBFS for a millisecond,
a rise is taken over 100 ms of the level above -60 dBFS.
"""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from soundscape.units import SESSION_RATE_HZ

_SILENT = 10.0 ** (-70.0 / 20.0)
_FLOOR_DB = -60.0
_MS = SESSION_RATE_HZ // 1000
_BLOCK = SESSION_RATE_HZ // 200
_SLOPE_BLOCKS = 20


def silences_s(samples: NDArray[np.float32], *, at_least_s: float) -> list[float]:
    """Return how long each silence between two sounds lasts, in seconds.

    Parameters
    ----------
    samples : NDArray[np.float32], shape (frames, 2)
        A recording.
    at_least_s : float
        Shorter ones are left out.
    """
    blocks = np.abs(samples[: len(samples) // _MS * _MS]).reshape(-1, 2 * _MS).max(axis=1)
    loud = np.flatnonzero(blocks > _SILENT)
    lengths = (np.diff(loud) - 1) / 1000.0
    return [float(length) for length in lengths if length >= at_least_s]


def without_drops(samples: NDArray[np.float32], *, shorter_than_s: float) -> NDArray[np.float32]:
    """Return a recording without its short silences, which a busy machine's server makes.

    Parameters
    ----------
    samples : NDArray[np.float32], shape (frames, 2)
        A recording.
    shorter_than_s : float
        Longer ones stay, as do those at its ends.
    """
    blocks = samples[: len(samples) // _MS * _MS].reshape(-1, _MS, 2)
    loud = np.flatnonzero(np.abs(blocks).max(axis=(1, 2), initial=0.0) > _SILENT)
    kept = np.ones(len(blocks), bool)
    for before, after in pairwise(loud):
        if after - before - 1 < shorter_than_s * 1000.0:
            kept[before + 1 : after] = False
    return blocks[kept].reshape(-1, 2)


def steepest_rise_db_s(samples: NDArray[np.float32]) -> float:
    """Return how fast the level rises at most, in dB/s.

    Parameters
    ----------
    samples : NDArray[np.float32], shape (frames, 2)
        A recording.
    """
    power = (samples[: len(samples) // _BLOCK * _BLOCK].astype(np.float64) ** 2).mean(axis=1)
    blocks = np.convolve(power.reshape(-1, _BLOCK).mean(axis=1), np.full(5, 0.2), "same")
    level_db = np.maximum(10.0 * np.log10(np.maximum(blocks, 1e-12)), _FLOOR_DB)
    rises = level_db[_SLOPE_BLOCKS:] - level_db[:-_SLOPE_BLOCKS]
    return float(rises.max(initial=0.0)) * 200 / _SLOPE_BLOCKS


def heard_s(samples: NDArray[np.float32]) -> float:
    """Return for how long anything at all is heard, in seconds.

    Parameters
    ----------
    samples : NDArray[np.float32], shape (frames, 2)
        A recording of what should be silent.
    """
    return float(np.count_nonzero(np.abs(samples).max(axis=1, initial=0.0))) / SESSION_RATE_HZ
