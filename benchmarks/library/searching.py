"""How long a keystroke of a search takes in a library of some size; run by ``__main__``.

python -m benchmarks.library.searching DATABASE KEYSTROKES    prints JSON
"""

import json
import resource
import statistics
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time

from playlists.library.query import Sort, SortKey
from playlists.library.repository import Library
from playlists.library.search import Search
from soundscape.clock import MachineClock

PAGE = 50


def main(database: Path, keystrokes: Path) -> None:
    """Search a library and print the figures."""
    typed = json.loads(keystrokes.read_text(encoding="utf-8"))
    asked = [word if bpm is None else f"{word} bpm:{bpm[0]}..{bpm[1]}" for word, bpm in typed]
    counts: list[int] = []
    with Library.open(database) as library:
        before_mb = _memory_mb()
        clock = MachineClock()
        started = clock.now()
        search = Search(library)
        opened_s = clock.now() - started
        opened_mb = _memory_mb() - before_mb

        def press(query: str, sort: Sort) -> None:
            ids = search.find(query, sort)
            search.page(ids, 0, PAGE)
            counts.append(len(ids))

        by_title = _took_ms(lambda query: press(query, Sort()), asked, clock.now)
        by_energy_sort = Sort(SortKey.ENERGY)
        press("", by_energy_sort)  # the order is made once
        computed_ms = _took_ms(lambda query: press(query, Sort()), asked, process_time)
        by_energy = _took_ms(lambda query: press(query, by_energy_sort), asked, clock.now)
    figures = {
        "tracks": len(search),
        "keystrokes": len(asked),
        "opened_s": opened_s,
        "catalog_mb": opened_mb,
        "process_mb": _memory_mb(),
        "found": statistics.median(counts),
        "median_ms": statistics.median(by_title),
        "p95_ms": statistics.quantiles(by_title, n=20)[-1],
        "most_ms": max(by_title),
        "cpu_median_ms": statistics.median(computed_ms),
        "cpu_p95_ms": statistics.quantiles(computed_ms, n=20)[-1],
        "by_energy_p95_ms": statistics.quantiles(by_energy, n=20)[-1],
    }
    sys.stdout.write(json.dumps(figures) + "\n")


def _took_ms(
    act: Callable[[str], None],
    queries: list[str],
    now_s: Callable[[], float],
) -> list[float]:
    took = []
    for query in queries:
        started = now_s()
        act(query)
        took.append((now_s() - started) * 1000.0)
    return took


def _memory_mb() -> float:
    """Return the largest resident size so far; what getrusage says begins with the parent's."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0
    lines = status.read_text(encoding="utf-8").splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024.0


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
