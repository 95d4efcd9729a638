"""Writes the figures of the benchmark as a page."""

import statistics
from collections.abc import Sequence
from typing import Any

from benchmarks.fades.job import FADE_S, FADE_START_S

Run = dict[str, Any]

_COLUMNS = {
    "equal level, ms": ("equal_level_ms", "+.2f"),
    "fade begins, ms": ("fade_start_ms", "+.2f"),
    "fade ends, ms": ("fade_end_ms", "+.2f"),
    "timing, frames": ("timing_frames", ".1f"),
    "curve RMS, dB": ("curve_rms_db", ".3f"),
    "curve worst, dB": ("curve_worst_db", ".3f"),
    "power dip, dB": ("power_dip_db", "+.3f"),
    "power peak, dB": ("power_peak_db", "+.3f"),
    "splatter, dB": ("splatter_db", ".1f"),
    "silence, ms": ("longest_silence_ms", ".1f"),
    "CPU, %": ("cpu_percent", ".1f"),
    "memory, MB": ("memory_mb", ".0f"),
}
_HEAD = f"""# Crossfades beside other players

A tone of 440 Hz sounds from the start; at {FADE_START_S:.3f} s a crossfade of {FADE_S:.3f} s into
a tone of 997 Hz begins. Each player does this job on the same virtual sound card and is recorded
from the card's monitor; ffmpeg makes it offline, as the reference. All of them declare the
equal-power law. This page is written by `make benchmark-fades`, which repeats everything
(Debian 12; `--long 30` for the long run).
"""
_MEANING = """
What the columns say, each in the median of all rounds with the lowest and the highest in brackets:

- *Equal level*: when both tones were equally loud, against 10.000 s. *Fade begins*, *fade ends*:
  when the arriving tone rose above -40 dB and the leaving one fell below it, against the law.
- *Timing*: the largest error of any time at which a tone passed -3, -6, -12 or -20 dB.
- *Curve*: distance of both levels from the law, wherever the law is above -40 dB.
- *Power dip* and *peak*: of both tones together, against before and behind the crossfade.
- *Splatter*: energy beyond 200 Hz from both tones, against all. The law itself has -120.1 dB: its
  two corners, where the fade begins and ends, are all that is left.
- *Silence*: the longest run without sound; below 1 ms it is a wave that crosses zero while faint.
- *CPU* of one core and resident *memory* over 12 s with the crossfade in it, of all the player's
  processes; pages that several of them share are counted in each.
"""
_LIMITS = """
## What this does not show

- There is no sound card here, and its clock is the machine's. Windows and macOS were not run.
- Look at the load average. Where it is far above the number of cores, processes wait for a core
  longer than any sound buffer lasts, every player loses blocks, and one lost block spoils all
  figures of its round; a start then takes many times as long, too. The best round of a player is
  what its crossfade is, the worst what the machine made of it. Repeat it on a machine at rest.
- GStreamer ties with this program in every figure of the sound where no block is lost, and takes
  less memory. What it is not asked here is to survive the death of its own process.
- libVLC has no crossfade. Its job is driven from outside every 20 ms, by a volume in whole
  percents of a cubic law, and its leaving file is longer, since it takes no volume in a file's
  last second.
- mixxx and linux-show-player were not run: both need a screen and a session file made by hand.
- Tones can be told apart while they sound together; music cannot. Nothing is said of taste.
- The measure itself errs by half a frame of timing and 0.01 dB, as the line of the formula shows:
  there the law is computed and measured without any player.
"""


def page(figures: dict[str, Any]) -> str:
    """Return the page for the figures that the benchmark collected."""
    parts = [_HEAD, f"\nMachine: {figures['machine']}.\n"]
    for load in dict.fromkeys(run["load"] for run in figures["runs"]):
        parts += [f"\n## {load}\n\n", _table([r for r in figures["runs"] if r["load"] == load])]
    parts += [_MEANING, "\n## This program\n\n", *(_targets(figures)), _LIMITS]
    return "".join(parts)


def _table(runs: Sequence[Run]) -> str:
    names = list(dict.fromkeys(run["player"] for run in runs))
    lines = [f"| | {' | '.join(names)} |", f"| --- |{' ---: |' * len(names)}"]
    for title, (key, style) in _COLUMNS.items():
        cells = [_spread([r[key] for r in runs if r["player"] == n], style) for n in names]
        lines.append(f"| {title} | {' | '.join(cells)} |")
    loads = [run["machine_load"] for run in runs]
    lines += [
        "",
        f"Load average of the machine, what else it did included: {_spread(loads, '.1f')}.",
    ]
    return "\n".join(lines) + "\n"


def _spread(values: Sequence[float | None], style: str) -> str:
    known = sorted(value for value in values if value is not None)
    if not known:
        return "-"
    middle = format(statistics.median(known), style)
    low, high = format(known[0], style), format(known[-1], style)
    return middle if low == high else f"{middle} ({low}, {high})"


def _targets(figures: dict[str, Any]) -> list[str]:
    lines = ["| | target | median (lowest, highest) |\n| --- | --- | --- |\n"]
    for load in dict.fromkeys(run["load"] for run in figures["ours"]):
        runs = [run for run in figures["ours"] if run["load"] == load]
        for name, target, path, style in _TARGETS:
            spread = _spread(_values(runs, path), style)
            lines.append(f"| {name}, {load.lower()} | {target} | {spread} |\n")
    return [*lines, _long(figures.get("long"))]


_TARGETS = (
    ("recorded minus rendered", "0.0", ("from_render",), "g"),
    ("recorded minus arithmetic, full scale", "-", ("from_formula",), ".1g"),
    ("host, % of a core", "5", ("host", "cpu_percent"), ".1f"),
    ("holder, % of a core", "2", ("holder", "cpu_percent"), ".1f"),
    ("host, MB", "both 200", ("host", "memory_mb"), ".0f"),
    ("holder, MB", "both 200", ("holder", "memory_mb"), ".0f"),
    ("touch of Start to first sound, s", "0.5", ("desk_start_s",), ".2f"),
    ("command to first sound, s", "0.5", ("command_start_s",), ".2f"),
    ("host's start to first sound, s", "0.5", ("host_start_s",), ".2f"),
    ("holder's start to first sound, s", "-", ("holder_start_s",), ".2f"),
)


def _values(runs: Sequence[Run], path: Sequence[str]) -> list[float]:
    found = []
    for run in runs:
        value: Any = run
        for name in path:
            value = value[name]
        found.append(float(value))
    return found


def _long(figures: dict[str, Any] | None) -> str:
    if figures is None:
        return "\nThe long run was not made on this machine.\n"
    return (
        f"\nA session of {figures['minutes']:g} minutes with {figures['fades']} crossfades, "
        f"{figures['cores']} cores kept busy, load average {figures['machine_load']:.1f}: "
        f"{figures['gaps']} gaps of 2 ms or more, {figures['gaps_ms']:.0f} ms in all; "
        f"{figures['differing']} of {figures['frames']} frames differ from the offline render, "
        f"{figures['underruns']} late blocks, safe bed for {figures['bed_s']:g} s; "
        f"host {figures['host']['cpu_percent']:.1f} % and {figures['host']['memory_mb']:.0f} MB, "
        f"holder {figures['holder']['cpu_percent']:.1f} % and "
        f"{figures['holder']['memory_mb']:.0f} MB.\n"
    )
