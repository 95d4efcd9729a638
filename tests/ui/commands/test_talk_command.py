"""``soundscape talk``: which microphone is set up is said, and taken away."""

import json
from pathlib import Path

import pytest

from soundscape.folders import DataFolder
from soundscape.session.talk_route import keep_route
from ui.commands.main import main


def talk(folder: Path, *words: str) -> int:
    return main(["talk", *words, "--data-dir", str(folder)])


def test_a_chair_without_a_microphone_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert talk(tmp_path, "show") == 0

    assert "the desk has no button to speak" in capsys.readouterr().out


def test_a_microphone_is_shown_and_removed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keep_route(DataFolder(tmp_path), "mic", -40.0)

    talk(tmp_path, "show", "--json")
    shown = json.loads(capsys.readouterr().out)
    talk(tmp_path, "remove", "--json")

    assert shown == {"ok": True, "route": {"microphone": "mic", "gain_db": 14}}
    assert json.loads(capsys.readouterr().out) == {"ok": True, "route": None}
