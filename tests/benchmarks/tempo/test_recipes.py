"""Recipes keep to what a piece can bear, and drones have no beginning in them."""

import numpy as np
import pytest

from benchmarks.tempo.beating import beating_drone
from benchmarks.tempo.recipes import Recipe, drawn
from benchmarks.tempo.score import Score

FOUR_A_BEAT = Score([(step / 4, 0.25, 60, 0) for step in range(64)], 1.0, 4.0)
BLANK = Recipe(file="", source="", group="folk")


def test_a_score_knows_how_dense_it_is() -> None:
    assert FOUR_A_BEAT.end_quarters == 16.0
    assert FOUR_A_BEAT.onsets_per_beat == 4.0


@pytest.mark.parametrize(("kind", "densest_hz"), [("calm", 8.5), ("fast", 16.0)])
def test_no_tempo_makes_a_piece_too_dense(kind: str, densest_hz: float) -> None:
    recipes = [drawn(BLANK, FOUR_A_BEAT, kind, np.random.default_rng(seed)) for seed in range(50)]

    tempi_bpm = [each.tempo_bpm for each in recipes if each is not None and each.tempo_bpm]
    assert len(tempi_bpm) == 50
    assert max(tempi_bpm) * 4 / 60 < densest_hz + 0.1
    assert len(set(tempi_bpm)) > 10


def test_what_has_no_beat_has_no_tempo() -> None:
    for kind in ("beatless", "beating"):
        recipe = drawn(BLANK, FOUR_A_BEAT, kind, np.random.default_rng(1))

        assert recipe is not None
        assert recipe.tempo_bpm is None


def test_a_drone_is_as_long_as_asked_and_never_louder_than_full() -> None:
    drone = beating_drone(96_001, 48_000, np.random.default_rng(3))

    assert drone.shape == (96_001,)
    assert np.abs(drone).max() == pytest.approx(1.0)
