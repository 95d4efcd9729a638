"""``soundscape lights``: lamps are listed, added, removed, and refused in one line."""

import json
from pathlib import Path

import pytest

from ui.commands.main import main

ADD = ("--kind", "dimmer", "--via", "sacn", "--host", "127.0.0.1", "--address", "5")


def lights(folder: Path, *words: str) -> int:
    return main(["lights", *words, "--data-dir", str(folder), "--json"])


def test_a_lamp_is_added_listed_and_removed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert lights(tmp_path, "add", "ceiling", *ADD) == 0
    added = json.loads(capsys.readouterr().out)

    assert lights(tmp_path, "list") == 0
    assert json.loads(capsys.readouterr().out) == added
    assert (added[0]["name"], added[0]["address"]) == ("ceiling", 5)

    assert lights(tmp_path, "remove", "ceiling") == 0
    assert json.loads(capsys.readouterr().out) == []


def test_a_lamp_over_mqtt_without_a_broker_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("--kind", "dimmer", "--via", "mqtt", "--topic", "z/bulb/set")

    assert lights(tmp_path, "add", "bulb", *words) == 1

    assert "needs an [mqtt] table" in capsys.readouterr().err
    assert lights(tmp_path, "discover") == 1
    assert "needs an [mqtt] table" in capsys.readouterr().err


def test_a_lamp_that_is_not_listed_cannot_be_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert lights(tmp_path, "find", "door") == 1

    assert "no lamp called 'door'" in capsys.readouterr().err
