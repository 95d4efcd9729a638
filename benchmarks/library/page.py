"""Writes the figures of the library's search as a page."""

from typing import Any

_HEAD = """# Searching a library

Made-up tracks with words as unevenly frequent as a language's. A keystroke is a word of a title
so far as it is typed, every other with a range of tempo; its answer is the count of all that is
found and the first 50 tracks in order. `make benchmark-library` repeats it and writes this page.
"""
_WAIT = """
The wait is the longest that the window did not come back to its event loop, under an offscreen
screen: typing 60 keystrokes, scrolling to 200 random places, sorting by every column. *Reading*
is while the library is read behind the window, which shows before.
"""
_PEERS = """
The same rows of 100,000 and the same kind of keystrokes (30), in one run. Others look for the
letters anywhere in a word, ours for words that begin so. beets reads its tracks from SQLite and
makes objects of those that it lists; Quod Libet has them all in memory and goes through them,
then sorts what it found. Their rows were put in past their own import, which reads files.
"""


def page(figures: dict[str, Any]) -> str:
    """Return the page for the figures that were collected."""
    load = ", ".join(map(str, figures["load"]))
    return "".join(
        [
            _HEAD,
            f"\nLoad averages of the two-core machine as it began: {load}. Other work went on.\n",
            "\n## Keystrokes\n\n",
            _sizes(figures["ours"]),
            "\n## The builder\n",
            _WAIT,
            "\n",
            _window(figures["window"]),
            "\n## Beside others\n",
            _PEERS,
            "\n",
            _peers(figures),
        ]
    )


def _sizes(ours: list[dict[str, Any]]) -> str:
    rows = {
        "count and first page, median": ("median_ms", "{:.2f} ms"),
        "count and first page, p95": ("p95_ms", "{:.2f} ms"),
        "the same in processor time, median": ("cpu_median_ms", "{:.2f} ms"),
        "the same in processor time, p95": ("cpu_p95_ms", "{:.2f} ms"),
        "the longest of all": ("most_ms", "{:.2f} ms"),
        "sorted by energy, p95": ("by_energy_p95_ms", "{:.2f} ms"),
        "tracks found, median": ("found", "{:,.0f}"),
        "reading the catalog into memory": ("opened_s", "{:.2f} s"),
        "memory that it takes": ("catalog_mb", "{:.0f} MB"),
        "memory of the whole process": ("process_mb", "{:.0f} MB"),
        "the database": ("database_mb", "{:.0f} MB"),
        "adding 10,000 tracks": ("added_s", "{:.1f} s"),
        "seeing them in the search": ("refreshed_s", "{:.2f} s"),
    }
    head = [f"{one['tracks']:,} tracks" for one in ours]
    lines = [["", *head], ["---", *("---:" for _ in ours)]]
    lines += [
        [name, *(form.format(one[key]) for one in ours)] for name, (key, form) in rows.items()
    ]
    return _table(lines)


def _window(window: dict[str, Any]) -> str:
    rows = [
        ["started to first sight", f"{window['painted_s']:.2f} s"],
        ["library there to be searched, after that", f"{window['read_s']:.2f} s"],
        ["longest wait while reading", f"{window['reading_ms']:.0f} ms"],
        ["longest wait while typing", f"{window['typing_ms']:.0f} ms"],
        ["longest wait while scrolling", f"{window['scrolling_ms']:.0f} ms"],
        ["longest wait while sorting", f"{window['sorting_ms']:.0f} ms"],
    ]
    return _table([["", "100,000 tracks"], ["---", "---:"], *rows])


def _peers(figures: dict[str, Any]) -> str:
    first = figures["ours"][0]
    ours = {**first, "name": "Soundscape", "memory_mb": first["process_mb"]}
    lines = [["", "median", "p95", "memory"], ["---", "---:", "---:", "---:"]]
    for one in [ours, *figures["peers"]]:
        if "failed" in one:
            lines.append([one["name"], "not installed", "", ""])
        else:
            times = [f"{one[key]:,.1f} ms" for key in ("median_ms", "p95_ms")]
            lines.append([one["name"], *times, f"{one['memory_mb']:.0f} MB"])
    return _table(lines)


def _table(lines: list[list[str]]) -> str:
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)
