"""How far the loudness of real tracks lies from libebur128's reading of the same samples.

``make benchmark-loudness OPTIONS="DIR..."``; without folders, Debian's music of Wesnoth and Naev.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from fakes import ebur128
from numpy.typing import NDArray

from benchmarks.voice.music import DEFAULT_FOLDERS, sound_files
from soundscape.dsp.loudness import LoudnessMeter
from soundscape.dsp.truepeak import TruePeakMeter
from soundscape.errors import DecodeError
from soundscape.media.decoder import open_stream
from soundscape.units import SESSION_RATE_HZ

_BLOCK_FRAMES = 10 * SESSION_RATE_HZ
_ALLOWED_LU = 0.02


@dataclass(frozen=True, slots=True)
class Difference:
    """Our reading less libebur128's: integrated, range, true peak."""

    integrated_lu: float
    range_lu: float
    peak_db: float


def main() -> int:
    """Compare, print a line for each track and the largest differences."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.loudness", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=DEFAULT_FOLDERS)
    parser.add_argument("--most", type=int, default=40, metavar="TRACKS")
    options = parser.parse_args()
    found = []
    for path in sound_files(options.folders, options.most):
        try:
            found.append(difference(path))
        except DecodeError as error:
            print(f"{path.name}: {error}")
            continue
        last = found[-1]
        print(f"{last.integrated_lu:+.4f} {last.range_lu:+.2f} {last.peak_db:+.2f}  {path.name}")
    if not found:
        print("There is no sound here; name a folder that has some.")
        return 1
    largest = np.abs([[d.integrated_lu, d.range_lu, d.peak_db] for d in found]).max(axis=0)
    print(f"{len(found)} tracks; largest difference: integrated {largest[0]:.4f} LU,", end=" ")
    print(f"range {largest[1]:.2f} LU, true peak {largest[2]:.2f} dB")
    return 0 if largest[0] <= _ALLOWED_LU else 1


def difference(path: Path) -> Difference:
    """Return how far apart both meters are on one track."""
    loudness, peak = LoudnessMeter(), TruePeakMeter()

    def heard() -> Iterator[NDArray[np.float32]]:
        with open_stream(path) as stream:
            while len(block := stream.read(_BLOCK_FRAMES)):
                loudness.add(block)
                peak.add(block)
                yield block

    theirs = ebur128.read(heard(), SESSION_RATE_HZ)
    ours = loudness.reading()
    return Difference(
        ours.integrated_lufs - theirs.integrated_lufs,
        ours.range_lu - theirs.range_lu,
        peak.reading() - theirs.true_peak_dbtp,
    )


if __name__ == "__main__":
    sys.exit(main())
