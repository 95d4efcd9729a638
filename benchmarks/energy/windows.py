"""A file's windows of ten seconds as scores, spread evenly over its first four minutes."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from playlists.analysis.energy import WINDOW_FRAMES, energy_of, score
from playlists.analysis.spectrum import BANDS, BandSpectrometer
from soundscape.errors import SoundscapeError
from soundscape.media.decoder import open_stream
from soundscape.units import SESSION_RATE_HZ

_BLOCK_FRAMES = 10 * SESSION_RATE_HZ
_BLOCKS = 24
_WINDOWS = 12
_SILENT_RATIO = 1e-4


def scores_of(path: Path) -> list[float]:
    """Return the score of each window that is not silent; none of a file that is refused."""
    try:
        bands = _bands_of(path)
    except SoundscapeError as error:
        print(f"{path.name}: {error}")
        return []
    windows = len(bands) // WINDOW_FRAMES
    chosen = np.unique(np.linspace(0, windows - 1, min(windows, _WINDOWS)).round().astype(int))
    parts = [bands[n * WINDOW_FRAMES : (n + 1) * WINDOW_FRAMES] for n in chosen]
    powers = [float(np.median(part.mean(axis=1))) for part in parts]
    audible = max(powers, default=0.0) * _SILENT_RATIO
    return [score(part) for part, power in zip(parts, powers, strict=True) if power > audible]


def energy_of_scores(scores: list[float]) -> float:
    """Return the mean energy of windows by their scores."""
    return float(np.mean([energy_of(each) for each in scores]))


def _bands_of(path: Path) -> NDArray[np.float32]:
    """Return the bands of a file's first four minutes."""
    spectrometer, parts = BandSpectrometer(), []
    with open_stream(path) as stream:
        while len(block := stream.read(_BLOCK_FRAMES)) and len(parts) < _BLOCKS:
            parts.append(spectrometer.spectra(block.mean(axis=1)).bands)
    return np.concatenate([*parts, np.empty((0, BANDS), np.float32)])
