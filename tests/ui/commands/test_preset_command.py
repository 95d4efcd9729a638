"""``soundscape preset``, ``history`` and ``bundle``: their JSON and exit status."""

import json
from pathlib import Path
from typing import Any

import pytest
from fakes.tracks import track

from playlists.library.repository import Library
from ui.commands.main import main


@pytest.fixture
def data(tmp_path: Path) -> Path:
    with Library.open(tmp_path / "data" / "library.sqlite") as library:
        library.save(track("low tide"), track("high tide", energy=0.6), track("rain"))
    return tmp_path / "data"


def told(capsys: pytest.CaptureFixture[str], data: Path, *arguments: object) -> tuple[int, Any]:
    """Return a command's status and its JSON."""
    status = main([*map(str, arguments), "--json", "--data-dir", str(data)])
    return status, json.loads(capsys.readouterr().out)


def test_a_preset_is_saved_changed_listed_restored_and_removed(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("--line", "Sea sounds.", "--where", "tide energy<0.5", "--by", "Ann")
    told(capsys, data, "preset", "save", "Low Tide", *words)
    told(capsys, data, "preset", "save", "Low Tide", "--line", "All of it.", "--by", "Ben")
    _, versions = told(capsys, data, "preset", "versions", "low-tide")
    first = versions[0]["version"]
    _, restored = told(capsys, data, "preset", "restore", "low-tide", first, "--by", "Cleo")
    _, listed = told(capsys, data, "preset", "list")
    status, _ = told(capsys, data, "preset", "remove", "low-tide")
    _, left = told(capsys, data, "preset", "list")

    own = {one["name"]: one for one in listed["presets"]}
    assert [one["who"] for one in versions] == ["Ann", "Ben"]
    assert (restored["line"], restored["search"]) == ("Sea sounds.", "tide energy<0.5")
    assert (own["low-tide"]["pool"], own["still-water"]["pool"]) == (1, 3)
    assert (len(own), status, len(left["presets"])) == (8, 0, 7)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("Still Water", "--line", "x"), "is a preset that is shipped"),
        (("Tide", "--line", " "), "line: must be a text"),
        (("Tide", "--line", "x", "--arc", "full"), "kept for the therapist"),
        (("Tide", "--line", "x", "--where", "sweetness>3"), "sweetness"),
        (("Tide", "--line", "x" * 91), "90 letters"),
        (("Tide", "--line", "x", "--playlist", "none"), "no track"),
    ],
)
def test_a_wrong_preset_is_refused_in_one_sentence(
    arguments: tuple[str, ...], said: str, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, facts = told(capsys, data, "preset", "save", *arguments)

    assert (status, facts["ok"]) == (1, False)
    assert said in facts["error"]


def test_what_was_done_is_undone_and_done_again(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told(capsys, data, "preset", "save", "Tide", "--line", "Sea.", "--by", "Ann")

    _, undone = told(capsys, data, "history", "undo")
    empty, _ = told(capsys, data, "history", "undo")
    _, again = told(capsys, data, "history", "redo")
    _, listed = told(capsys, data, "history", "list")

    assert (undone[0]["what"], undone[0]["who"]) == ("Saved the preset Tide", "Ann")
    assert empty == 1
    assert again[0]["number"] == undone[0]["number"]
    assert [(act["undone"], act["changed"]) for act in listed] == [
        (False, [{"kind": "preset", "name": "tide"}])
    ]


def test_a_bundle_goes_to_another_chair_and_its_conflicts_are_shown(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, other = tmp_path / "work.zip", tmp_path / "other"
    told(capsys, data, "preset", "save", "Tide", "--line", "Sea.", "--by", "Ann")
    told(capsys, other, "preset", "save", "Tide", "--line", "Waves.", "--by", "Ben")

    _, given = told(capsys, data, "bundle", "export", file, "--by", "Ann")
    status, facts = told(capsys, other, "bundle", "import", file)
    settled, _ = told(capsys, other, "bundle", "import", file, "--conflicts", "theirs")
    _, listed = told(capsys, other, "preset", "list")

    assert (given["presets"], given["tracks"], given["audio"]) == (1, 3, 0)
    assert (status, settled, facts["tracks"]) == (1, 0, 3)
    assert [(one["name"], one["kept"]) for one in facts["conflicts"]] == [("tide", "ours")]
    assert {one["name"]: one["line"] for one in listed["presets"]}["tide"] == "Sea."


def test_a_hostile_bundle_is_refused_in_one_line(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "bundle.zip"
    file.write_bytes(b"PK\x03\x04nothing")

    status = main(["bundle", "import", str(file), "--data-dir", str(data)])

    said = capsys.readouterr()
    assert (status, said.out) == (1, "")
    assert said.err == "soundscape: This bundle is damaged; have it made and copied anew.\n"


def test_a_person_reads_lines_and_not_json(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def lines(*words: str) -> list[str]:
        assert main([*words, "--data-dir", str(data)]) == 0
        return capsys.readouterr().out.splitlines()

    saved = lines("preset", "save", "Low Tide", "--line", "Sea sounds.", "--by", "Ann")
    (version,) = lines("preset", "versions", "low-tide")
    removed = lines("preset", "remove", "low-tide", "--by", "Ann")

    assert saved == ["low-tide  Low Tide: Sea sounds.  gentle"]
    assert version.endswith("Ann  Saved the preset Low Tide")
    assert removed == ["low-tide is removed."]


def test_the_history_says_which_track_was_rated(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["library", "approve", "Rain", "--data-dir", str(data)]) == 0
    capsys.readouterr()

    assert main(["history", "list", "--data-dir", str(data)]) == 0

    assert capsys.readouterr().out.endswith("Rated a track: Rain\n")
