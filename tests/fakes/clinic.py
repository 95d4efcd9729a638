"""A clinic with people in it, and ways to look at what it left on the disk."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from fakes.clock import FakeClock

from soundscape.clinic.roles import CONSOLE, Actor, Role
from soundscape.clinic.service import Clinic
from soundscape.folders import DataFolder
from soundscape.session.journal import Journal
from soundscape.units import Frames

PINS: Mapping[Role, str] = {Role.STAFF: "924713", Role.THERAPIST: "583026", Role.ADMIN: "716294"}
NAMES: Mapping[Role, str] = {Role.STAFF: "Nora", Role.THERAPIST: "Theo", Role.ADMIN: "Ada"}
SESSION = "20260101t000000-ab12"


@dataclass(frozen=True, slots=True)
class Staffed:
    """A clinic and one person of each role that signs in."""

    clinic: Clinic
    folder: DataFolder
    clock: FakeClock
    actors: Mapping[Role, Actor]


def staff_a_clinic(root: Path) -> dict[Role, Actor]:
    """Make a clinic with a nurse, a therapist and an administrator; return who they are."""
    with Clinic.open(DataFolder(root), FakeClock(900.0), boot="first") as clinic:
        people = [clinic.people.add(CONSOLE, NAMES[r], r, pin) for r, pin in PINS.items()]
    return {person.role: Actor(person.id, person.role) for person in people}


def record_session(folder: DataFolder, *texts: str, session: str = SESSION) -> Path:
    """Write a session's record and return its folder."""
    home = folder.sessions / session
    with closing(Journal(home, FakeClock())) as journal:
        for number, text in enumerate(texts):
            journal.add(Frames(number), "call", {"text": text})
    return home
