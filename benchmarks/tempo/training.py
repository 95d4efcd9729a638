"""How the ranker and the judge learn from pieces whose tempo is known.

The pieces are dealt into folds, all renderings of one score into the same. Each ranker learns
from all folds but one. The judge learns from what each ranker said of the fold that it did not
see, so that it meets the doubt that it will meet in music nobody trained on.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.tempo.fit import Schedule, fitted
from benchmarks.tempo.scoring import right
from playlists.analysis.tempo_features import CANDIDATES_BPM, FEATURES
from playlists.analysis.tempo_ranker import TOTALS, gathered, shares_of, standardized, totals

Array = NDArray[np.float32]
RANKERS = 5
HIDDEN = 32
_RANKER_SCHEDULE = Schedule(rounds=40, batch=16, step=4e-3, decay=0.15)
_JUDGE_SCHEDULE = Schedule(rounds=150, batch=32, step=3e-3, decay=0.1)
# What is aimed at is a bell over the true tempo, of 1.2 % to either side.
_AIM_WIDTH = 0.012


@dataclass(frozen=True, slots=True)
class Examples:
    """Pieces to learn from.

    Attributes
    ----------
    features : NDArray[np.float32], shape (pieces, speeds, candidates, FEATURES)
        Of each piece, at its own speed first, and then at others.
    tempi_bpm : NDArray[np.float64], shape (pieces,)
        NaN for those without a beat.
    speeds : NDArray[np.float64], shape (speeds,)
        Ratios to the piece's own speed.
    folds : NDArray[np.intp], shape (pieces,)
        0 to ``RANKERS`` - 1.
    """

    features: Array
    tempi_bpm: NDArray[np.float64]
    speeds: NDArray[np.float64]
    folds: NDArray[np.intp]


def trained(examples: Examples, seed: int) -> tuple[dict[str, Array], Array]:
    """Return the weights, and what the rankers say of pieces they did not see.

    Parameters
    ----------
    examples : Examples
        Standardization is taken from them, too.
    seed : int
        The same seed gives the same weights.

    Returns
    -------
    dict[str, NDArray[np.float32]]
        As ``playlists.analysis.tempo_ranker`` reads them.
    NDArray[np.float32], shape (pieces, candidates)
        Shares of each candidate.
    """
    flat = examples.features[:, 0].reshape(-1, FEATURES)
    mean, scale = flat.mean(axis=0), np.maximum(flat.std(axis=0), 1e-3)
    standard = standardized(examples.features, mean, scale)
    unseen = np.zeros((len(standard), len(CANDIDATES_BPM)), np.float32)
    rankers = []
    for fold in range(RANKERS):
        random = np.random.default_rng((seed, fold))
        learns = np.flatnonzero((examples.folds != fold) & ~np.isnan(examples.tempi_bpm))
        ranker = _ranker(standard, examples, learns, random)
        rankers.append(ranker)
        held_out = examples.folds == fold
        unseen[held_out] = shares_of(standard[held_out, 0], ranker)
    judge = _judge(standard[:, 0], unseen, examples.tempi_bpm, np.random.default_rng((seed, 99)))
    weights = {name: np.stack([each[name] for each in rankers]) for name in rankers[0]}
    return {"mean": mean, "scale": scale, **weights, **judge}, unseen


def aims(tempi_bpm: NDArray[np.float64]) -> Array:
    """Return the shares to aim at; tempi of shape (n,), result of shape (n, candidates)."""
    away = np.log(CANDIDATES_BPM / tempi_bpm[:, None]) / _AIM_WIDTH
    bells = np.exp(-0.5 * np.square(away))
    return np.asarray(bells / np.maximum(bells.sum(axis=1, keepdims=True), 1e-9), np.float32)


def _ranker(
    standard: Array, examples: Examples, learns: NDArray[np.intp], random: np.random.Generator
) -> dict[str, Array]:
    """Return one ranker's weights; each piece is heard at a speed of chance."""
    start = {
        "hidden": random.normal(0, (2 / FEATURES) ** 0.5, (FEATURES, HIDDEN)).astype(np.float32),
        "hidden_bias": np.zeros(HIDDEN, np.float32),
        "out": random.normal(0, HIDDEN**-0.5, HIDDEN).astype(np.float32),
    }

    def gradient(weights: dict[str, Array], batch: NDArray[np.intp]) -> dict[str, Array]:
        pieces = learns[batch]
        speeds = random.integers(0, len(examples.speeds), len(pieces))
        seen = standard[pieces, speeds]
        wanted = aims(examples.tempi_bpm[pieces] * examples.speeds[speeds])
        hidden = np.maximum(seen @ weights["hidden"] + weights["hidden_bias"], 0.0)
        error = (shares_of(seen, weights) - wanted) / len(batch)
        back = error[..., None] * weights["out"] * (hidden > 0)
        return {
            "hidden": np.tensordot(seen, back, ((0, 1), (0, 1))),
            "hidden_bias": back.sum(axis=(0, 1)),
            "out": np.tensordot(error, hidden, ((0, 1), (0, 1))),
        }

    return fitted(start, gradient, len(learns), _RANKER_SCHEDULE, random)


def _judge(
    standard: Array, unseen: Array, tempi_bpm: NDArray[np.float64], random: np.random.Generator
) -> dict[str, Array]:
    """Return the judge's weights: two logistic regressions on what the rankers leave."""
    seen = np.stack([totals(*each) for each in zip(standard, unseen, strict=True)])
    best_bpm = CANDIDATES_BPM[np.argmax(gathered(unseen), axis=1)]
    answers = np.stack([~np.isnan(tempi_bpm), right(best_bpm, tempi_bpm)], axis=1)
    mean, scale = seen.mean(axis=0), np.maximum(seen.std(axis=0), 1e-3)
    seen = standardized(seen, mean, scale)
    # A beat and none count the same, however many pieces have one; only where there is a beat can
    # the winner be right or wrong.
    share = float(np.clip(answers[:, 0].mean(), 0.05, 0.95))
    by_beat = np.where(answers[:, 0], 0.5 / share, 0.5 / (1.0 - share))
    balance = np.stack([by_beat, answers[:, 0]], axis=1)
    start = {
        "judge": np.zeros((TOTALS, 2), np.float32),
        "judge_bias": np.zeros(2, np.float32),
    }

    def gradient(weights: dict[str, Array], batch: NDArray[np.intp]) -> dict[str, Array]:
        said = 1.0 / (1.0 + np.exp(-(seen[batch] @ weights["judge"] + weights["judge_bias"])))
        error = ((said - answers[batch]) * balance[batch] / len(batch)).astype(np.float32)
        return {"judge": seen[batch].T @ error, "judge_bias": error.sum(axis=0)}

    learned = fitted(start, gradient, len(seen), _JUDGE_SCHEDULE, random)
    return {**learned, "judge_mean": mean, "judge_scale": scale}
