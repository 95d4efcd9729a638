"""``soundscape staff``: who may sign in, and with which PIN."""

import argparse
import getpass
import sys
import warnings

from soundscape.clinic.people import Person
from soundscape.clinic.pins import check_pin
from soundscape.clinic.roles import CONSOLE, Role
from soundscape.clinic.service import Clinic
from soundscape.errors import ClinicError
from ui.commands.actions import take_global_options
from ui.commands.answers import answer, opened_clinic

SUMMARY = "name the clinic's people and give them PINs"
ROLES = [str(role) for role in Role if role is not Role.PATIENT]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    add = actions.add_parser("add", help="add somebody; asks for their PIN")
    add.add_argument("name", metavar="NAME")
    add.add_argument("--role", choices=ROLES, default="staff")
    reset = actions.add_parser("reset", help="give somebody a new PIN, also after wrong ones")
    reset.add_argument("name", metavar="NAME")
    for asking in (add, reset):
        asking.add_argument(
            "--pin-stdin", action="store_true", help="read the PIN from standard input"
        )
    remove = actions.add_parser("remove", help="let somebody sign in no longer")
    remove.add_argument("name", metavar="NAME")
    listing = actions.add_parser("list", help="list everybody")
    take_global_options(add, reset, remove, listing)


def run(options: argparse.Namespace) -> int:
    """Do one action on the people."""
    actions = {"add": _add, "reset": _reset, "remove": _remove, "list": _list}
    with opened_clinic(options) as clinic:
        actions[options.action](clinic, options)
    return 0


def _add(clinic: Clinic, options: argparse.Namespace) -> None:
    person = clinic.people.add(CONSOLE, options.name, Role(options.role), _read_pin(options))
    answer(options, _facts(person), f"{person.name} may sign in as {person.role}.")


def _reset(clinic: Clinic, options: argparse.Namespace) -> None:
    person = _named(clinic, options.name)
    clinic.people.reset_pin(CONSOLE, person.id, _read_pin(options))
    answer(options, _facts(person), f"{person.name} has a new PIN.")


def _remove(clinic: Clinic, options: argparse.Namespace) -> None:
    person = _named(clinic, options.name)
    clinic.people.set_active(CONSOLE, person.id, is_active=False)
    answer(options, {**_facts(person), "active": False}, f"{person.name} signs in no longer.")


def _list(clinic: Clinic, options: argparse.Namespace) -> None:
    people = clinic.people.all(CONSOLE)
    lines = [
        f"{person.id}  {person.role:<9}  {'' if person.is_active else '(left) '}{person.name}"
        for person in people
    ]
    answer(options, [_facts(person) for person in people], "\n".join(lines) or "Nobody yet.")


def _named(clinic: Clinic, name: str) -> Person:
    """Return the person with a name or an identifier.

    Raises
    ------
    ClinicError
        If there is none.
    """
    for person in clinic.people.all(CONSOLE):
        if name.strip().casefold() in {person.name.casefold(), person.id}:
            return person
    raise ClinicError(f"There is nobody called '{name}'; see 'soundscape staff list'.")


def _facts(person: Person) -> dict[str, object]:
    return {
        "ok": True, "id": person.id, "name": person.name, "role": str(person.role),
        "active": person.is_active,
    }  # fmt: skip


def _read_pin(options: argparse.Namespace) -> str:
    """Return the PIN that somebody types twice, or that a script hands over.

    Raises
    ------
    ClinicError
        If the two differ, or it is too easy.
    """
    if options.pin_stdin:
        pin = sys.stdin.readline().strip()
    else:
        pin = _typed("PIN: ")
        check_pin(pin)
        if pin != _typed("Once more: "):
            raise ClinicError("The two PINs differ; nothing was changed.")
    check_pin(pin)
    return pin


def _typed(prompt: str) -> str:
    """Return what somebody types unseen.

    Raises
    ------
    ClinicError
        If it would be seen.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return getpass.getpass(prompt)
        except getpass.GetPassWarning:
            raise ClinicError(
                "No PIN can be typed unseen here; use a terminal, or --pin-stdin."
            ) from None
