"""The sound server's sinks are told by name and title, whatever else it says."""

import json
from pathlib import Path

import pytest

from soundscape.engine.sinks import Sink, list_sinks, sinks_in

SAID = [
    {"index": 0, "name": "alsa_output.usb-1", "description": "USB Headphones", "volume": {}},
    {"index": 1, "name": "bluez_output.2", "description": "(null)"},
]


def test_sinks_are_told_by_name_and_title() -> None:
    assert sinks_in(json.dumps(SAID).encode()) == (
        Sink("alsa_output.usb-1", "USB Headphones"),
        Sink("bluez_output.2", "(null)"),
    )


@pytest.mark.parametrize("title", [None, "", "  ", 7])
def test_a_sink_without_a_title_is_told_by_its_name(title: object) -> None:
    said = json.dumps([{"name": "usb", "description": title}]).encode()

    assert sinks_in(said) == (Sink("usb", "usb"),)


@pytest.mark.parametrize("row", ["usb", None, {}, {"name": 7}, {"name": ""}])
def test_what_is_no_sink_is_passed_over(row: object) -> None:
    assert sinks_in(json.dumps([row, SAID[0]]).encode()) == (
        Sink("alsa_output.usb-1", "USB Headphones"),
    )


def test_the_sink_that_stands_in_for_a_lost_card_is_none() -> None:
    assert sinks_in(b'[{"name": "auto_null", "description": "Dummy Output"}]') == ()


@pytest.mark.parametrize("said", [b"", b"{", b"{}", b"7", b"\xff"])
def test_what_makes_no_sense_is_no_answer(said: bytes) -> None:
    assert sinks_in(said) is None


def test_a_title_that_is_not_utf8_hides_no_sink() -> None:
    assert sinks_in(b'[{"name": "usb", "description": "Kopfh\xf6rer"}]') == (
        Sink("usb", "Kopfh\N{REPLACEMENT CHARACTER}rer"),
    )


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        (
            """echo '[{"name": "usb", "description": "Headphones"}]'""",
            (Sink("usb", "Headphones"),),
        ),
        ("echo '[]'", ()),
    ],
)
def test_the_servers_own_tool_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, expected: tuple[Sink, ...]
) -> None:
    tool = tmp_path / "pactl"
    tool.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")

    assert list_sinks() == expected
