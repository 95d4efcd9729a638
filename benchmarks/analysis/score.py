"""How right a list of answers is: accuracies of tempo, ranking, and their intervals."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

TEMPO_TOLERANCE = 0.04
"""Of the true tempo; as Gouyon et al., IEEE Trans. Audio Speech Lang. Proc. 14(5), 2006."""

OCTAVES = (1.0, 2.0, 3.0, 1 / 2, 1 / 3)
"""What Accuracy 2 takes for right, times the true tempo."""

_DRAWS = 2000
_COVERED_PERCENT = (2.5, 97.5)

Groups = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A statistic of a sample, with its 95 % bootstrap interval."""

    value: float
    low: float
    high: float


def is_accurate(bpm: float | None, true_bpm: float) -> bool:
    """Return whether a tempo is right (Accuracy 1); None is not."""
    return bpm is not None and abs(bpm - true_bpm) <= TEMPO_TOLERANCE * true_bpm


def is_accurate_but_for_octave(bpm: float | None, true_bpm: float) -> bool:
    """Return whether it is right, or two, three, a half or a third times it (Accuracy 2)."""
    return any(is_accurate(bpm, true_bpm * octave) for octave in OCTAVES)


def area_under_curve(high: Sequence[float], low: Sequence[float]) -> float:
    """Return how probably a member of ``high`` lies above one of ``low``; ties count half.

    Raises
    ------
    ValueError
        If one of the two is empty.
    """
    if not high or not low:
        raise ValueError("two groups that are not empty are needed")
    return float(_area(np.asarray(high, np.float64), np.asarray(low, np.float64)))


def estimate_mean(values: Sequence[float], *, seed: int = 1) -> Estimate:
    """Return the mean of values, with its interval."""
    return _estimated(lambda group: group.mean(axis=-1), (values,), seed)


def estimate_area(high: Sequence[float], low: Sequence[float], *, seed: int = 1) -> Estimate:
    """Return the area under the curve, with its interval; each group is drawn for itself."""
    return _estimated(_area, (high, low), seed)


def _area(high: Groups, low: Groups) -> Groups:
    above, below = high[..., :, None], low[..., None, :]
    return np.asarray(np.mean((above > below) + 0.5 * (above == below), axis=(-2, -1)))


def _estimated(
    statistic: Callable[..., Groups], groups: Sequence[Sequence[float]], seed: int
) -> Estimate:
    """Return a statistic along the last axis of some groups, with its interval."""
    random = np.random.default_rng(seed)
    samples = [np.asarray(group, np.float64) for group in groups]
    drawn = [random.choice(sample, (_DRAWS, len(sample))) for sample in samples]
    low, high = np.percentile(statistic(*drawn), _COVERED_PERCENT)
    return Estimate(float(statistic(*samples)), float(low), float(high))
