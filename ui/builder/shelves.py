"""What the builder keeps under a name: searches, presets with their versions, and arcs."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playlists.arcs import read_arc
from playlists.documents import name_of
from playlists.history.people import person
from playlists.library.repository import Library
from playlists.library.saved import saved_searches
from playlists.presets import Preset, facts_of, load_presets, new_preset
from playlists.workbench import ARC, PRESET, SEARCH, workbench
from soundscape.errors import LibraryError
from soundscape.folders import DataFolder
from ui.builder.arc_draft import ArcDraft, toml_of
from ui.builder.wishes import PresetWish


@dataclass(frozen=True, slots=True)
class PresetVersion:
    """A preset of the clinic's own as somebody left it.

    Attributes
    ----------
    number : int
        The act's, by which it is restored.
    who, wall_time, what : str
        By whom, when (ISO 8601, UTC), and what was done.
    is_now : bool
        The preset is like this now.
    is_gone : bool
        It was removed there.
    """

    number: int
    who: str
    wall_time: str
    what: str
    is_now: bool
    is_gone: bool


class Shelves:
    """Keeps things under a name, each change an act that can be undone.

    Parameters
    ----------
    folder : DataFolder
        The chair's data.
    """

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder

    def searches(self) -> dict[str, str]:
        """Return every saved search by its name."""
        with Library.open(self._folder.library) as library:
            return saved_searches(library)

    def keep_search(self, name: str, query: str, *, before: str = "") -> dict[str, str]:
        """Save a search, in place of the one that had the name ``before``; return all."""
        wanted: list[tuple[str, str, dict[str, Any] | None]] = [
            (SEARCH, name.strip(), {"search": query})
        ]
        if before and before != name.strip():
            wanted.append((SEARCH, before, None))
        self._do(f"Saved the search {name.strip()}", wanted)
        return self.searches()

    def forget_search(self, name: str) -> dict[str, str]:
        """Forget a saved search; return those that are left."""
        self._do(f"Removed the search {name}", [(SEARCH, name, None)])
        return self.searches()

    def keep_preset(self, made: PresetWish, tracks: tuple[str, ...]) -> Preset:
        """Keep a preset of the clinic's own, as a new version where there is one of its name."""
        words = (made.title, made.line)
        preset = new_preset(words, made.arc, self._folder, search=made.search, tracks=tracks)
        wanted = [(PRESET, preset.name, facts_of(preset))]
        self._do(f"Saved the preset {preset.title}", wanted)
        return preset

    def own_presets(self) -> dict[str, str]:
        """Return the titles of the clinic's presets by their names, removed ones too."""
        with Library.open(self._folder.library) as library:
            history = workbench(self._folder, library).history
            names = sorted(history.last_changes(PRESET))
        known = load_presets(self._folder)
        return {name: known[name].title if name in known else name for name in names}

    def versions(self, name: str) -> tuple[PresetVersion, ...]:
        """Return a preset's versions, the newest first."""
        with Library.open(self._folder.library) as library:
            history = workbench(self._folder, library).history
            now = history.now(PRESET, name)
            kept = history.versions(PRESET, name)
        latest = max((one.number for one in kept if one.value == now), default=0)
        return tuple(
            PresetVersion(
                number=one.number,
                who=one.who,
                wall_time=one.wall_time,
                what=one.what,
                is_now=one.number == latest,
                is_gone=one.value is None,
            )
            for one in reversed(kept)
        )

    def restore(self, name: str, number: int) -> None:
        """Make a preset again what it was after an act."""
        with Library.open(self._folder.library) as library:
            workbench(self._folder, library).history.restore(person(), PRESET, name, number)

    def keep_arc(self, draft: ArcDraft) -> str:
        """Keep an arc of the clinic's own, and return its name.

        Raises
        ------
        LibraryError
            If an arc that is shipped has this name.
        """
        name = name_of(draft.title)
        if name in draft.shipped:
            raise LibraryError(f"{draft.title} is an arc that is shipped; choose another name.")
        toml = toml_of(draft, name)
        with tempfile.TemporaryDirectory() as folder:
            tried = Path(folder, f"{name}.toml")
            tried.write_text(toml, encoding="utf-8")
            read_arc(tried)
        self._do(f"Saved the arc {draft.title}", [(ARC, name, {"toml": toml})])
        return name

    def _do(self, what: str, wanted: Sequence[tuple[str, str, dict[str, Any] | None]]) -> None:
        with Library.open(self._folder.library) as library:
            workbench(self._folder, library).history.do(person(), what, wanted)
