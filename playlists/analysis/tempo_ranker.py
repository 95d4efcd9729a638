"""Which candidate is the tempo, and whether there is one: two small networks, learned.

The weights are made by ``benchmarks/tempo/train.py``. Several rankers, each trained on its own
part of the pieces, vote; a second network looks at their vote and at how the track repeats at
the winner, and says how likely there is a beat at all, and how likely the winner is right.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from playlists.analysis.onsets import CURVES
from playlists.analysis.tempo_features import CANDIDATES_BPM, READINGS, Rhythm, tempo_features

WEIGHTS = Path(__file__).with_name("tempo_weights.npz")
Array = NDArray[np.float32]
_NEAR = 4
"""Candidates to either side that are the same tempo: 4 %."""
_RELATIVES = (0.25, 1 / 3, 0.5, 2 / 3, 1.5, 2.0, 3.0, 4.0)
_TINY = 1e-9
_FARTHEST = 4.0
TOTALS = 2 + len(_RELATIVES) + 2 * READINGS + 3 * len(CURVES)


@dataclass(frozen=True, slots=True)
class Vote:
    """What the networks say of a track.

    Attributes
    ----------
    shares : NDArray[np.float32], shape (candidates,)
        How likely each candidate is the tempo, if there is one; sums to one.
    has_beat, is_right : float
        How likely there is a beat, and how likely the first of ``shares`` is within 4 % of it.
    """

    shares: Array
    has_beat: float
    is_right: float


def standardized(features: Array, mean: Array, scale: Array) -> Array:
    """Return features as the networks want them.

    What lies far outside all that was trained on is clipped, so that no sound can outweigh all
    else because it is strange.

    Parameters
    ----------
    features : NDArray[np.float32], shape (..., n)
        As measured.
    mean, scale : NDArray[np.float32], shape (n,)
        Of what was trained on.
    """
    return np.asarray(np.clip((features - mean) / scale, -_FARTHEST, _FARTHEST), np.float32)


def gathered(shares: Array) -> Array:
    """Return the share of each candidate and those within 4 % of it; both of shape (..., n)."""
    padding = [(0, 0)] * (shares.ndim - 1) + [(_NEAR + 1, _NEAR)]
    sums = np.cumsum(np.pad(shares, padding), axis=-1)
    return np.asarray(sums[..., 2 * _NEAR + 1 :] - sums[..., : -2 * _NEAR - 1])


def shares_of(features: Array, weights: dict[str, Array]) -> Array:
    """Return how likely each candidate is the tempo in the eyes of one ranker.

    Parameters
    ----------
    features : NDArray[np.float32], shape (..., candidates, FEATURES)
        Standardized.
    weights : dict[str, NDArray[np.float32]]
        ``hidden``, ``hidden_bias`` and ``out`` of the ranker.

    Returns
    -------
    NDArray[np.float32], shape (..., candidates)
        Sums to one over the candidates.
    """
    hidden = np.maximum(features @ weights["hidden"] + weights["hidden_bias"], 0.0)
    scores = hidden @ weights["out"]
    odds = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(odds / odds.sum(axis=-1, keepdims=True))


def totals(features: Array, shares: Array) -> Array:
    """Return what the judge sees of a track: the vote's shape, and what repeats at the winner.

    Of what the curves repeat it sees the mean and the best, so that a kind of sound it never met
    does not look like no beat; of each curve, how much begins in it.

    Parameters
    ----------
    features : NDArray[np.float32], shape (candidates, FEATURES)
        Standardized.
    shares : NDArray[np.float32], shape (candidates,)
        The rankers' vote.

    Returns
    -------
    NDArray[np.float32], shape (TOTALS,)
    """
    near = gathered(shares)
    best = int(np.argmax(near))
    doubt = -np.sum(shares * np.log(shares + _TINY)) / np.log(len(shares))
    relatives = np.interp(
        np.log(CANDIDATES_BPM[best] * np.array(_RELATIVES)), np.log(CANDIDATES_BPM), near, 0.0, 0.0
    )
    by_curve = len(CURVES) * READINGS
    readings = features[best, :by_curve].reshape(len(CURVES), READINGS)
    strengths = features[best, by_curve : by_curve + 3 * len(CURVES)]
    repeats = [readings.mean(axis=0), readings.max(axis=0)]
    parts = [[near[best], doubt], relatives, *repeats, strengths]
    return np.concatenate(parts).astype(np.float32)


def vote(rhythm: Rhythm) -> Vote:
    """Return what the networks say of a track."""
    weights = _weights()
    standard = standardized(tempo_features(rhythm), weights["mean"], weights["scale"])
    rankers = range(len(weights["hidden"]))
    names = ("hidden", "hidden_bias", "out")
    each = [shares_of(standard, {name: weights[name][k] for name in names}) for k in rankers]
    shares = np.mean(each, axis=0)
    seen = standardized(totals(standard, shares), weights["judge_mean"], weights["judge_scale"])
    said = 1.0 / (1.0 + np.exp(-(seen @ weights["judge"] + weights["judge_bias"])))
    return Vote(shares, float(said[0]), float(said[1]))


@cache
def _weights() -> dict[str, Array]:
    """Return the weights that come with the program."""
    with np.load(WEIGHTS) as stored:
        return {name: stored[name].astype(np.float32) for name in stored.files}
