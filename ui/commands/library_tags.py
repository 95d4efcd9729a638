"""``soundscape library write-tags``: what is known of tracks into their files, when asked for."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator

from playlists.library.query import parse
from playlists.library.repository import Library
from playlists.library.search import matching
from playlists.library.tagging import Tagging, taggings, write_tags
from playlists.models import Track
from playlists.presets import load_presets
from soundscape.errors import LibraryError, RejectedFileError
from soundscape.folders import data_folder
from soundscape.media.tag_writer import PREFIX
from ui.commands.facts import shown


def add_tagging(declare: Callable[..., argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """Declare the action by a function that makes a parser, and return its parser."""
    tagging = declare("write-tags", help="show what would be written into files, or write it")
    tagging.add_argument("--where", required=True, metavar="TEXT", help="as 'rated tag:harp'")
    tagging.add_argument("--write", action="store_true", help="write; else it is only shown")
    return tagging


def run_write_tags(library: Library, options: argparse.Namespace) -> int:
    """Show what the files of some tracks do not say yet, or write it; 1 if a file was refused.

    Raises
    ------
    LibraryError
        If no track is found.
    """
    tracks = matching(library.tracks(), parse(options.where))
    if not tracks:
        raise LibraryError(f"No track is found by {options.where!r}; try another search.")
    presets = load_presets(data_folder(options.data_dir)).values()
    named = {content for preset in presets for content in preset.tracks}
    rows = list(_rows(library, tracks, named, options))
    if options.json:
        sys.stdout.write(json.dumps(rows) + "\n")
    else:
        _tell(rows, written=options.write)
    return int(any("reason" in row for row in rows))


def _rows(
    library: Library, tracks: list[Track], named: set[str], options: argparse.Namespace
) -> Iterator[dict[str, object]]:
    for one in taggings(library, tracks, named):
        if isinstance(one, RejectedFileError):
            yield {"reason": str(one)}
            continue
        try:
            yield _facts(write_tags(library, one) if options.write else one.track, one)
        except RejectedFileError as error:
            yield {"reason": str(error)}


def _facts(track: Track, tagging: Tagging) -> dict[str, object]:
    files = [shown(record.path) for record in tagging.files]
    words = {f"{PREFIX}{name}": text for name, text in tagging.words.items()}
    return {"hash": track.content_hash, "files": files, "tags": words}


def _tell(rows: list[dict[str, object]], *, written: bool) -> None:
    for row in rows:
        if "reason" in row:
            sys.stderr.write(f"{row['reason']}\n")
            continue
        said = "  ".join(f"{name}={text}" for name, text in dict(row["tags"]).items())  # type: ignore[call-overload]
        for file in list(row["files"]):  # type: ignore[call-overload]
            sys.stdout.write(f"{file}: {said}\n")
    count = sum("files" in row for row in rows)
    end = "written." if written else "to be written; say --write to do it."
    sys.stdout.write(f"{count} {'track' if count == 1 else 'tracks'} {end}\n")
