"""The command line's entrance: finds the command, runs it, and says every refusal in one line."""

import argparse
import json
import sys
from collections.abc import Collection, Sequence
from importlib import import_module

from soundscape.errors import SoundscapeError
from ui.commands.actions import searches_joined

COMMANDS = {
    "analyze": "ui.commands.analyze",
    "library": "ui.commands.library",
    "starter": "ui.commands.starter",
    "playlist": "ui.commands.playlist",
    "preset": "ui.commands.preset",
    "history": "ui.commands.history",
    "bundle": "ui.commands.bundle",
    "plan": "ui.commands.plan",
    "explain": "ui.commands.explain",
    "render": "ui.commands.render",
    "run": "ui.commands.run",
    "journal": "ui.commands.journal",
    "at": "ui.commands.at",
    "export": "ui.commands.export",
    "calibrate": "ui.commands.calibrate",
    "noise": "ui.commands.noise",
    "talk": "ui.commands.talk",
    "lights": "ui.commands.lights",
    "doctor": "ui.commands.doctor",
    "staff": "ui.commands.staff",
    "audit": "ui.commands.audit",
    "backup": "ui.commands.backup",
    "restore": "ui.commands.restore",
    "keys": "ui.commands.keys",
    "retention": "ui.commands.retention",
    "demo": "ui.commands.demo",
}
"""Command to the module that holds its ``SUMMARY``, ``add_arguments`` and ``run``."""

ROLES = ("desk", "builder", "kiosk", "presets", "settings", "first-run")


def _global_options() -> argparse.ArgumentParser:
    """Return the options every command takes, before or after its name."""
    options = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    options.add_argument("--data-dir", metavar="DIR", help="where the database and records lie")
    options.add_argument("--json", action="store_true", help="print JSON on standard output")
    return options


def _parser(loaded: Collection[str]) -> argparse.ArgumentParser:
    """Return the parser; only some commands' modules are imported, as each takes its time."""
    common = _global_options()
    parser = argparse.ArgumentParser(
        prog="soundscape",
        description="Timed, calm sound for the treatment chair. Without a command: opens the app.",
        parents=[common],
    )
    parser.add_argument("--role", choices=ROLES, default="desk", help="which window to open")
    parser.add_argument("--kept", action="store_true", help=argparse.SUPPRESS)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, module_name in COMMANDS.items():
        if name not in loaded:
            commands.add_parser(name)
            continue
        module = import_module(module_name)
        command = commands.add_parser(
            name, help=module.SUMMARY, description=module.SUMMARY, parents=[common]
        )
        module.add_arguments(command)
    return parser


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status: 0 done, 1 refused, 2 usage."""
    arguments = searches_joined(arguments)
    chosen = next((word for word in arguments if word in COMMANDS), None)
    wants_help = chosen is None and not {"-h", "--help"}.isdisjoint(arguments)
    options = _parser(COMMANDS if wants_help else [chosen or ""]).parse_args(arguments)
    options.data_dir = getattr(options, "data_dir", None)
    options.json = getattr(options, "json", False)
    if options.command is None:
        is_for_keeper = options.role == "kiosk" and not options.kept
        entrance = "ui.kiosk.keeping" if is_for_keeper else "ui.app"
        return int(import_module(entrance).main(options))
    try:
        return int(import_module(COMMANDS[options.command]).run(options))
    except SoundscapeError as error:
        _refuse(str(error), as_json=options.json)
    except BrokenPipeError:
        sys.stderr.close()
    except KeyboardInterrupt:
        _refuse("Interrupted; what was done is kept.", as_json=options.json)
    except OSError as error:
        _refuse(_sentence(error), as_json=options.json)
    return 1


def _sentence(error: OSError) -> str:
    """Return one line that says which file failed and how."""
    what = f"{error.filename}: " if error.filename else ""
    return f"{what}{error.strerror or error}."


def _refuse(sentence: str, *, as_json: bool) -> None:
    """Say a refusal: in one line on standard error, and in the JSON where that was asked for."""
    line = " ".join(sentence.split())
    sys.stderr.write(f"soundscape: {line}\n")
    if as_json:
        sys.stdout.write(json.dumps({"ok": False, "error": line}) + "\n")
