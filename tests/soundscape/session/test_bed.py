"""The safe bed lies whole where each holder finds it, at the level of its plan."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fakes.plans import data_folder, short_plan
from numpy.typing import NDArray

from soundscape.engine.ring_file import BED_FILE
from soundscape.errors import SoundscapeError
from soundscape.folders import DataFolder
from soundscape.media.store import Store
from soundscape.session import bed
from soundscape.session.plan import SessionPlan
from soundscape.units import CHANNELS, Decibels, frames_in


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return data_folder(tmp_path)


@pytest.fixture
def plan(folder: DataFolder) -> SessionPlan:
    return short_plan(folder)


def laid(runtime: Path) -> NDArray[np.float32]:
    """Return what a holder reads, shape (frames, channels)."""
    return np.fromfile(runtime / BED_FILE, np.float32).reshape(-1, CHANNELS)


def test_a_bed_is_laid_whole_at_its_level(
    folder: DataFolder, plan: SessionPlan, tmp_path: Path
) -> None:
    track = plan.tracks[plan.bed]
    softer = {**plan.tracks, plan.bed: replace(track, gain_db=Decibels(track.gain_db - 6.0))}

    bed.lay(tmp_path, plan, Store(folder.store))
    loud = laid(tmp_path)
    bed.lay(tmp_path, replace(plan, tracks=softer), Store(folder.store))

    assert len(loud) == frames_in(track.duration_s)
    np.testing.assert_allclose(laid(tmp_path), loud * 10.0 ** (-6.0 / 20.0), atol=1e-7)


def test_a_plan_without_a_bed_lays_an_empty_one(
    folder: DataFolder, plan: SessionPlan, tmp_path: Path
) -> None:
    bed.lay(tmp_path, replace(plan, bed=""), Store(folder.store))

    assert bed.is_laid(tmp_path)
    assert len(laid(tmp_path)) == 0


def test_a_bed_that_cannot_be_read_is_not_laid(
    folder: DataFolder, plan: SessionPlan, tmp_path: Path
) -> None:
    track = plan.tracks[plan.bed]
    Store(folder.store).path_of(track.content_hash, track.suffix).write_bytes(b"no sound")

    with pytest.raises(SoundscapeError):
        bed.lay(tmp_path, plan, Store(folder.store))

    assert not bed.is_laid(tmp_path)
