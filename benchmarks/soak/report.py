"""Writes the figures of the soak as a page."""

from typing import Any

_HEAD = """# Hours and days of session

A session of tones with crossfades, then the endless bed, played to its end by the real
processes. In real time it plays on a virtual sound card, and every frame of the headphones is
listened to; without a card it plays on the null output, whose time waits for the host, so that a
day passes in minutes. `make benchmark-soak` repeats both and writes this page;
`python -m benchmarks.soak --hours 8 --virtual-hours 72` (with `PYTHONPATH=tests`) goes on longer.
"""
_LIMITS = """
The slopes leave out the first fifth of a run. A slope from a run of some minutes says little
about an hour: see how long the run was. The virtual card runs on the machine's own clock, so the
drift of a real card against it cannot be seen here; frames that fall behind the clock are gaps:
the card waited for sound while the machine was busy with something else. CPU without a card is
that of rendering as fast as it goes, not of a session.
"""


def page(figures: dict[str, Any]) -> str:
    """Return the page for the figures that were collected."""
    titles = {"real": "In real time, on a virtual card", "virtual": "Without a card"}
    parts = [_HEAD]
    for name, title in titles.items():
        parts.append(f"\n## {title}\n\n")
        parts.append(_table(figures[name]) if name in figures else "Not run.\n")
    return "".join([*parts, _LIMITS])


def _table(run: dict[str, Any]) -> str:
    rows = {
        "session planned, hours": f"{run['hours']:.4g}",
        "looked at, hours of session": f"{run['session_s'] / 3600.0:.4g}",
        "looked at, minutes of the machine": f"{run['real_s'] / 60.0:.1f}",
        "ended in order": "yes" if run["status"] == 0 else "no",
        "load average of the machine at the end": f"{run['machine_load']:.1f}",
        "late blocks (underruns)": str(run["underruns"]),
        "safe bed heard for want of music, s": f"{run['bed_s']:g}",
        "nothing to play, s": f"{run['dry_s']:g}",
        "samples changed by the guard": str(run["guarded_samples"]),
    }
    if "gaps" in run:
        rows["gaps of 2 ms or more"] = str(run["gaps"])
        rows["longest silence, ms"] = f"{run['longest_silence_ms']:.2f}"
        rows["frames against the clock, ppm"] = f"{run['drift_ppm']:+.1f}"
        rows["scatter of that, ms"] = f"{run['jitter_ms']:.1f}"
    for name in ("host", "holder"):
        process = run[name]
        files = f"{process['fewest_files']} to {process['most_files']}"
        rows |= {
            f"{name}: highest memory, MB": f"{process['highest_mb']:.0f}",
            f"{name}: memory, MB an hour": f"{process['mb_an_hour']:+.2f}",
            f"{name}: memory, MB a day of session": f"{process['mb_a_day_of_session']:+.2f}",
            f"{name}: open files": files,
            f"{name}: CPU, % of a core": f"{process['cpu_percent']:.1f}",
        }
    lines = [f"| {name} | {value} |" for name, value in rows.items()]
    return "\n".join(["| | |", "| --- | ---: |", *lines]) + "\n"
