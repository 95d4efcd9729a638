"""What staff wish for, how a chair stands, and what a chair can be asked for."""

from dataclasses import dataclass
from typing import Protocol

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
    seed : int
        Chooses among equally good playlists.
    """

    route: str
    preset: str
    delivery_s: Seconds
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
    """

    tracks: int
    free_gb: float
    choice: str


class Chair(Protocol):
    """What the desk needs of its chair; each call may take long."""

    def state(self) -> ChairState:
        """Return how the chair stands."""

    def begin(self, wish: Wish, report: Report) -> str:
        """Compile a plan and start its session; return the session's name."""

    def fill(self, report: Report) -> int:
        """Make the starter library; return how many tracks there are."""


def music_text(tracks: int) -> str:
    """Return how much music there is, in words."""
    return counted("{count} track in the library", "{count} tracks in the library", tracks)
