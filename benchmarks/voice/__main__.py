"""What the voice detector takes for a voice, what it misses, and what it costs.

``make benchmark-voice OPTIONS="--music DIR --sung DIR"``: folders of instrumental music, by
default Debian's of Wesnoth and Naev, and of sung music, by default none. Computed speech and song
are mixed at 0 dB over excerpts of the instrumental music.
"""

import argparse
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from fakes import speech
from fakes.sounds import RATE_HZ, Mono
from numpy.typing import NDArray

from benchmarks.voice.music import DEFAULT_FOLDERS, sound_files
from benchmarks.voice.singing import VOICE_S, voices
from playlists.analysis.vocals import VoiceMeter, installed_detector
from playlists.models import CHECK_AT_LEAST, VOICE_AT_LEAST
from soundscape.errors import DecodeError
from soundscape.media.decoder import open_stream

_BLOCK_FRAMES = 10 * RATE_HZ
_QUIETEST = 0.003  # an excerpt below this effective value is a pause


@dataclass(slots=True)
class Spent:
    """What the meter was given, and what it took."""

    sound_s: float = 0.0
    cpu_s: float = 0.0


def main() -> int:
    """Measure all, and print a table."""
    options = _options()
    spent = Spent()
    rows: list[tuple[str, list[float]]] = []
    beds, found = [], []
    for path in sound_files(options.music, options.most):
        try:
            blocks = read(path)
        except DecodeError:
            continue
        found.append(heard(blocks, spent))
        beds.append(middle(blocks))
        if found[-1] >= CHECK_AT_LEAST:
            print(f"  {found[-1]:.2f}  {path.name}")
    rows.append(("instrumental music", found))
    rows.append(("sung music", [heard(read(p), spent) for p in sound_files(options.sung, 999)]))
    loud = [bed for bed in beds if np.sqrt(np.mean(bed**2)) > _QUIETEST]
    rows += mixtures(loud[:: max(1, len(loud) // options.beds)][: options.beds], spent)
    print(f"\n{'':32}{'tracks':>7}{'voice':>8}{'check':>8}{'lowest':>8}{'highest':>9}")
    for name, probabilities in rows:
        if probabilities:
            print(line(name, np.array(probabilities)))
    rss_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    per_min = spent.cpu_s / spent.sound_s * 60 if spent.sound_s else 0.0
    print(f"\n{per_min:.3f} s of CPU for each minute of sound; at most {rss_mb:.0f} MB in all.")
    return 0


def read(path: Path) -> list[Mono]:
    """Return a file's sound in blocks of mono."""
    with open_stream(path) as stream:
        blocks = []
        while len(block := stream.read(_BLOCK_FRAMES)):
            blocks.append(block.mean(axis=1, dtype=np.float32))
        return blocks


def heard(blocks: Iterable[Mono], spent: Spent) -> float:
    """Return the probability of a voice, as the analysis measures it."""
    meter = VoiceMeter(installed_detector())
    started_s = time.process_time()
    for block in blocks:
        meter.add(block)
        spent.sound_s += len(block) / RATE_HZ
    probability = meter.reading().probability
    spent.cpu_s += time.process_time() - started_s
    if probability is None:
        sys.exit("Install the extra 'vocals' to measure voices.")
    return probability


def middle(blocks: Sequence[Mono]) -> Mono:
    """Return the 25 s from a track's middle on."""
    # A copy, for a part would keep the whole track in memory.
    return np.concatenate(blocks[len(blocks) // 2 :])[: round(VOICE_S * RATE_HZ)].copy()


def mixtures(beds: Sequence[Mono], spent: Spent) -> list[tuple[str, list[float]]]:
    """Return the probabilities of each voice over each bed, and of all speech and song."""
    found: defaultdict[str, list[float]] = defaultdict(list)
    for name, voice in voices():
        probabilities = [heard([speech.mixed(voice, bed)], spent) for bed in beds]
        found[f"all {name.split()[0]} at 0 dB"] += probabilities
        found[name] += probabilities
    return sorted(found.items())


def line(name: str, probabilities: NDArray[np.float64]) -> str:
    """Return a row of the table."""
    voice = np.mean(probabilities >= VOICE_AT_LEAST)
    check = np.mean(probabilities >= CHECK_AT_LEAST) - voice
    low, high = probabilities.min(), probabilities.max()
    shares = f"{voice:>8.1%}{check:>8.1%}"
    return f"{name:32}{len(probabilities):>7}{shares}{low:>8.2f}{high:>9.2f}"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.voice", description=__doc__)
    parser.add_argument("--music", nargs="+", type=Path, default=DEFAULT_FOLDERS, metavar="DIR")
    parser.add_argument("--sung", nargs="+", type=Path, default=(), metavar="DIR")
    parser.add_argument("--most", type=int, default=300, metavar="TRACKS")
    parser.add_argument("--beds", type=int, default=20)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
