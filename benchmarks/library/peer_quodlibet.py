"""The same search by Quod Libet; run by the system's Python: ROWS KEYSTROKES, prints JSON."""

import json
import statistics
import sys
import time
from pathlib import Path

import quodlibet

quodlibet.init_cli()  # without a screen

from quodlibet.formats import AudioFile  # noqa: E402 - it may be imported only now
from quodlibet.query import Query  # noqa: E402

PAGE = 50
FIELDS = ["artist", "album", "title"]


def main(rows: Path, keystrokes: Path) -> None:
    """Fill a library in memory, as it keeps one, and print how long each search took."""
    songs = []
    with rows.open(encoding="utf-8") as lines:
        for line in lines:
            track = json.loads(line)
            names = {name: track[name] for name in FIELDS}
            songs.append(
                AudioFile({"~filename": track["path"], **names, "bpm": str(track["bpm"])})
            )
    took_ms, counts = [], []
    for word, bpm in json.loads(keystrokes.read_text(encoding="utf-8")):
        asked = word if bpm is None else f"&({word}, #(bpm >= {bpm[0]}), #(bpm <= {bpm[1]}))"
        started = time.perf_counter()  # noqa: TID251 - it has no Clock
        found = Query(asked, star=FIELDS).filter(songs)
        counts.append(len(found))
        _page = sorted(found, key=lambda song: song.sort_key)[:PAGE]
        took_ms.append((time.perf_counter() - started) * 1e3)  # noqa: TID251
    figures = {
        "name": f"Quod Libet {quodlibet.const.VERSION}",
        "median_ms": statistics.median(took_ms),
        "p95_ms": statistics.quantiles(took_ms, n=20)[-1],
        "found": statistics.median(counts),
        "memory_mb": _memory_mb(),
    }
    sys.stdout.write(json.dumps(figures) + "\n")


def _memory_mb() -> float:
    """Return the largest resident size; what getrusage says begins with the parent's."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024.0


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
