"""How soon each window is seen, what memory it takes, and whether the builder ever stands still.

python -m benchmarks.screens [COUNT]    the builder's library has so many tracks (100,000)
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

from fakes.tracks import track
from rig.virtual_card import VirtualCard

from benchmarks.library.rows import content, tracks, typed
from benchmarks.screens.page import page
from playlists.library.repository import Library
from playlists.models import Track
from soundscape.clock import MachineClock
from soundscape.folders import DataFolder

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "benchmarks" / "screens.md"
WINDOWS = {
    "desk": ("--role", "desk"),
    "presets": ("--role", "presets"),
    "kiosk": ("--role", "kiosk", "--kept"),
    "builder": ("--role", "builder"),
}
TIMES = 5
KEYSTROKES = 60
SETTLED_S = 3.0
"""Memory is looked at so long after the first sight."""

BATCH = 5_000
USUAL = 1_000
"""So many tracks has the library that the other windows are opened on."""


def measured(count: int) -> dict[str, Any]:
    """Return all figures; the machine's load before and after is among them."""
    with tempfile.TemporaryDirectory() as temporary:
        folder, small = (DataFolder(Path(temporary, name)) for name in ("large", "small"))
        _fill(folder, count)
        _fill(small, USUAL)
        figures: dict[str, Any] = {"tracks": count, "usual": USUAL, "load": [_load()]}
        with VirtualCard(Path(temporary, "card")) as card:
            figures["windows"] = {
                name: _opened(folder if name == "builder" else small, words, card)
                for name, words in WINDOWS.items()
            }
        figures["loop"] = _loop(folder, Path(temporary, "keys.json"))
        figures["load"].append(_load())
        return figures


def _load() -> float:
    return round(os.getloadavg()[0], 1)


def _fill(folder: DataFolder, count: int) -> None:
    folder.root.mkdir(parents=True)
    folder.settings.write_text("text_percent = 100\n", "utf-8")  # else the first run is shown
    music = folder.root / "music"
    rows = enumerate(tracks(count, track().analysis))
    made = [_with_file(one, music, content(number)) for number, one in rows]
    with Library.open(folder.library) as library:
        for first in range(0, count, BATCH):
            library.save(*made[first : first + BATCH])


def _with_file(one: Track, music: Path, held: bytes) -> Track:
    """Return a track with a file, so that plans can be made of it; no sound is in it."""
    path = music.joinpath(*one.path.parts[2:])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(held)
    return replace(one, path=path)


def _opened(folder: DataFolder, words: Sequence[str], card: VirtualCard) -> dict[str, float]:
    """Return how soon a window is seen, the median and the best of some times, and its memory."""
    found = [_once(folder, words, card) for _ in range(TIMES)]
    return {
        "seen_s": median(seen_s for seen_s, _ in found),
        "soonest_s": min(seen_s for seen_s, _ in found),
        "memory_mb": max(memory_mb for _, memory_mb in found),
    }


def _once(folder: DataFolder, words: Sequence[str], card: VirtualCard) -> tuple[float, float]:
    """Start the program once and return seconds to its first sight, and its memory in MB.

    Raises
    ------
    SystemExit
        If no window is seen.
    """
    clock = MachineClock()
    command = [sys.executable, "-m", "benchmarks.screens.paint", *words]
    environment = {**os.environ, **card.environment, "QT_QPA_PLATFORM": "offscreen"}
    started = clock.now()
    with subprocess.Popen(
        [*command, "--data-dir", str(folder.root)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None, "it is a pipe"  # noqa: S101
        said = process.stdout.readline()
        seen_s = clock.now() - started
        clock.sleep(SETTLED_S)
        memory_mb = _memory_mb(process.pid)
        process.terminate()
    if not said.endswith("painted\n"):  # the kiosk says dots before it, that it is well
        raise SystemExit(f"{' '.join(words)}: no window was seen")
    return seen_s, memory_mb


def _memory_mb(process_id: int) -> float:
    """Return a process's proportional set size in MB: what is shared counts by its share."""
    rollup = Path(f"/proc/{process_id}/smaps_rollup").read_text("ascii")
    line = next(line for line in rollup.splitlines() if line.startswith("Pss:"))
    return int(line.split()[1]) / 1024


def _loop(folder: DataFolder, keys: Path) -> dict[str, float]:
    """Return the longest that the builder's event loop was away, by what was done, in ms."""
    with Library.open(folder.library) as library:
        some = library.listed(range(1, 2_000))
    words = [[one.word, one.bpm] for one in typed(some, KEYSTROKES)]
    keys.write_text(json.dumps(words), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.library.window", str(folder.root), str(keys), "plan"],
        check=True,
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


if __name__ == "__main__":
    figures = measured(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
    print(json.dumps(figures, indent=1))
    PAGE.with_suffix(".json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(page(figures), encoding="utf-8")
