"""What staff wish for, how a chair stands, and what a chair can be asked for."""

from dataclasses import dataclass
from typing import Protocol

from soundscape.engine.sinks import Sink
from soundscape.folders import DataFolder
from soundscape.session.preflight import Check
from soundscape.settings import read_settings
from soundscape.units import Seconds
from ui.tasks import Report
from ui.words import counted


@dataclass(frozen=True, slots=True)
class Wish:
    """What session staff want.

    Attributes
    ----------
    route, preset : str
        Their names.
    delivery_s : Seconds
        Planned time from the start of the dose to its end.
    headphones : Sink
        Where it is to be heard, and nowhere else.
    seed : int
        Chooses among equally good playlists.
    """

    route: str
    preset: str
    delivery_s: Seconds
    headphones: Sink
    seed: int = 1


@dataclass(frozen=True, slots=True)
class ChairState:
    """What the start screen says of the chair.

    Attributes
    ----------
    tracks : int
        How many tracks of the library are where they should be.
    free_gb : float
        Free space for plans and records, in gigabytes.
    choice : str
        Name of the preset that the patient chose; empty where none did.
    sinks : tuple[Sink, ...]
        What is plugged in and could be heard.
    headphones : Sink | None
        What this chair's staff chose, plugged in or not; None where they never did.
    interrupted : str
        Which session was cut off, in one sentence; empty where none was.
    checks : tuple[Check, ...]
        What was found of power, sleep, notifications, clock and records.
    staffed : bool
        Somebody can sign in here: then a visit is prepared before its session.
    intention : str
        ``shared`` or ``private`` as the patient answered; empty where they did not. No words.
    """

    tracks: int
    free_gb: float
    choice: str
    sinks: tuple[Sink, ...]
    headphones: Sink | None
    interrupted: str = ""
    checks: tuple[Check, ...] = ()
    staffed: bool = False
    intention: str = ""


class Chair(Protocol):
    """What the desk needs of its chair; each call may take long."""

    def state(self) -> ChairState:
        """Return how the chair stands."""

    def begin(self, wish: Wish, report: Report) -> str:
        """Compile a plan and start its session; return the session's name."""

    def resume(self, report: Report) -> None:
        """Let the session that was cut off go on."""

    def end_interrupted(self) -> None:
        """Close the record of the session that was cut off."""

    def remember(self, headphones: Sink) -> None:
        """Keep the choice of the headphones."""

    def play_sides(self, headphones: Sink) -> None:
        """Play a tone left, then right."""

    def fill(self, report: Report) -> int:
        """Make the starter library; return how many tracks there are."""

    def anchor(self, session: str) -> None:
        """Keep where a session's record ends in the audit."""


def chosen_headphones(folder: DataFolder) -> Sink | None:
    """Return the headphones that this chair's settings name; None where they name none."""
    said = read_settings(folder.settings)
    name, title = said.get("device"), said.get("device_title")
    if not isinstance(name, str) or not name:
        return None
    return Sink(name, title if isinstance(title, str) and title else name)


def music_text(tracks: int) -> str:
    """Return how much music there is, in words."""
    return counted("{count} track in the library", "{count} tracks in the library", tracks)
