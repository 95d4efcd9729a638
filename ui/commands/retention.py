"""``soundscape retention``: how long data is kept, and what is erased."""

import argparse

from soundscape.clinic.roles import CONSOLE
from soundscape.clinic.service import Clinic
from soundscape.clinic.upkeep import Kept
from soundscape.errors import ClinicError
from ui.commands.actions import take_global_options
from ui.commands.answers import answer, opened_clinic

SUMMARY = "say how long visits, notes and sessions are kept, and erase them"
_FOR_EVER = "forever"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    show = actions.add_parser("show", help="say how long each class is kept")
    setting = actions.add_parser("set", help="say for how many days a class is kept")
    setting.add_argument("what", choices=list(Kept), metavar="visits|notes|sessions")
    setting.add_argument("days", metavar=f"DAYS|{_FOR_EVER}")
    apply = actions.add_parser("apply", help="erase what is kept for longer than that")
    erase = actions.add_parser("erase", help="erase one visit, its notes, or one session")
    erase.add_argument("what", choices=list(Kept), metavar="visits|notes|sessions")
    erase.add_argument("id", metavar="ID")
    take_global_options(show, setting, apply, erase)


def run(options: argparse.Namespace) -> int:
    """Do one action."""
    actions = {"show": _show, "set": _set, "apply": _apply, "erase": _erase}
    with opened_clinic(options) as clinic:
        actions[options.action](clinic, options)
    return 0


def _show(clinic: Clinic, options: argparse.Namespace) -> None:
    kept = clinic.upkeep.retention()
    lines = [
        f"{what:<9} {_FOR_EVER if days is None else f'{days} days'}" for what, days in kept.items()
    ]
    answer(options, {str(what): days for what, days in kept.items()}, "\n".join(lines))


def _set(clinic: Clinic, options: argparse.Namespace) -> None:
    """Set how long a class is kept.

    Raises
    ------
    ClinicError
        If that is no number.
    """
    text = options.days
    if text != _FOR_EVER and not (text.isascii() and text.isdigit()):
        raise ClinicError(f"Say a number of days, or '{_FOR_EVER}'.")
    days = None if text == _FOR_EVER else int(text)
    clinic.upkeep.set_retention(CONSOLE, Kept(options.what), days)
    _show(clinic, options)


def _apply(clinic: Clinic, options: argparse.Namespace) -> None:
    gone = clinic.upkeep.erase_due(CONSOLE)
    facts = {"ok": True, "erased": [{"what": str(what), "id": found} for what, found in gone]}
    answer(options, facts, f"{len(gone)} erased.")


def _erase(clinic: Clinic, options: argparse.Namespace) -> None:
    clinic.upkeep.erase(CONSOLE, Kept(options.what), options.id)
    answer(options, {"ok": True, "erased": [{"what": options.what, "id": options.id}]}, "Erased.")
