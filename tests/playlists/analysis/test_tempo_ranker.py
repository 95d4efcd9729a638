"""The weights that ship fit the code, and votes are probabilities."""

import numpy as np
import pytest

from playlists.analysis.tempo_features import CANDIDATES_BPM, FEATURES
from playlists.analysis.tempo_ranker import TOTALS, WEIGHTS, gathered, shares_of, totals

SHAPES = {
    "mean": (FEATURES,),
    "scale": (FEATURES,),
    "judge": (TOTALS, 2),
    "judge_bias": (2,),
    "judge_mean": (TOTALS,),
    "judge_scale": (TOTALS,),
}


def test_the_weights_that_ship_fit_the_features() -> None:
    with np.load(WEIGHTS) as stored:
        found = {name: stored[name] for name in stored.files}

    rankers, features, hidden = found["hidden"].shape
    assert features == FEATURES
    assert found["hidden_bias"].shape == found["out"].shape == (rankers, hidden)
    assert {name: found[name].shape for name in SHAPES} == SHAPES
    assert all(np.isfinite(each).all() for each in found.values())


def test_the_weights_are_small_and_say_where_they_come_from() -> None:
    assert WEIGHTS.stat().st_size < 100_000
    assert "music21" in WEIGHTS.with_suffix(".txt").read_text(encoding="utf-8")


def test_shares_are_probabilities() -> None:
    random = np.random.default_rng(1)
    features = random.normal(size=(3, len(CANDIDATES_BPM), FEATURES)).astype(np.float32)
    weights = {
        "hidden": random.normal(size=(FEATURES, 4)).astype(np.float32),
        "hidden_bias": np.zeros(4, np.float32),
        "out": np.ones(4, np.float32),
    }

    shares = shares_of(features, weights)

    assert shares.shape == (3, len(CANDIDATES_BPM))
    assert (shares >= 0).all()
    assert shares.sum(axis=1) == pytest.approx([1.0, 1.0, 1.0])


def test_neighbors_are_gathered() -> None:
    shares = np.zeros(20, np.float32)
    shares[[0, 10]] = [0.25, 0.75]

    near = gathered(shares)

    assert near[:5] == pytest.approx([0.25] * 5)
    assert near[5] == 0.0
    assert near[6:15] == pytest.approx([0.75] * 9)
    assert near[15:].max() == 0.0


def test_the_judge_sees_the_winner() -> None:
    shares = np.zeros(len(CANDIDATES_BPM), np.float32)
    shares[70] = 1.0
    features = np.arange(len(CANDIDATES_BPM) * FEATURES, dtype=np.float32)

    seen = totals(features.reshape(-1, FEATURES), shares)

    assert seen.shape == (TOTALS,)
    assert seen[0] == pytest.approx(1.0)
