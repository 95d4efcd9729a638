"""``soundscape plan``: solve a playlist for a route and write the session plan."""

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from playlists.arcs import load_arcs
from playlists.compiler import PlanRequest, arrange_plan, make_plan, write_solution
from playlists.library.repository import Library
from playlists.presets import load_presets
from playlists.routes import load_routes
from playlists.solver.arrange import arrangement_of
from playlists.solver.attempt import Locks
from playlists.solver.proof import PhaseProof, Proof
from soundscape.folders import data_folder
from soundscape.session.plan_file import read_plan
from soundscape.units import Seconds
from ui.commands.joins import add_joins, joins_of
from ui.commands.places import add_places, locks_of

SUMMARY = "solve a playlist for a route's phases and compile the session plan"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    parser.add_argument(
        "--route", required=True, choices=sorted(load_routes()), help="how the dose is given"
    )
    parser.add_argument(
        "--delivery-min",
        type=float,
        metavar="MINUTES",
        help="planned minutes from the start of the dose to its end (default: the route's)",
    )
    arcs = ", ".join(load_arcs())
    parser.add_argument("--arc", default="", metavar="NAME", help=f"{arcs}, or one of your own")
    presets = load_presets()
    parser.add_argument(
        "--preset", default="", metavar="NAME", help=f"{', '.join(presets)}, or one of your own"
    )
    parser.add_argument(
        "--avoid",
        action="append",
        default=[],
        metavar="TAG",
        help="use no track with this tag; may be given again",
    )
    parser.add_argument(
        "--licence", action="store_true", help="use no track whose licence nobody has noted"
    )
    parser.add_argument(
        "--heard",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help="an earlier plan of the same patient, whose list is not to come again",
    )
    parser.add_argument(
        "--seed",
        type=int,
        default=1,
        metavar="N",
        help="1 finds the best plan (default); another number, another plan",
    )
    add_places(parser)
    add_joins(parser)
    parser.add_argument(
        "--out", required=True, type=Path, metavar="FILE", help="where the plan is written"
    )


def run(options: argparse.Namespace) -> int:
    """Write the plan and print its proof; 1 and no plan if the library cannot fill it."""
    folder = data_folder(options.data_dir)
    with Library.open(folder.library) as library:
        route = load_routes()[options.route]
        locks, given_up = locks_of(options, route, library)
        joins = joins_of(options, route)
        stock = library.stock()
        stock = replace(
            stock, tracks=[one for one in stock.tracks if one.content_hash not in given_up]
        )
        request = _request(options, locks)
        solution = make_plan(request, stock, folder)
        if joins and solution.plan is not None:
            arrangement = arrangement_of(solution.proof, joins)
            solution = arrange_plan(request, arrangement, stock, folder)
    proof = solution.proof.to_json()
    write_solution(options.out, solution)
    if options.json:
        sys.stdout.write(json.dumps(proof, ensure_ascii=False) + "\n")
    elif solution.plan is not None:
        _show(solution.plan.title, solution.proof, options.out)
    if solution.plan is None:
        sys.stderr.write(f"soundscape: No plan: {' '.join(solution.proof.missing)}\n")
        return 1
    return 0


def _request(options: argparse.Namespace, locks: Locks) -> PlanRequest:
    minutes = options.delivery_min
    return PlanRequest(
        route=options.route,
        delivery_s=None if minutes is None else Seconds(60.0 * minutes),
        arc=options.arc,
        preset=options.preset,
        avoid=frozenset(options.avoid),
        seed=options.seed,
        locks=locks,
        earlier=tuple(_list(path) for path in options.heard),
        licensed_only=options.licence,
    )


def _list(path: Path) -> frozenset[str]:
    """Return the content hashes of a plan's list."""
    return frozenset(cue.track for cue in read_plan(path).cues)


def _show(title: str, proof: Proof, out: Path) -> None:
    console = Console(highlight=False)
    console.print(title, markup=False)
    table = Table(box=box.SIMPLE_HEAD)
    for heading in ("phase", "starts", "title", "artist", "energy", "off by"):
        right = heading in {"starts", "energy", "off by"}
        table.add_column(heading, justify="right" if right else "left")
    for phase in proof.phases:
        _add_rows(table, phase)
    console.print(table)
    if proof.mean_energy_error is not None:
        console.print(
            f"Energy is off by {proof.mean_energy_error:.3f} on average (at most 0.080), phases"
            f" start within {proof.boundary_error_s:.1f} s, {proof.reserve_s / 60:.0f} min are"
            " left in reserve.",
            soft_wrap=True,
        )
    console.print(f"Written to {out}", markup=False, soft_wrap=True)


def _add_rows(table: Table, phase: PhaseProof) -> None:
    first, last = phase.target_energy
    off = "" if phase.mean_energy_error is None else f"{phase.mean_energy_error:.3f}"
    wanted = f"{first:.2f} to {last:.2f}"
    table.add_row(phase.name, _clock(phase.start_s), "", "", wanted, off, style="bold")
    for heard in phase.tracks:
        names = (Text(heard.title), Text(heard.artist))
        table.add_row("", _clock(heard.start_s), *names, f"{heard.energy:.2f}", "")


def _clock(time_s: Seconds) -> str:
    minutes, seconds = divmod(round(time_s), 60)
    return f"{minutes}:{seconds:02d}"
