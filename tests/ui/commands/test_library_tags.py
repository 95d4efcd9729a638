"""``soundscape library write-tags`` shows first, and writes only when told to."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import sounds
from fakes.tracks import track

from playlists.library.repository import FileRecord, Library
from soundscape.folders import data_folder
from soundscape.media.store import content_hash
from soundscape.media.tag_writer import read_words
from ui.commands.main import main

Output = pytest.CaptureFixture[str]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a sound that the library in the same folder knows."""
    path = sounds.write(tmp_path / "a.flac", sounds.drone(21.0))
    content, status = content_hash(path), path.stat()
    with Library.open(data_folder(str(tmp_path)).library) as library:
        library.save(replace(track("dawn", tags=frozenset({"space"})), content_hash=content))
        library.remember(FileRecord(path, status.st_size, status.st_mtime_ns, content, None, 1))
    return path


def test_it_is_shown_first_and_written_when_told(file: Path, capsys: Output) -> None:
    before = file.read_bytes()
    asked = ["library", "write-tags", "--where", "tag:space", "--data-dir", str(file.parent)]

    assert main(asked) == 0
    shown = capsys.readouterr().out
    assert file.read_bytes() == before
    assert main([*asked, "--write", "--json"]) == 0

    (row,) = json.loads(capsys.readouterr().out)
    assert "SOUNDSCAPE_TAGS=space" in shown
    assert "1 track to be written; say --write to do it." in shown
    assert row["hash"] == content_hash(file)
    assert read_words(file)["TAGS"] == "space"


def test_a_file_that_is_away_is_named_with_status_1(file: Path, capsys: Output) -> None:
    file.unlink()

    status = main(["library", "write-tags", "--where", "space", "--data-dir", str(file.parent)])

    assert status == 1
    assert "a.flac is not where it was" in capsys.readouterr().err


def test_a_search_that_finds_nothing_is_said(file: Path, capsys: Output) -> None:
    status = main(["library", "write-tags", "--where", "harp", "--data-dir", str(file.parent)])

    assert status == 1
    assert "No track is found by 'harp'" in capsys.readouterr().err
