"""Train the tempo's rankers and their judge, and write the weights that ship.

Run as ``python -m benchmarks.tempo.train FOLDER... --seed 1``, with folders that
``benchmarks.tempo.render --purpose train`` made. The same folders and seed give the same file.
Prints how well the rankers do on the pieces that each of them did not see.
"""

import argparse
import hashlib
from pathlib import Path

import numpy as np

from benchmarks.tempo.rhythms import rendered
from benchmarks.tempo.scoring import octave_right, right
from benchmarks.tempo.training import RANKERS, Array, Examples, trained
from playlists.analysis.tempo_features import CANDIDATES_BPM, tempo_features
from playlists.analysis.tempo_ranker import WEIGHTS, gathered

# Other speeds of the same rendering stand for tempi that were not rendered.
_SPEEDS = np.array([1.0, 0.88, 0.94, 1.06, 1.13])


def main() -> None:
    """Train on what the command line names."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    asked = parser.parse_args()
    examples = gather(asked.folders)
    weights, unseen = trained(examples, asked.seed)
    save(asked.out, weights)
    has_beat = ~np.isnan(examples.tempi_bpm)
    found_bpm = CANDIDATES_BPM[np.argmax(gathered(unseen), axis=1)][has_beat]
    true_bpm = examples.tempi_bpm[has_beat]
    print(f"{len(unseen)} pieces, {has_beat.sum()} with a beat; cross-validated:")
    print(f"Accuracy1 {right(found_bpm, true_bpm).mean():.3f}")
    print(f"Accuracy2 {octave_right(found_bpm, true_bpm).mean():.3f}")


def gather(folders: list[Path]) -> Examples:
    """Return the pieces of some folders as examples."""
    pieces = [piece for folder in folders for piece in rendered(folder)]
    return Examples(
        features=np.stack(
            [[tempo_features(rhythm, speed) for speed in _SPEEDS] for _, rhythm in pieces]
        ),
        tempi_bpm=np.array(
            [np.nan if each.tempo_bpm is None else each.tempo_bpm for each, _ in pieces]
        ),
        speeds=_SPEEDS,
        folds=np.array([_fold(each.source) for each, _ in pieces]),
    )


def save(path: Path, weights: dict[str, Array]) -> None:
    """Write weights in half precision, the same bytes for the same weights."""
    halves = {name: each.astype(np.float16) for name, each in weights.items()}
    np.savez_compressed(path, allow_pickle=False, **halves)


def _fold(source: str) -> int:
    return (
        int(hashlib.sha1(source.encode(), usedforsecurity=False).hexdigest(), 16) // 64 % RANKERS
    )


if __name__ == "__main__":
    main()
