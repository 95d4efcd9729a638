"""The clinic's things that people change, each kind on its shelf, with one history for all."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playlists.documents import Documents, is_name, place_of
from playlists.exchange.ratings import facts_of, rating_of
from playlists.history.history import History
from playlists.library.repository import Library
from playlists.library.saved import forget_search, save_search, saved_searches
from playlists.models import Rating
from playlists.presets import clinic_documents
from soundscape.clock import Clock, MachineClock
from soundscape.folders import DataFolder
from soundscape.output import arriving

if TYPE_CHECKING:
    from playlists.history.acts import Act, Shelf

RATING, PRESET, PLAYLIST, ARC, SEARCH = "rating", "preset", "playlist", "arc", "search"
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


class SearchShelf:
    """Searches under a name.

    Parameters
    ----------
    library : Library
        Where they are.
    """

    def __init__(self, library: Library) -> None:
        self._library = library

    def names(self) -> list[str]:
        """Return the names of all searches, in order."""
        return list(saved_searches(self._library))

    def get(self, name: str) -> dict[str, Any] | None:
        """Return a search; None if there is none of this name."""
        query = saved_searches(self._library).get(name)
        return None if query is None else {"search": query}

    def put(self, name: str, value: dict[str, Any] | None) -> None:
        """Keep a search; None forgets it."""
        if value is None:
            forget_search(self._library, name)
        else:
            save_search(self._library, name, value["search"])


class ArcShelf:
    """The clinic's own arcs, each in a file of its own.

    Parameters
    ----------
    folder : Path
        Where they lie.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self) -> list[str]:
        """Return the names of all arcs, sorted."""
        return sorted(filter(is_name, (path.stem for path in self._folder.glob("*.toml"))))

    def get(self, name: str) -> dict[str, Any] | None:
        """Return an arc's text; None if there is none of this name."""
        try:
            return {"toml": self._path(name).read_text("utf-8", errors="replace")}
        except FileNotFoundError:
            return None

    def put(self, name: str, value: dict[str, Any] | None) -> None:
        """Keep an arc; None removes it."""
        path = self._path(name)
        if value is None:
            path.unlink(missing_ok=True)
            return
        with arriving(path) as whole:
            whole.write_text(value["toml"], encoding="utf-8")

    def _path(self, name: str) -> Path:
        return place_of(self._folder, name, ".toml")


@dataclass(frozen=True, slots=True)
class Workbench:
    """What somebody who builds playlists has before them.

    Attributes
    ----------
    library : Library
        The tracks.
    presets, playlists : Documents
        The clinic's own.
    arcs : ArcShelf
        The clinic's own.
    searches : SearchShelf
        Those under a name.
    history : History
        Changes any of them.
    music : Path
        Where sound lies that a bundle brought.
    """

    library: Library
    presets: Documents
    playlists: Documents
    arcs: ArcShelf
    searches: SearchShelf
    history: History
    music: Path

    def rate(self, who: str, ratings: Mapping[str, Rating]) -> "Act | None":
        """Keep what somebody says of tracks, by content, in one act; None if all is as it was."""
        count = len(ratings)
        what = f"Rated {count} tracks" if count != 1 else "Rated a track"
        return self.history.do(
            who, what, [(RATING, content, facts_of(said)) for content, said in ratings.items()]
        )


def workbench(folder: DataFolder, library: Library, clock: Clock | None = None) -> Workbench:
    """Return the workbench of a data folder."""
    presets = clinic_documents(folder)
    playlists = Documents(folder.root / "playlists")
    arcs, searches = ArcShelf(folder.arcs), SearchShelf(library)
    shelves: dict[str, Shelf] = {
        RATING: RatingShelf(library),
        PRESET: presets,
        PLAYLIST: playlists,
        ARC: arcs,
        SEARCH: searches,
    }
    history = History(
        folder.root / "history.sqlite", shelves, clock or MachineClock(), library.batch
    )
    return Workbench(library, presets, playlists, arcs, searches, history, folder.root / "music")
