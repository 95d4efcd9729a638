"""How well energy tells calm from driving music, and how far it moves when it should not.

python -m benchmarks.energy [--starter FOLDER] [--unpacked FOLDER]

The music is that of ``corpus.PACKAGES``; with the folder of ``soundscape starter`` the knots of
``playlists.analysis.energy.REFERENCE`` are made again. The labels are what composers called their
pieces, battle or ambient and the like, which is a proxy: nobody was asked how the music feels.
"""

import argparse
import os
import tempfile
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np

from benchmarks.analysis.score import estimate_area
from benchmarks.energy.corpus import Piece, debian_music, starter_music
from benchmarks.energy.reference import knots
from benchmarks.energy.robust import largest_changes
from benchmarks.energy.windows import energy_of_scores, scores_of

_PERCENTILES = (10, 25, 50, 75, 90)
_CHANGED_EACH = 20  # one of so many tracks is changed

Scores = Mapping[Piece, list[float]]


def main() -> None:
    """Measure what is installed and print what was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--starter", type=Path, help="folder of soundscape starter")
    parser.add_argument(
        "--unpacked", type=Path, default=Path(tempfile.gettempdir()) / "soundscape-energy"
    )
    asked = parser.parse_args()
    scores = _measured(debian_music(asked.unpacked))
    _say_spread("all game music", scores)
    _say_labels("all labels", scores)
    _say_labels("without metal", {p: s for p, s in scores.items() if "frets" not in p.package})
    for name, change in largest_changes([p.path for p in scores][::_CHANGED_EACH]).items():
        print(f"{name}: energy moves by at most {change:.4f}")
    if asked.starter:
        starter = _measured(starter_music(asked.starter))
        _say_spread("starter pieces", starter)
        for knot, share in knots(list(scores.values()), list(starter.values())):
            print(f"        ({knot:g}, {share:g}),")


def _measured(pieces: list[Piece]) -> Scores:
    """Return the scores of each piece that can be read."""
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        found = pool.map(scores_of, [piece.path for piece in pieces])
        return {piece: scores for piece, scores in zip(pieces, found, strict=True) if scores}


def _say_spread(name: str, scores: Scores) -> None:
    """Print how the energies of pieces are spread."""
    energies = [energy_of_scores(each) for each in scores.values()]
    spread = " ".join(f"{each:.2f}" for each in np.percentile(energies, _PERCENTILES))
    print(f"{name}: {len(energies)} pieces, percentiles {_PERCENTILES}: {spread}")


def _say_labels(name: str, scores: Scores) -> None:
    """Print how well the labels are told apart."""
    groups = {
        label: {p: s for p, s in scores.items() if p.label == label} for label in ("high", "low")
    }
    for label, group in groups.items():
        _say_spread(f"{name}, {label}", group)
    high, low = ([energy_of_scores(s) for s in group.values()] for group in groups.values())
    area = estimate_area(high, low)
    print(f"{name}: AUC {area.value:.3f} ({area.low:.3f} to {area.high:.3f})")


if __name__ == "__main__":
    main()
