"""``soundscape library watch``, ``saved`` and ``duplicates`` keep the command line's contract."""

import json
from pathlib import Path

import pytest
from fakes.tracks import track

from playlists.library.repository import FileRecord, Library
from soundscape.folders import data_folder
from ui.commands.main import main

Output = pytest.CaptureFixture[str]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    with Library.open(data_folder(str(tmp_path)).library) as library:
        library.save(track("dawn", energy=0.2), track("dusk", energy=0.5, tempo_bpm=64.0))
        for name in ("/a.flac", "/b.flac"):
            known = track("dawn").content_hash
            library.remember(FileRecord(Path(name), 1, 2, known, None, 1))
    return tmp_path


def said(capsys: Output, data: Path, *arguments: str) -> object:
    assert main(["library", *arguments, "--json", "--data-dir", str(data)]) == 0
    return json.loads(capsys.readouterr().out)


def test_folders_are_watched_and_no_longer(data: Path, capsys: Output) -> None:
    folder = str(data)

    added = said(capsys, data, "watch", "add", folder)
    removed = said(capsys, data, "watch", "remove", folder)

    assert (added, removed, said(capsys, data, "watch", "list")) == ([folder], [], [])


def test_a_watched_folder_that_is_away_is_named(data: Path, capsys: Output) -> None:
    folder = data / "music"
    folder.mkdir()
    said(capsys, data, "watch", "add", str(folder))
    folder.rmdir()

    status = main(["library", "watch", "scan", "--workers", "1", "--data-dir", str(data)])

    assert status == 1
    assert f"{folder} is not there; its tracks are shown as missing." in capsys.readouterr().out


def test_a_saved_search_is_listed_by_its_name(data: Path, capsys: Output) -> None:
    kept = said(capsys, data, "saved", "add", "Calm", "energy<0.3")
    found = said(capsys, data, "list", "--saved", "Calm", "--where", "beatless")
    left = said(capsys, data, "saved", "remove", "Calm")

    assert (kept, left) == ({"Calm": "energy<0.3"}, {})
    assert isinstance(found, list)
    assert [one["title"] for one in found] == ["Dawn"]


def test_files_with_one_content_are_listed(data: Path, capsys: Output) -> None:
    assert said(capsys, data, "duplicates") == {"content": [["/a.flac", "/b.flac"]], "sound": []}


def test_familiar_and_source_can_be_said(data: Path, capsys: Output) -> None:
    rated = said(capsys, data, "rate", "dawn", "--familiar", "yes", "--source", "a gift")

    assert isinstance(rated, dict)
    assert (rated["rating"]["familiar"], rated["rating"]["source"]) == (True, "a gift")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["watch", "add"], "Say a folder as well"),
        (["watch", "remove", "/nowhere"], "is not watched"),
        (["saved", "add", "Calm"], "Say a search as well"),
        (["saved", "add", "Calm", "enrgy<1"], "did you mean energy?"),
        (["saved", "remove", "Calm"], "No search is called"),
        (["list", "--saved", "Calm"], "No search is called"),
    ],
)
def test_a_refusal_is_one_line(
    data: Path, capsys: Output, arguments: list[str], reason: str
) -> None:
    status = main(["library", *arguments, "--data-dir", str(data)])

    heard = capsys.readouterr()
    assert (status, heard.out) == (1, "")
    assert reason in heard.err.splitlines()[-1]
