"""``soundscape demo``: from nothing to a session, without a window and without a sound card."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from playlists.compiler import PlanRequest, make_plan
from playlists.library.repository import Library
from soundscape.clock import MachineClock
from soundscape.engine.endpoints import NULL_DEVICE
from soundscape.errors import LibraryError
from soundscape.folders import DataFolder, data_folder
from soundscape.media.store import Store
from soundscape.session.client import arm_free_chair, launch
from soundscape.session.events import script_from_json
from soundscape.session.files import Terms
from soundscape.session.journal import read_journal
from soundscape.session.plan_file import read_plan, write_plan
from soundscape.session.rehearsal import with_assumed
from soundscape.units import Seconds
from soundscape.visit.record import record_of
from ui.commands import starter
from ui.commands.render import render
from ui.commands.run import follow, line

SUMMARY = "make the starter sounds, a plan, its sound file, and run a short session headless"
SCALE = 20.0
DELIVERY = Seconds(2400.0)
STORY = (
    {"at_s": 120.0, "event": "dose_start"},
    {"at_s": 300.0, "event": "soften"},
    {"at_s": 360.0, "event": "unsoften"},
    {"at_s": 400.0, "event": "call"},
    {"at_s": 420.0, "event": "call_seen"},
    {"at_s": 540.0, "event": "stop"},
)
"""Ten minutes of a session: the dose is started early, the sound lowered once, a call seen."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help="where the results go (default: in the data folder)",
    )


def run(options: argparse.Namespace) -> int:
    """Do everything a newcomer would, and say where the results are."""
    folder = data_folder(options.data_dir)
    out = (options.out or folder.root / "demo").absolute()
    out.mkdir(parents=True, exist_ok=True)
    _tell("1/4  The starter library: original calm pieces, made on this machine.")
    starter.fill(folder)
    _tell("2/4  A plan: intravenous, 40 minutes of delivery, the gentle arc.")
    proof = _plan(folder, out)
    _tell("3/4  Its sound, exactly as the headphones would get it.")
    sound = render(Store(folder.store), out / "plan.json", (), out / "session.flac")
    _write(out / "render.json", sound)
    _tell(f"4/4  A short session without a sound card, {SCALE:g} times as fast.")
    session = _session(folder, out)
    results = {
        "plan": str(out / "plan.json"),
        "proof": str(out / "proof.json"),
        "sound": str(out / "session.flac"),
        "record": str(out / "record.json"),
        "session": session,
    }
    if options.json:
        sys.stdout.write(json.dumps({**results, "ok": True}) + "\n")
        return 0
    sys.stdout.write(
        f"\nThe demo is done.\n"
        f"  plan    {results['plan']}  ({len(proof['phases'])} phases)\n"
        f"  proof   {results['proof']}  (mean energy error {proof['mean_energy_error']:.3f})\n"
        f"  sound   {results['sound']}  ({sound['seconds'] / 60.0:.0f} min, "
        f"true peak {sound['peak_dbtp']:.1f} dBTP)\n"
        f"  record  {results['record']}  (session {session})\n"
        f"Open the app where there is a display: make run\n"
    )
    return 0


def _plan(folder: DataFolder, out: Path) -> dict[str, Any]:
    """Solve and write the plan and its proof; return the proof.

    Raises
    ------
    LibraryError
        If the library cannot fill the route.
    """
    request = PlanRequest(
        route="iv", delivery_s=DELIVERY, arc="gentle", preset="", avoid=frozenset(), seed=1
    )
    with Library.open(folder.library) as library:
        solution = make_plan(request, library.stock(), folder)
    proof = solution.proof.to_json()
    if solution.plan is None:
        raise LibraryError(" ".join(solution.proof.missing))
    write_plan(out / "plan.json", solution.plan, proof)
    _write(out / "proof.json", proof)
    return proof


def _session(folder: DataFolder, out: Path) -> str:
    clock = MachineClock()
    script = with_assumed(read_plan(out / "plan.json"), script_from_json(list(STORY)))
    terms = Terms(device=NULL_DEVICE, scale=SCALE, attended=False, lights=False)
    armed = arm_free_chair(folder, out / "plan.json", script, terms, clock)
    keeper = launch(folder, armed, clock)
    follow(
        folder,
        armed,
        clock,
        is_kept=lambda: keeper.poll() is None,
        say=lambda entry: _tell(line(entry)),
    )
    _write(out / "record.json", record_of(armed, read_journal(armed.folder)))
    return armed.session


def _write(path: Path, data: object) -> None:
    path.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _tell(line: str) -> None:
    sys.stderr.write(line + "\n")
