"""What is known goes into files only when asked for; the library knows them afterwards."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import sounds
from fakes.tracks import track

from playlists.library.repository import FileRecord, Library
from playlists.library.tagging import Tagging, taggings, words_of, write_tags
from playlists.models import Rating, Track
from soundscape.errors import RejectedFileError
from soundscape.media.store import content_hash
from soundscape.media.tag_writer import read_words, sound_hash

SAID = Rating(instrumental=True, energy=0.3, tags=frozenset({"space", "faith:hymn"}))


@pytest.fixture
def music(tmp_path: Path) -> Path:
    """Return a folder with one sound under two names."""
    folder = tmp_path / "music"
    folder.mkdir()
    sounds.write(folder / "a.flac", sounds.drone(21.0))
    (folder / "b.flac").write_bytes((folder / "a.flac").read_bytes())
    return folder


@pytest.fixture
def library(tmp_path: Path, music: Path) -> Iterator[Library]:
    """Return a library that knows the sound, with a therapist's word on it."""
    with Library.open(tmp_path / "library.sqlite") as opened:
        content = content_hash(music / "a.flac")
        known = replace(track("a"), content_hash=content, path=music / "a.flac")
        opened.save(replace(known, rating=SAID))
        for path in sorted(music.iterdir()):
            status = path.stat()
            opened.remember(FileRecord(path, status.st_size, status.st_mtime_ns, content, None, 1))
        yield opened


def first(library: Library, named: frozenset[str] = frozenset()) -> Tagging:
    """Return what is to be written for the only track."""
    (found,) = taggings(library, library.tracks(), named)
    assert isinstance(found, Tagging)
    return found


def test_looking_writes_nothing(library: Library, music: Path) -> None:
    before = [(path.read_bytes(), path.stat().st_mtime_ns) for path in sorted(music.iterdir())]

    tagging = first(library)

    after = [(path.read_bytes(), path.stat().st_mtime_ns) for path in sorted(music.iterdir())]
    assert after == before
    assert tagging.words["TAGS"] == "faith:hymn; space"
    assert (tagging.words["INSTRUMENTAL"], tagging.words["ENERGY"]) == ("yes", "0.300")


def test_every_file_of_a_track_says_so_and_sounds_the_same(library: Library, music: Path) -> None:
    sound = sound_hash(music / "a.flac")
    tagging = first(library)

    now = write_tags(library, tagging)

    for path in music.iterdir():
        assert read_words(path) == dict(tagging.words)
        assert sound_hash(path) == sound
        assert content_hash(path) == now.content_hash
    assert list(taggings(library, library.tracks(), frozenset())) == []


def test_the_library_keeps_what_it_knows_under_the_new_content(library: Library) -> None:
    (before,) = library.tracks()

    now = write_tags(library, first(library))

    (after,) = library.tracks()
    assert after == now
    assert replace(after, content_hash=before.content_hash) == before
    for record in library.files().values():
        assert record.content_hash == now.content_hash
        assert record.size_bytes == record.path.stat().st_size


def test_a_track_that_a_preset_names_is_left(library: Library, music: Path) -> None:
    named = frozenset({content_hash(music / "a.flac")})

    (found,) = taggings(library, library.tracks(), named)

    assert isinstance(found, RejectedFileError)
    assert "named by a preset" in str(found)


def test_a_file_that_changed_since_is_left(library: Library, music: Path) -> None:
    tagging = first(library)
    sounds.write(music / "b.flac", sounds.drone(22.0))
    before = (music / "a.flac").read_bytes()

    with pytest.raises(RejectedFileError, match=r"b\.flac has changed"):
        write_tags(library, tagging)

    assert (music / "a.flac").read_bytes() == before


def test_a_track_whose_file_is_gone_is_told(library: Library, music: Path) -> None:
    for path in music.iterdir():
        path.unlink()

    (found,) = taggings(library, library.tracks(), frozenset())

    assert isinstance(found, RejectedFileError)


def test_only_what_was_said_or_measured_is_written() -> None:
    silent: Track = track("a", energy=0.25)

    assert words_of(silent) == {"MEASURED_ENERGY": "0.250"}
