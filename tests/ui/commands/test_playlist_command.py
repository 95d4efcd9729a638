"""``soundscape playlist``: its JSON, its exit status and its sentences."""

import json
from pathlib import Path
from typing import Any

import pytest
from fakes.tracks import track

from playlists.library.repository import FileRecord, Library
from ui.commands.main import main

NAMES = ("low tide", "high tide", "no tide")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    with Library.open(folder / "library.sqlite") as library:
        for name in NAMES:
            one = track(name, path=tmp_path / "music" / f"{name}.flac", artist="Mara")
            library.save(one)
            library.remember(FileRecord(one.path, 1, 1, one.content_hash, None, 1))
    return folder


def told(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, Any]:
    """Return a command's status and its JSON."""
    status = main([*map(str, arguments), "--json"])
    return status, json.loads(capsys.readouterr().out)


def test_a_list_is_imported_and_given_away_again(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = tmp_path / "Evening.m3u", tmp_path / "evening.xspf"
    first.write_text("music/no tide.flac\nmusic/low tide.flac\nhttp://127.0.0.1:9/a\n")

    status, facts = told(capsys, "playlist", "import", first, "--data-dir", data)
    _, kept = told(capsys, "playlist", "list", "--data-dir", data)
    told(capsys, "playlist", "export", second, "--playlist", "evening", "--data-dir", data)
    again, back = told(capsys, "playlist", "import", second, "--data-dir", data)

    assert status == again == 0
    assert (facts["entries"], facts["resolved"], facts["name"]) == (3, 2, "evening")
    assert [one["location"] for one in facts["missing"]] == ["http://127.0.0.1:9/a"]
    assert "address" in facts["missing"][0]["reason"]
    hashes = [track(name).content_hash for name in ("no tide", "low tide")]
    assert [(one["name"], one["tracks"]) for one in kept] == [("evening", hashes)]
    assert (back["entries"], back["resolved"], back["missing"]) == (2, 2, [])


@pytest.mark.parametrize("ending", [".m3u8", ".xspf", ".jspf"])
def test_the_whole_library_and_what_a_search_finds_are_exported(
    ending: str, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    every, some = tmp_path / f"every{ending}", tmp_path / f"some{ending}"

    _, all_facts = told(capsys, "playlist", "export", every, "--data-dir", data)
    _, facts = told(capsys, "playlist", "export", some, "--where", "low", "--data-dir", data)
    _, back = told(capsys, "playlist", "import", every, "--data-dir", data)

    assert all_facts == {"entries": 3, "resolved": 3, "missing": []}
    assert facts["entries"] == 1
    assert (back["entries"], back["resolved"], back["missing"]) == (3, 3, [])


def test_a_list_of_which_nothing_is_there_is_not_kept(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "other.pls"
    file.write_text("[playlist]\nFile1=/dev/zero\nFile2=next.m3u\n")

    status, facts = told(capsys, "playlist", "import", file, "--data-dir", data)
    _, kept = told(capsys, "playlist", "list", "--data-dir", data)

    assert (status, facts["resolved"], kept) == (1, 0, [])


@pytest.mark.parametrize(
    "content", ['<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">]><playlist>&x;</playlist>']
)
def test_a_hostile_list_is_refused_in_one_line(
    content: str, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "list.xspf"
    file.write_text(content)

    status = main(["playlist", "import", str(file), "--data-dir", str(data)])

    said = capsys.readouterr()
    assert (status, said.out) == (1, "")
    assert said.err.count("\n") == 1
    assert "document type" in said.err


def test_a_list_with_names_that_are_no_text_is_kept_and_goes_into_a_bundle(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, bundle = tmp_path / "old.m3u", tmp_path / "work.zip"
    old.write_bytes(b"music/no tide.flac\nmusic/caf\xe9.flac\n")

    status, facts = told(capsys, "playlist", "import", old, "--data-dir", data)
    given = main(["bundle", "export", str(bundle), "--data-dir", str(data)])
    taken = main(["bundle", "import", str(bundle), "--data-dir", str(tmp_path / "other")])

    assert (status, given, taken) == (0, 0, 0)
    assert (facts["entries"], facts["resolved"]) == (2, 1)
