"""``soundscape talk``: the microphone that staff speak into while they hold the desk's button."""

import argparse
import json
import sys
from dataclasses import asdict

from soundscape.folders import DataFolder, data_folder
from soundscape.session.talk_route import TalkRoute, read_route, remove
from soundscape.session.voice_check import VOICE_S, set_up_talk
from ui.commands.actions import take_global_options

SUMMARY = "set up the microphone that staff speak into by a held button; nothing is recorded"

_NONE = "No microphone is set up: the desk has no button to speak."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    steps = parser.add_subparsers(dest="step", metavar="STEP", required=True)
    show = steps.add_parser("show", help="which microphone is set up")
    chosen = steps.add_parser("set", help="listen to your voice for some seconds, and keep it")
    chosen.add_argument(
        "--microphone",
        metavar="NAME",
        help="the source's name, as 'pactl list short sources' tells it (default: the system's)",
    )
    none = steps.add_parser("remove", help="let no microphone be opened in a session")
    take_global_options(show, chosen, none)


def run(options: argparse.Namespace) -> int:
    """Do one step."""
    folder = data_folder(options.data_dir)
    route = _done(folder, options)
    if options.json:
        facts = None if route is None else asdict(route)
        sys.stdout.write(json.dumps({"ok": True, "route": facts}) + "\n")
    elif route is None:
        sys.stdout.write(f"{_NONE}\n")
    else:
        sys.stdout.write(f"Staff speak into {route.microphone}, at {route.gain_db:+d} dB.\n")
    return 0


def _done(folder: DataFolder, options: argparse.Namespace) -> TalkRoute | None:
    """Do what is asked, and return the route that then is set up."""
    if options.step == "set":
        if not options.json:
            sys.stdout.write(f"Speak now, as you would to the patient, for {VOICE_S:.0f} s.\n")
            sys.stdout.flush()
        return set_up_talk(folder, options.microphone)
    if options.step == "remove":
        remove(folder)
    return read_route(folder)
