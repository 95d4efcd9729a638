"""Training learns what there is to learn, and the same each time."""

import numpy as np
import pytest

from benchmarks.tempo.scoring import right
from benchmarks.tempo.training import RANKERS, Examples, aims, trained
from playlists.analysis.tempo_features import CANDIDATES_BPM, FEATURES
from playlists.analysis.tempo_ranker import gathered

pytestmark = pytest.mark.slow


def examples(pieces: int = 40) -> Examples:
    """Return some noise in which one feature stands at the tempo and another at its double."""
    random = np.random.default_rng(7)
    features = np.zeros((pieces, 1, len(CANDIDATES_BPM), FEATURES))
    features[..., :20] = random.normal(0, 0.3, (*features.shape[:3], 20))
    tempi_bpm = random.uniform(50, 110, pieces)
    for piece, tempo_bpm in enumerate(tempi_bpm):
        for feature, bpm in ((3, tempo_bpm), (4, 2 * tempo_bpm)):
            features[piece, 0, :, feature] += 6 * (np.abs(CANDIDATES_BPM / bpm - 1) < 0.02)
    tempi_bpm[::5] = np.nan
    features[::5, :, :, 3:5] = 0.0
    folds = np.arange(pieces) % RANKERS
    return Examples(features.astype(np.float32), tempi_bpm, np.ones(1), folds)


def test_rankers_find_the_tempo_of_pieces_they_did_not_see() -> None:
    given = examples()

    _, unseen = trained(given, seed=1)

    found_bpm = CANDIDATES_BPM[np.argmax(gathered(unseen), axis=1)]
    has_beat = ~np.isnan(given.tempi_bpm)
    assert right(found_bpm, given.tempi_bpm)[has_beat].mean() > 0.8


def test_the_same_seed_gives_the_same_weights_and_another_others() -> None:
    given = examples(15)

    first, _ = trained(given, seed=1)
    again, _ = trained(given, seed=1)
    other, _ = trained(given, seed=2)

    assert all(np.array_equal(first[name], again[name]) for name in first)
    assert not np.array_equal(first["hidden"], other["hidden"])


def test_what_is_aimed_at_stands_at_the_tempo() -> None:
    aim = aims(np.array([90.0, 121.0]))

    assert aim.sum(axis=1) == pytest.approx([1.0, 1.0])
    assert CANDIDATES_BPM[aim.argmax(axis=1)] == pytest.approx([90.0, 121.0], rel=0.006)
