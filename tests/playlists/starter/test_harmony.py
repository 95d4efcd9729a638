"""Chords follow on each other without a gap, in their key, and hardly move."""

from itertools import combinations, pairwise

import numpy as np
import pytest

from playlists.starter.harmony import MODES, chords, semitones


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("seed", range(5))
def test_harmony_stays_in_its_key_and_moves_by_small_steps(mode: str, seed: int) -> None:
    rng = np.random.default_rng(seed)

    harmony = list(chords(50, mode, chord_s=12.0, until_s=300.0, rng=rng))

    key = {(50 + semitone) % 12 for semitone in MODES[mode]}
    assert {pitch % 12 for chord in harmony for pitch in (*chord.voices, chord.bass)} <= key
    for before, after in pairwise(harmony):
        assert after.start_s == pytest.approx(before.start_s + before.length_s)
        moved = [abs(a - b) for a, b in zip(before.voices, after.voices, strict=True)]
        assert max(moved) <= 7
    assert harmony[-1].start_s + harmony[-1].length_s >= 300.0


@pytest.mark.parametrize("mode", MODES)
def test_no_chord_holds_a_minor_second(mode: str) -> None:
    rng = np.random.default_rng(3)

    harmony = chords(53, mode, chord_s=10.0, until_s=400.0, rng=rng)

    for chord in harmony:
        assert all(abs(a - b) > 1 for a, b in combinations(chord.voices, 2))


def test_a_step_past_the_octave_goes_on_above_it() -> None:
    assert semitones("dorian", 7) == 12
    assert semitones("dorian", 9) == 15
