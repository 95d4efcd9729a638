"""Rendered pieces with what repeats in them, measured once and kept beside each file."""

import json
from pathlib import Path

import numpy as np

from benchmarks.tempo.recipes import Recipe
from playlists.analysis.periodicity import Periodicity
from playlists.analysis.spectrum import BandSpectrometer
from playlists.analysis.tempo import TempoMeter
from playlists.analysis.tempo_features import Rhythm
from soundscape.media.decoder import open_stream
from soundscape.units import SESSION_RATE_HZ

_BLOCK_FRAMES = 10 * SESSION_RATE_HZ
_VIEWS = ("near", "far")
_PERIODICITY = ("repetition", "spectrum", "peaks_hz")


def rendered(folder: Path) -> list[tuple[Recipe, Rhythm]]:
    """Return the pieces that ``render`` made in a folder, but those too short to have a rhythm."""
    recipes = [Recipe(**each) for each in json.loads((folder / "truth.json").read_text())]
    measured = [(each, _kept(folder / each.file)) for each in recipes]
    return [(recipe, rhythm) for recipe, rhythm in measured if rhythm is not None]


def rhythm_of(path: Path) -> Rhythm | None:
    """Return what repeats in a sound file; None if it is shorter than 12 s."""
    spectrometer, meter = BandSpectrometer(), TempoMeter()
    with open_stream(path) as stream:
        while len(block := stream.read(_BLOCK_FRAMES)):
            mono = block.mean(axis=1)
            meter.add(mono, spectrometer.spectra(mono).bands)
    return meter.rhythm()


def _kept(path: Path) -> Rhythm | None:
    """Return a file's rhythm, from beside it if it is newer than the file."""
    kept = path.with_suffix(".npz")
    if not kept.exists() or kept.stat().st_mtime < path.stat().st_mtime:
        rhythm = rhythm_of(path)
        if rhythm is None:
            return None
        arrays = {
            f"{view}_{name}": getattr(getattr(rhythm, view), name).astype(np.float32)
            for view in _VIEWS
            for name in _PERIODICITY
        }
        np.savez(kept, allow_pickle=False, mean=rhythm.mean, spread=rhythm.spread, **arrays)
    with np.load(kept) as stored:
        near, far = (
            Periodicity(*(stored[f"{view}_{name}"].astype(np.float64) for name in _PERIODICITY))
            for view in _VIEWS
        )
        return Rhythm(near, far, stored["mean"], stored["spread"])
