"""The scores count what they say."""

import numpy as np

from benchmarks.tempo.scoring import octave_right, right


def test_four_percent_is_right_and_an_octave_only_for_the_second_accuracy() -> None:
    found_bpm = np.array([103.9, 104.2, 200.0, 33.4, 150.0, np.nan])
    true_bpm = np.full(6, 100.0)

    assert right(found_bpm, true_bpm).tolist() == [True, False, False, False, False, False]
    assert octave_right(found_bpm, true_bpm).tolist() == [True, False, True, True, False, False]
