"""``soundscape run``: a session without a window, on the real sound device."""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

from soundscape.clock import Clock, MachineClock
from soundscape.engine.endpoints import NULL_DEVICE
from soundscape.errors import ClinicError, InvalidEventError, SessionError
from soundscape.folders import DataFolder, data_folder
from soundscape.session.client import SessionClient, arm_free_chair, launch
from soundscape.session.events import read_script
from soundscape.session.files import Armed, Terms
from soundscape.session.journal import Entry, read_journal
from soundscape.session.plan_file import read_plan
from soundscape.session.rehearsal import with_assumed
from soundscape.units import seconds_in

SUMMARY = "run a session without a window: first its identifier, then one line per event"
LOOK_S = 0.2
HIDDEN = frozenset({"track", "scripted", "told_frame"})
"""Facts of the record that only the program reads."""

LOST_LOOKS = 150
"""Looks without a host or a new line after which the session is given up as lost: 30 s."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("plan", type=Path, help="a plan made by 'soundscape plan'")
    parser.add_argument(
        "--events", type=Path, metavar="FILE", help="JSON: what is told to the session, and when"
    )
    parser.add_argument(
        "--time-scale",
        type=float,
        default=1.0,
        metavar="X",
        help="seconds of session in a second; other than 1 only without a sound device",
    )
    parser.add_argument(
        "--device",
        metavar="NAME",
        help=f"the headphones by their name; '{NULL_DEVICE}' for none (default: the system's)",
    )
    parser.add_argument(
        "--lights",
        action="store_true",
        help="drive the lamps also at another speed; let nobody be in the room then",
    )


def run(options: argparse.Namespace) -> int:
    """Run a session to its end; Ctrl+C stops it by a fade."""
    folder = data_folder(options.data_dir)
    clock = MachineClock()
    plan = read_plan(options.plan)
    script = with_assumed(plan, read_script(options.events) if options.events else ())
    is_real = options.time_scale == 1.0 or options.lights
    terms = Terms(_device(options), options.time_scale, attended=False, lights=is_real)
    armed = arm_free_chair(folder, options.plan, script, terms, clock)
    keeper = launch(folder, armed, clock)
    _say(armed.session if not options.json else json.dumps({"session": armed.session}))
    status = follow(
        folder,
        armed,
        clock,
        is_kept=lambda: keeper.poll() is None,
        say=lambda entry: _say(json.dumps(entry.to_json()) if options.json else line(entry)),
    )
    _anchor(folder, armed.session, clock)
    return status


def _anchor(folder: DataFolder, session: str, clock: Clock) -> None:
    """Keep the end of a session's record in the audit; the record is whole without that."""
    # Only now, as while the session runs it would cost memory that is not needed.
    from soundscape.clinic.service import Clinic  # noqa: PLC0415

    try:
        with Clinic.open(folder, clock) as clinic:
            clinic.audit.anchor(session)
    except (ClinicError, OSError) as error:
        sys.stderr.write(f"soundscape: The audit does not know of this session: {error}\n")


def _device(options: argparse.Namespace) -> str | None:
    """Return the device to use.

    Raises
    ------
    SessionError
        If the time scale does not go with it.
    """
    if not 0.1 <= options.time_scale <= 100.0:  # noqa: PLR2004 -- said in the sentence
        raise SessionError("The time scale must be a number from 0.1 to 100.")
    if options.time_scale != 1.0 and options.device not in {None, NULL_DEVICE}:
        raise SessionError(f"Only '{NULL_DEVICE}' can run at another speed; leave --device out.")
    return NULL_DEVICE if options.time_scale != 1.0 else options.device


def follow(
    folder: DataFolder,
    armed: Armed,
    clock: Clock,
    is_kept: Callable[[], bool],
    say: Callable[[Entry], None],
) -> int:
    """Say each new line of a session's record until it has ended.

    Raises
    ------
    SessionError
        If nobody keeps it any more and it has not ended.
    """
    seen, idle, has_ended = 0, 0, False
    while idle < LOST_LOOKS:
        try:
            for entry in read_journal(armed.folder, after=seen):
                seen, idle = entry.seq, 0
                say(entry)
                has_ended = entry.event == "session_ended"
            if has_ended and not is_kept():
                return 0
            clock.sleep(LOOK_S)
            idle += 0 if is_kept() else 1
        except KeyboardInterrupt:
            _stop(folder)
    raise SessionError("The session's process is gone and nothing takes its place.")


def _stop(folder: DataFolder) -> None:
    client = SessionClient(folder.runtime, "command")
    try:
        client.send("stop")
    except InvalidEventError:
        client.send("stop_fast")
    finally:
        client.close()


def line(entry: Entry) -> str:
    """Return a line of the record for people: seconds, event, facts."""
    facts = "  ".join(f"{k}={v}" for k, v in entry.facts.items() if k not in HIDDEN)
    return f"{seconds_in(entry.frame):10.3f}  {entry.event:<18} {facts}".rstrip()


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
