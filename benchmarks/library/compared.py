"""Searches in libraries of several sizes, and the same by others; writes the page."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.library.rows import Keystroke, tracks, typed
from playlists.library.repository import Library
from playlists.library.search import Search
from playlists.models import Analysis, Track
from soundscape.clock import MachineClock
from soundscape.folders import DataFolder

ROOT = Path(__file__).parents[2]
SIZES = (100_000, 1_000_000)
KEYSTROKES = 400
PEER_KEYSTROKES = 30
ADDED = 10_000
_AT_ONCE = 5_000
PEERS = {
    "peer_beets": ROOT / ".venv-peers" / "bin" / "python",
    "peer_quodlibet": Path("/usr/bin/python3"),
}


def compare(typical: Analysis, sizes: Sequence[int] = SIZES) -> dict[str, Any]:
    """Return all figures; the machine's load is among them."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        figures: dict[str, Any] = {"load": [round(load, 1) for load in os.getloadavg()]}
        figures["ours"] = [_size(folder, count, typical) for count in sizes]
        figures["window"] = _window(folder, sizes[0])
        figures["peers"] = [_peer(folder, name, sizes[0], typical) for name in PEERS]
        return figures


def _size(folder: Path, count: int, typical: Analysis) -> dict[str, Any]:
    """Fill a library, search it, add to it, and return the figures."""
    data = DataFolder(folder / str(count))
    # Curves are read for single tracks only; a million with them would be 4 GB of disk.
    bare = replace(typical, energy_curve=(), loudness_curve=(), voice_spans=())
    filled = tracks(count, typical if count == SIZES[0] else bare)
    figures: dict[str, Any] = {"filled_s": _fill(data.library, filled)}
    some = list(islice(tracks(count, bare), 2_000))
    keys = _write_keystrokes(folder / f"keys-{count}.json", typed(some, KEYSTROKES))
    figures |= _run([sys.executable, "-m", "benchmarks.library.searching"], data.library, keys)
    figures["database_mb"] = data.library.stat().st_size / 1e6
    with Library.open(data.library) as library:
        search = Search(library)
        clock = MachineClock()
        started = clock.now()
        for batch in _batches(tracks(ADDED, typical, seed=9)):
            library.save(*batch)
        figures["added_s"] = clock.now() - started
        started = clock.now()
        search.refresh()
        figures["refreshed_s"] = clock.now() - started
    return figures


def _window(folder: Path, count: int) -> dict[str, Any]:
    """Open the builder on a library, and return its figures with the time to its first sight."""
    clock = MachineClock()
    command = [sys.executable, "-m", "benchmarks.library.window", str(folder / str(count))]
    with Library.open(folder / str(count) / "library.sqlite") as library:
        some = library.listed(range(1, 2_000))
    keys = _write_keystrokes(folder / "window.json", typed(some, 60))
    started = clock.now()
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        [*command, str(keys)], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None, "it is a pipe"  # noqa: S101
        process.stdout.readline()
        painted_s = clock.now() - started
        said = process.stdout.readline()
    found: dict[str, Any] = json.loads(said)
    return {"painted_s": painted_s, **found}


def _peer(folder: Path, name: str, count: int, typical: Analysis) -> dict[str, Any]:
    """Return another's figures for the same rows, or why there are none."""
    python = PEERS[name]
    rows, some = folder / "rows.jsonl", []
    with rows.open("w", encoding="utf-8") as file:
        for track in tracks(count, replace(typical, energy_curve=(), loudness_curve=())):
            some = [*some, track] if len(some) < PEER_KEYSTROKES else some
            row = {"path": str(track.path), "length_s": track.analysis.duration_s}
            names = {"title": track.title, "artist": track.artist, "album": track.album}
            bpm = round(track.analysis.tempo_bpm or 0)
            file.write(json.dumps({**row, **names, "bpm": bpm}) + "\n")
    keys = _write_keystrokes(folder / "peers.json", typed(some, PEER_KEYSTROKES))
    script = ROOT / "benchmarks" / "library" / f"{name}.py"
    try:
        return _run([str(python), str(script)], rows, keys)
    except (OSError, subprocess.CalledProcessError, json.JSONDecodeError) as error:
        return {"name": name.removeprefix("peer_"), "failed": type(error).__name__}


def _run(command: list[str], *paths: Path) -> dict[str, Any]:
    done = subprocess.run(
        [*command, *map(str, paths)], check=True, cwd=ROOT, capture_output=True, text=True
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _fill(database: Path, some: Iterable[Track]) -> float:
    clock = MachineClock()
    started = clock.now()
    with Library.open(database) as library:
        for batch in _batches(some):
            library.save(*batch)
    return clock.now() - started


def _batches(some: Iterable[Track]) -> Iterator[list[Track]]:
    waiting = iter(some)
    while batch := list(islice(waiting, _AT_ONCE)):
        yield batch


def _write_keystrokes(path: Path, keys: list[Keystroke]) -> Path:
    path.write_text(json.dumps([list(asdict(key).values()) for key in keys]), encoding="utf-8")
    return path
