"""The same search by beets; run by the peers' Python: ROWS KEYSTROKES, prints JSON."""

import json
import statistics
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

import beets
from beets.library import Item, Library

PAGE = 50


def main(rows: Path, keystrokes: Path) -> None:
    """Fill a library, search it, and print how long each search took."""
    with tempfile.TemporaryDirectory() as folder:
        library = Library(str(Path(folder, "library.db")), folder)
        _fill(library, rows)
        took_ms, counts = [], []
        for word, bpm in json.loads(keystrokes.read_text(encoding="utf-8")):
            asked = word if bpm is None else f"{word} bpm:{bpm[0]}..{bpm[1]}"
            started = time.perf_counter()  # noqa: TID251 - it has no Clock
            found = library.items(asked)
            counts.append(len(found))
            list(islice(found, PAGE))
            took_ms.append((time.perf_counter() - started) * 1e3)  # noqa: TID251
    figures = {
        "name": f"beets {beets.__version__}",
        "median_ms": statistics.median(took_ms),
        "p95_ms": statistics.quantiles(took_ms, n=20)[-1],
        "found": statistics.median(counts),
        "memory_mb": _memory_mb(),
    }
    sys.stdout.write(json.dumps(figures) + "\n")


def _fill(library: Library, rows: Path) -> None:
    """Add the rows in one transaction; beets' own ``add`` would take hours for them."""
    library.add(Item(title="a", artist="b", album="c", bpm=60, path=b"/a"))
    with library.transaction() as transaction, rows.open(encoding="utf-8") as lines:
        for line in lines:
            track = json.loads(line)
            transaction.mutate(
                "INSERT INTO items (path, title, artist, album, bpm, length) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (
                    track["path"].encode(),
                    track["title"],
                    track["artist"],
                    track["album"],
                    track["bpm"],
                    track["length_s"],
                ),
            )


def _memory_mb() -> float:
    """Return the largest resident size; what getrusage says begins with the parent's."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024.0


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
