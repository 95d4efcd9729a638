"""How fast plans are found, and how near the best there is; writes docs/benchmarks/solver.md.

python -m benchmarks.solver [--instances N] [--limit-s S]
"""

import argparse
import resource
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.solver.exact import least_cost_s
from benchmarks.solver.libraries import large, small
from playlists.arcs import load_arcs, scaled
from playlists.models import Track
from playlists.routes import load_routes
from playlists.solver.attempt import Task, attempted
from playlists.solver.cost import Taste, total_cost_s
from playlists.solver.layout import Slot, slots_of
from playlists.solver.pool import Wishes
from playlists.solver.replan import replan
from playlists.solver.solve import Order, solve
from soundscape.clock import MachineClock

PAGE = Path("docs/benchmarks/solver.md")
SIZES = (100, 1_000, 10_000, 100_000)
REPLANS = 60
PLAN_TRACKS = 40
_FEWEST, _SPAN, _STRIDE = 10, 31, 13
"""Tracks of the small instances: from 10 to 40, in no order."""


@dataclass(frozen=True, slots=True)
class Timed:
    """Seconds by the wall and of the processor; a busy machine shows in their difference."""

    wall_s: float
    processor_s: float


def timed(work: Callable[[], object]) -> Timed:
    """Return how long some work takes."""
    clock, before = MachineClock(), resource.getrusage(resource.RUSAGE_SELF)
    started_s = clock.now()
    work()
    after = resource.getrusage(resource.RUSAGE_SELF)
    return Timed(clock.now() - started_s, after.ru_utime - before.ru_utime)


def main() -> None:
    """Measure everything and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--instances", type=int, default=30)
    parser.add_argument("--limit-s", type=float, default=120.0)
    options = parser.parse_args()
    parts = [
        _INTRODUCTION,
        *_speed(),
        *_replanning(),
        *_exactness(options.instances, options.limit_s),
    ]
    PAGE.write_text("\n".join(parts) + "\n", encoding="utf-8")
    print(f"Written to {PAGE}.")


_INTRODUCTION = """# The solver

`make benchmark-solver` measures this page anew. One core; a busy machine shows where the wall's
time is more than the processor's.
"""


def _slots() -> tuple[Slot, ...]:
    route, arc = load_routes()["iv"], load_arcs()["gentle"]
    return slots_of(scaled(route, arc), route.delivery_s, arc.brightness_hz)


def _speed() -> list[str]:
    """Return how long plans of 115 minutes take, and how well they follow the arc."""
    rows = [
        "## A 115-minute plan (IV, 40 min, gentle)\n",
        "| tracks | wall | processor | energy error | boundary error | cost | bound |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for count in SIZES:
        order = Order("iv", Task(_slots(), Wishes(Taste(), 1)), large(count))
        found = []
        spent = timed(lambda order=order, found=found: found.append(solve(order, MachineClock())))  # type: ignore[misc]
        proof = found[0].proof
        figures = (proof.mean_energy_error, proof.boundary_error_s, proof.cost, proof.lower_bound)
        error, boundary_s, cost, bound = (
            "none" if one is None else f"{one:.4f}" for one in figures
        )
        rows.append(
            f"| {count:,} | {spent.wall_s:.2f} s | {spent.processor_s:.2f} s | {error} |"
            f" {boundary_s} s | {cost} | {bound} |"
        )
        print(rows[-1], flush=True)
    return rows


def _replanning() -> list[str]:
    """Return how long it takes to plan the rest anew, from joins all over a session."""
    slots, tracks = _slots(), large(4 * PLAN_TRACKS, seed=2)
    task = Task(slots, Wishes(Taste(), 1))
    order = Order("iv", task, tracks)
    found = solve(order, MachineClock())
    chair = [*(cue.track for cue in found.placed), *found.reserve]
    spent = []
    for number in range(REPLANS):
        place = 1 + number % (len(found.placed) - 2)
        before = found.placed[:place]
        spent.append(timed(lambda before=before: replan(task, before, chair)))  # type: ignore[misc]
    wall_ms, processor_ms = (
        1e3 * float(np.percentile([getattr(one, name) for one in spent], 95))
        for name in ("wall_s", "processor_s")
    )
    line = (
        f"\n## A live session planned anew\n\nFrom {REPLANS} joins, with the {len(chair)} tracks"
        f" that the chair holds: 95 % within {wall_ms:.0f} ms by the wall, {processor_ms:.0f} ms"
        " of the processor.\n"
    )
    print(line, flush=True)
    return [line]


def _exactness(instances: int, limit_s: float) -> list[str]:
    """Return how far plans are from the best, proven by mixed-integer programming."""
    rows = [
        "## Beside the proven best\n",
        "Two phases each, of 10 to 40 tracks, solved by HiGHS as a network in time",
        "(`benchmarks/solver/exact.py`).\n",
        "| tracks | phases | cost | proven best | above it |",
        "| --- | --- | --- | --- | --- |",
    ]
    above = []
    for number in range(instances):
        slots = _slots()[number % 5 : number % 5 + 2]
        tracks = small(_FEWEST + _STRIDE * number % _SPAN, seed=number)
        cost_s, best_s = _compared(slots, tracks, limit_s)
        share = ""
        if cost_s is not None and best_s is not None:
            # A difference of rounding is none, also where it is below 0.
            above.append(round(100.0 * (cost_s / best_s - 1.0), 2) + 0.0)
            share = f"{above[-1]:.2f} %"
        phases = " and ".join(slot.phase.name for slot in slots)
        found = "no plan" if cost_s is None else f"{cost_s:.2f} s"
        proven = "not proven in time, or none" if best_s is None else f"{best_s:.2f} s"
        rows.append(f"| {len(tracks)} | {phases} | {found} | {proven} | {share} |")
        print(rows[-1], flush=True)
    rows.append(
        f"\n{len(above)} of {instances} proven; the plan is above the best by"
        f" {np.mean(above):.2f} % on average and {max(above):.2f} % at most."
        if above
        else "\nNone was proven."
    )
    return rows


def _compared(
    slots: tuple[Slot, ...], tracks: tuple[Track, ...], limit_s: float
) -> tuple[float | None, float | None]:
    """Return what the solver's plan costs and what the best does, where they are known."""
    placed = attempted(Task(slots, Wishes(Taste(), 1)), tracks).placed
    cost_s = total_cost_s(slots, placed, Taste()) if placed else None
    # A plan that is wrong all the time costs its length.
    known_s = cost_s if cost_s is not None else slots[-1].end_s - slots[0].start_s
    return cost_s, least_cost_s(slots, tracks, known_s, limit_s)


if __name__ == "__main__":
    main()
