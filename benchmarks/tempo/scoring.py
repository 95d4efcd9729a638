"""Which of many tempi are right, for the trainer and the judge of the estimator."""

import numpy as np
from numpy.typing import NDArray

from benchmarks.analysis.score import OCTAVES, TEMPO_TOLERANCE


def right(found_bpm: NDArray[np.float64], true_bpm: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which tempi are within 4 % (Accuracy1); all of shape (n,); NaN is never right."""
    return np.asarray(np.abs(found_bpm / true_bpm - 1.0) <= TEMPO_TOLERANCE)


def octave_right(
    found_bpm: NDArray[np.float64], true_bpm: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Return which are within 4 % of the tempo, its double, triple, half or third (Accuracy2).

    All of shape (n,); NaN is never right.
    """
    return np.asarray(np.any([right(found_bpm, true_bpm * ratio) for ratio in OCTAVES], axis=0))
