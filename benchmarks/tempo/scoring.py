"""How well tempi and beats were found, with bootstrap intervals."""

import numpy as np
from numpy.typing import NDArray

_WITHIN = 0.04
_OCTAVES = (1.0, 2.0, 3.0, 1 / 2, 1 / 3)
_DRAWS = 4_000


def right(found_bpm: NDArray[np.float64], true_bpm: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which tempi are within 4 % (Accuracy1); all of shape (n,); NaN is never right."""
    return np.asarray(np.abs(found_bpm / true_bpm - 1.0) <= _WITHIN)


def octave_right(
    found_bpm: NDArray[np.float64], true_bpm: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Return which are within 4 % of the tempo, its double, triple, half or third (Accuracy2).

    All of shape (n,); NaN is never right.
    """
    return np.asarray(np.any([right(found_bpm, true_bpm * ratio) for ratio in _OCTAVES], axis=0))


def interval(values: NDArray[np.bool_]) -> tuple[float, float]:
    """Return the bootstrap's 95 % interval of a mean; values of shape (n,)."""
    draws = np.random.default_rng(0).integers(0, len(values), (_DRAWS, len(values)))
    low, high = np.percentile(values[draws].mean(axis=1), (2.5, 97.5))
    return float(low), float(high)


def area_under_curve(positive: NDArray[np.float64], negative: NDArray[np.float64]) -> float:
    """Return how often a positive scores above a negative; both of shape (n,), ties count half."""
    above = positive[:, None] > negative
    return float(np.mean(above + 0.5 * (positive[:, None] == negative)))
