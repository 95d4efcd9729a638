"""A clinic's work into a bundle."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playlists.bundle.analyses import line_of
from playlists.bundle.archive import ArchiveWriter, member_of
from playlists.exchange.ratings import facts_of
from playlists.models import Track
from playlists.workbench import (
    ARC,
    PLAYLIST,
    PRESET,
    RATING,
    SEARCH,
    ArcShelf,
    SearchShelf,
    Workbench,
)
from soundscape.errors import StoreError
from soundscape.media.store import content_hash
from soundscape.output import arriving

if TYPE_CHECKING:
    from playlists.documents import Documents

_CHUNK_BYTES = 1 << 20
MANY = {
    RATING: "ratings",
    PRESET: "presets",
    PLAYLIST: "playlists",
    ARC: "arcs",
    SEARCH: "searches",
}
"""What several things of a kind are called."""


def export_bundle(
    bench: Workbench, tracks: list[Track], path: Path, *, by: tuple[str, str], audio: bool
) -> dict[str, int]:
    """Write a bundle, whole or not at all, and return how many things of each kind it holds.

    Parameters
    ----------
    bench : Workbench
        Whose presets, playlists and arcs are taken.
    tracks : list[Track]
        Whose analyses and ratings are taken.
    path : Path
        The file to write.
    by : tuple[str, str]
        Who makes it, and when (ISO 8601).
    audio : bool
        Take the tracks' files as well, as far as they are there.
    """
    ratings = {track.content_hash: facts_of(track.rating) for track in tracks}
    shelves: dict[str, Documents | ArcShelf | SearchShelf] = {
        PRESET: bench.presets,
        PLAYLIST: bench.playlists,
        ARC: bench.arcs,
        SEARCH: bench.searches,
    }
    things: dict[str, Mapping[str, dict[str, Any] | None]] = {RATING: ratings}
    things |= {kind: {n: shelf.get(n) for n in shelf.names()} for kind, shelf in shelves.items()}
    sounds = [track for track in tracks if audio and track.present]
    with arriving(path) as whole, whole.open("wb") as file, ArchiveWriter(file) as writer:
        for kind, of_kind in things.items():
            writer.add_json(member_of(kind), _dated(bench, kind, of_kind))
        writer.add("tracks.jsonl", (f"{line_of(track)}\n".encode() for track in tracks))
        for track in sounds:
            name = f"audio/{track.content_hash}{track.path.suffix.lower()}"
            writer.add(name, _chunks(track), packed=False)
        writer.finish(*by)
    counts = {MANY[kind]: sum(v is not None for v in of.values()) for kind, of in things.items()}
    return counts | {"tracks": len(tracks), "audio": len(sounds)}


def _dated(
    bench: Workbench, kind: str, things: Mapping[str, dict[str, Any] | None]
) -> dict[str, Any]:
    """Return things with when each was last changed, and by whom."""
    known = bench.history.last_changes(kind)
    dated = {}
    for name, value in things.items():
        if value is not None:
            wall_time, who = known.get(name, ("", ""))
            dated[name] = {"value": value, "wall_time": wall_time, "who": who}
    return dated


def _chunks(track: Track) -> Iterator[bytes]:
    """Yield a file's bytes.

    Raises
    ------
    StoreError
        If it is not what the library knows.
    """
    try:
        if content_hash(track.path) != track.content_hash:
            raise StoreError(f"{track.title} has changed since it was analyzed; add it again.")
        with track.path.open("rb") as file:
            yield from iter(lambda: file.read(_CHUNK_BYTES), b"")
    except OSError as error:
        raise StoreError(f"{track.title} cannot be read: {error.strerror}.") from error
