"""The page about the windows, written from their figures."""

from typing import Any

_HEAD = """# How soon windows are seen

Each window is the program itself, started anew {times} times: the time from the process's start to
the moment when all of the window was painted once, on Qt's offscreen screen, and the memory
(PSS) a few seconds later, beside a sound server. The builder's library has {tracks:,} tracks,
that of the others {usual:,}. `make benchmark-screens` repeats it and writes this page; the
machine's load was {before} before and {after} after, on {cores} cores: what is above 1 a core
makes every figure worse than it is on an idle machine.

| window | seen, median s | seen, soonest s | at most s | memory MB | at most MB |
| --- | ---: | ---: | ---: | ---: | ---: |
"""
_LOOP = """
## Does the builder ever stand still?

A timer that is always due notes how long the event loop stays away while the library is read,
while somebody types, scrolls anywhere, sorts by every column, and types while a plan is sought.
At most 50 ms are meant. The second column is the window's own use of the processor in such a
stretch, which a busy machine does not make longer.

| while | longest wait, ms | of the processor, ms |
| --- | ---: | ---: |
"""
AT_MOST = {"desk": (0.6, 120), "presets": (0.6, 120), "kiosk": (0.6, 120), "builder": (1.5, None)}
NAMES = {
    "reading": "the library is read",
    "typing": "typing",
    "scrolling": "scrolling",
    "sorting": "sorting",
    "planning": "typing while a plan is sought",
}


def page(figures: dict[str, Any], *, times: int = 5, cores: int = 2) -> str:
    """Return the page for the figures of ``benchmarks.screens``."""
    before, after = figures["load"]
    head = _HEAD.format(
        times=times,
        cores=cores,
        before=before,
        after=after,
        tracks=figures["tracks"],
        usual=figures["usual"],
    )
    rows = []
    for name, found in figures["windows"].items():
        most_s, most_mb = AT_MOST[name]
        numbers = f"{found['seen_s']:.2f} | {found['soonest_s']:.2f} | {most_s}"
        rows.append(f"| {name} | {numbers} | {found['memory_mb']:.0f} | {most_mb or ''} |")
    waits = figures["loop"]
    loop = [
        f"| {name} | {waits[f'{key}_ms']:.0f} | {waits[f'{key}_cpu_ms']:.0f} |"
        for key, name in NAMES.items()
    ]
    read = (
        f"\nThe library was there after {waits['read_s']:.1f} s, a plan with its files copied"
        f" after {waits['planned_s']:.1f} s, most of which it takes to read all curves.\n"
    )
    return head + "\n".join(rows) + "\n" + _LOOP + "\n".join(loop) + "\n" + read
