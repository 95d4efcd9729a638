"""What the library knows of tracks, written into their files' tags when somebody asks for it.

A file that says more has another content, so the library then knows the track by a new hash,
with all that was measured and said. A track that something names by its content is left alone.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from playlists.library.repository import FileRecord, Library
from playlists.models import Rating, Track
from soundscape.errors import EngineError, RejectedFileError
from soundscape.media.store import content_hash
from soundscape.media.tag_writer import read_words, write_words


@dataclass(frozen=True, slots=True)
class Tagging:
    """What is to be written into the files of a track.

    Attributes
    ----------
    track : Track
        As the library knows it.
    files : tuple[FileRecord, ...]
        All with its content.
    words : Mapping[str, str]
        By the field's name without its prefix.
    """

    track: Track
    files: tuple[FileRecord, ...]
    words: Mapping[str, str]


def words_of(track: Track) -> dict[str, str]:
    """Return what is to be said of a track: the therapist's words, and a few measures."""
    said, measured = track.rating, track.analysis
    words = {
        "MEASURED_ENERGY": f"{measured.energy:.3f}",
        "MEASURED_TEMPO_BPM": f"{measured.tempo_bpm:.1f}" if measured.tempo_bpm else "",
        **_said(said),
    }
    return {name: text for name, text in words.items() if text}


def _said(rating: Rating) -> dict[str, str]:
    answers = {True: "yes", False: "no", None: ""}
    return {
        "INSTRUMENTAL": answers[rating.instrumental],
        "ENERGY": "" if rating.energy is None else f"{rating.energy:.3f}",
        "TAGS": "; ".join(sorted(rating.tags)),
        "AVOID": "yes" if rating.avoid else "",
        "FAMILIAR": "yes" if rating.familiar else "",
        "LICENCE": rating.licence,
        "SOURCE": rating.source,
    }


def taggings(
    library: Library, tracks: Sequence[Track], named: Collection[str]
) -> Iterator[Tagging | RejectedFileError]:
    """Yield what is to be written for tracks whose files do not say so yet, or why it cannot be.

    Parameters
    ----------
    library : Library
        Where they are.
    tracks : Sequence[Track]
        Which.
    named : Collection[str]
        Contents that presets or the like name; another hash would lose them.
    """
    files: defaultdict[str | None, list[FileRecord]] = defaultdict(list)
    for record in library.files().values():
        files[record.content_hash].append(record)
    for track in tracks:
        name, words = track.path.name, words_of(track)
        if track.content_hash in named:
            yield RejectedFileError(f"{name} is named by a preset, which would lose it; left.")
        elif not files[track.content_hash] or not track.path.is_file():
            yield RejectedFileError(f"{name} is not where it was; connect its disk.")
        else:
            try:
                said = read_words(track.path)
            except EngineError as error:
                yield RejectedFileError(f"{name}: {error}")
                continue
            if said != words:
                yield Tagging(track, tuple(files[track.content_hash]), words)


def write_tags(library: Library, tagging: Tagging) -> Track:
    """Write a track's words into its files, and return the track as it is known now.

    Raises
    ------
    RejectedFileError
        If a file is not what the library knows, or cannot be written; each file that was not
        written is as it was.
    """
    old = tagging.track.content_hash
    for record in tagging.files:
        if content_hash(record.path) != old:
            raise RejectedFileError(f"{record.path.name} has changed; add it again first.")
    written: list[tuple[FileRecord, str]] = []
    try:
        for record in tagging.files:
            write_words(record.path, tagging.words)
            written.append((record, content_hash(record.path)))
    except EngineError as error:
        raise RejectedFileError(str(error)) from error
    finally:
        _know(library, tagging, written)
    return library.track(written[0][1]) or tagging.track


def _know(library: Library, tagging: Tagging, written: Sequence[tuple[FileRecord, str]]) -> None:
    """Let the library know files by their new content, and forget the old where none is left."""
    if not written:
        return
    with library.batch():
        if library.track(written[0][1]) is None:
            library.follow(tagging.track.content_hash, written[0][1])
        for record, content in written:
            library.remember(_seen(record.path, content, record.analysis_version))
        for record in tagging.files[len(written) :]:
            library.remember(record)
        library.reconcile(())


def _seen(path: Path, content: str, analysis_version: int) -> FileRecord:
    status = path.lstat()
    return FileRecord(path, status.st_size, status.st_mtime_ns, content, None, analysis_version)
