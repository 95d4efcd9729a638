"""The bed goes round without a seam, quietly."""

from pathlib import Path

import numpy as np
import pytest

from playlists.analysis.analyzer import analyze_file
from playlists.starter.bed import BED_LUFS, BED_S, bed, make_bed

pytestmark = pytest.mark.slow


def test_the_end_runs_on_into_the_begin() -> None:
    sound = bed(seed=1)

    steps = np.abs(np.diff(sound, axis=0, append=sound[:1]))
    bends = np.abs(np.diff(steps, axis=0, append=steps[:1]))

    assert steps[-1].max() <= np.percentile(steps[:-1], 99.9)
    assert bends[-2:].max() <= bends[:-2].max()


def test_a_bed_cut_short_does_show_its_seam() -> None:
    sound = bed(seed=1, length_s=10.0)[: 9 * 48_000 + 17]

    steps = np.abs(np.diff(sound, axis=0, append=sound[:1]))

    assert steps[-1].max() > steps[:-1].max()


def test_the_bed_is_as_long_and_as_calm_as_promised(tmp_path: Path) -> None:
    path = tmp_path / "bed.flac"

    make_bed(path)

    analysis = analyze_file(path)
    assert analysis.duration_s == pytest.approx(BED_S)
    assert analysis.integrated_lufs == pytest.approx(BED_LUFS, abs=0.1)
    assert analysis.energy < 0.15
    assert analysis.loudness_range_lu < 4.0
    assert analysis.true_peak_dbtp < -6.0


def test_another_seed_is_another_bed() -> None:
    assert np.array_equal(bed(seed=1, length_s=10.0), bed(seed=1, length_s=10.0))
    assert not np.array_equal(bed(seed=1, length_s=10.0), bed(seed=2, length_s=10.0))
