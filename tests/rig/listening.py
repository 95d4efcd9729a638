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
_DROP_S = 0.002
"""Shorter ones are where a tone passes through nothing, early in a fade."""

_JUDGED = 0.7


def silent_spans_s(samples: NDArray[np.float32]) -> list[tuple[float, float]]:
    """Return the beginning and end of each silence between two sounds, in seconds.

    Parameters
    ----------
    samples : NDArray[np.float32], shape (frames, 2)
        A recording.
    """
    blocks = np.abs(samples[: len(samples) // _MS * _MS]).reshape(-1, 2 * _MS).max(axis=1)
    loud = np.flatnonzero(blocks > _SILENT)
    return [((a + 1) / 1000.0, b / 1000.0) for a, b in pairwise(loud.tolist()) if b > a + 1]


def silences_s(samples: NDArray[np.float32], *, at_least_s: float) -> list[float]:
    """Return how long each silence between two sounds lasts, in seconds.

    Parameters
    ----------
    samples : NDArray[np.float32], shape (frames, 2)
        A recording.
    at_least_s : float
        Shorter ones are left out.
    """
    lengths = [round(end_s - start_s, 3) for start_s, end_s in silent_spans_s(samples)]
    return [length for length in lengths if length >= at_least_s]


def steepest_rise_db_s(samples: NDArray[np.float32], *, drops_to_s: float = 0.0) -> float:
    """Return how fast the level rises at most, in dB/s.

    Parameters
    ----------
    samples : NDArray[np.float32], shape (frames, 2)
        A recording.
    drops_to_s : float
        Silences shorter than this are a busy machine's server's, and sound may be missing behind
        them: rises that touch one are not judged. Where that is much, this fails.
    """
    power = (samples[: len(samples) // _BLOCK * _BLOCK].astype(np.float64) ** 2).mean(axis=1)
    blocks = np.convolve(power.reshape(-1, _BLOCK).mean(axis=1), np.full(5, 0.2), "same")
    level_db = np.maximum(10.0 * np.log10(np.maximum(blocks, 1e-12)), _FLOOR_DB)
    rises = level_db[_SLOPE_BLOCKS:] - level_db[:-_SLOPE_BLOCKS]
    judged = np.ones(len(rises), bool)
    for start_s, end_s in silent_spans_s(samples):
        if _DROP_S <= end_s - start_s < drops_to_s:
            first, last = round(start_s * 200) - _SLOPE_BLOCKS - 3, round(end_s * 200) + 3
            judged[max(0, first) : max(0, last)] = False
    assert judged.mean() > _JUDGED, "the server has dropped too much to judge the rest"
    return float(rises[judged].max(initial=0.0)) * 200 / _SLOPE_BLOCKS


def heard_s(samples: NDArray[np.float32]) -> float:
    """Return for how long anything at all is heard, in seconds.

    Parameters
    ----------
    samples : NDArray[np.float32], shape (frames, 2)
        A recording of what should be silent.
    """
    return float(np.count_nonzero(np.abs(samples).max(axis=1, initial=0.0))) / SESSION_RATE_HZ
