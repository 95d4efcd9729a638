"""A bundle into a clinic's own data; where both said something else, nobody's word is lost."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playlists.analysis.analyzer import ANALYSIS_VERSION
from playlists.bundle.analyses import track_of
from playlists.bundle.archive import Archive
from playlists.bundle.parcel import things_in
from playlists.bundle.settling import Conflict, Keep, settle
from playlists.library.repository import FileRecord
from playlists.workbench import Workbench
from soundscape.media.plain import cleaned
from soundscape.output import arriving


@dataclass(frozen=True, slots=True)
class Arrived:
    """What came of a bundle.

    Attributes
    ----------
    who, wall_time : str
        Who made it, and when.
    tracks : int
        Tracks that the library did not know.
    changed : dict[str, int]
        Things that were added or changed, by their kind.
    same : int
        Things that both sides had alike.
    left_out : int
        Ratings of tracks that nobody here knows.
    conflicts : tuple[Conflict, ...]
        Where both sides said something else.
    sounds : tuple[Path, ...]
        Files that were taken, which are to be measured unless the analysis is trusted.
    """

    who: str
    wall_time: str
    tracks: int
    changed: dict[str, int]
    same: int
    left_out: int
    conflicts: tuple[Conflict, ...]
    sounds: tuple[Path, ...]


def import_bundle(
    bench: Workbench, path: Path, *, who: str, keep: Keep | None, trusted: bool
) -> Arrived:
    """Take a bundle in; one that is refused changes nothing.

    Parameters
    ----------
    bench : Workbench
        Where to keep its things, in one act that can be undone.
    path : Path
        The bundle.
    who : str
        Who takes it in.
    keep : Keep | None
        Whose word holds in a conflict; None leaves ours, to be decided.
    trusted : bool
        Its analyses count as this machine's own, so that its sound is not measured again.
    """
    with Archive.open(path) as archive:
        things = things_in(archive)
        lines = archive.lines("tracks.jsonl")
        tracks = [track_of(line, bench.music, trusted=trusted) for line in lines]
        new = [one for one in tracks if bench.library.track(one.content_hash) is None]
        with bench.library.batch():
            bench.library.save(*new)
        sounds = list(_take_sounds(bench, archive, trusted=trusted))
        told = [archive.manifest.get(key) for key in ("by", "made")]
    settled = settle(bench, things, keep)
    maker, made = (value if isinstance(value, str) else "" for value in told)
    taken = [(thing.kind, thing.name, thing.value) for thing in settled.taken]
    bench.history.do(who, f"Imported the bundle {cleaned(path.stem)}", taken)
    return Arrived(
        who=cleaned(maker),
        wall_time=cleaned(made),
        tracks=len(new),
        changed=dict(Counter(thing.kind for thing in settled.taken)),
        same=settled.same,
        left_out=settled.left_out,
        conflicts=settled.conflicts,
        sounds=tuple(sounds),
    )


def _take_sounds(bench: Workbench, archive: Archive, *, trusted: bool) -> Iterator[Path]:
    """Copy the sound that is not here yet into a folder, and yield where each file lies."""
    for name in archive.sounds():
        path = bench.music / name.removeprefix("audio/")
        known = bench.library.track(path.stem)
        if known is not None and known.present and known.path.is_file():
            continue
        with arriving(path) as whole, whole.open("wb") as file:
            file.writelines(archive.chunks(name))
        if trusted and known is not None:
            status = path.stat()
            measured = FileRecord(
                *(path, status.st_size, status.st_mtime_ns, path.stem, None, ANALYSIS_VERSION)
            )
            bench.library.remember(measured)
        yield path
