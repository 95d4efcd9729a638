"""The clinic's things that people change, each kind on its shelf, with one history for all."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from playlists.documents import Documents
from playlists.exchange.ratings import facts_of, rating_of
from playlists.history.history import History
from playlists.library.repository import Library
from playlists.models import Rating
from playlists.presets import clinic_documents
from soundscape.clock import Clock, MachineClock
from soundscape.folders import DataFolder

if TYPE_CHECKING:
    from playlists.history.acts import Shelf

RATING, PRESET, PLAYLIST = "rating", "preset", "playlist"
"""The kinds of things."""


class RatingShelf:
    """The therapist's words on tracks, by content.

    Parameters
    ----------
    library : Library
        Where they are.
    """

    def __init__(self, library: Library) -> None:
        self._library = library

    def get(self, name: str) -> dict[str, Any] | None:
        """Return what was said of a track; None if nothing was."""
        track = self._library.track(name)
        return None if track is None else facts_of(track.rating)

    def put(self, name: str, value: dict[str, Any] | None) -> None:
        """Keep what is said of a track; None is nothing."""
        self._library.rate(name, Rating() if value is None else rating_of(value))


@dataclass(frozen=True, slots=True)
class Workbench:
    """What somebody who builds playlists has before them.

    Attributes
    ----------
    library : Library
        The tracks.
    presets, playlists : Documents
        The clinic's own.
    history : History
        Changes any of them.
    """

    library: Library
    presets: Documents
    playlists: Documents
    history: History


def workbench(folder: DataFolder, library: Library, clock: Clock | None = None) -> Workbench:
    """Return the workbench of a data folder."""
    presets = clinic_documents(folder)
    playlists = Documents(folder.root / "playlists")
    shelves: dict[str, Shelf] = {
        RATING: RatingShelf(library),
        PRESET: presets,
        PLAYLIST: playlists,
    }
    history = History(
        folder.root / "history.sqlite", shelves, clock or MachineClock(), library.batch
    )
    return Workbench(library, presets, playlists, history)
