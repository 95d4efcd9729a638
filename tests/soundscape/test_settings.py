"""Settings are set one by one, and nothing that people wrote is lost."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soundscape.settings import read_settings, write_settings

WRITTEN = """# our clinic
text_percent = 125
device = "old"  # in room 2
[lights]
device = "dmx"
"""


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    path = tmp_path / "chair" / "settings.toml"
    path.parent.mkdir()
    path.write_text(WRITTEN, "utf-8")
    return path


def test_a_choice_replaces_the_one_before_and_no_other_line(settings: Path) -> None:
    write_settings(settings, {"device": "usb", "device_title": "Headphones"})

    assert read_settings(settings) == {
        "text_percent": 125,
        "device": "usb",
        "device_title": "Headphones",
        "lights": {"device": "dmx"},
    }
    assert settings.read_text("utf-8").startswith("# our clinic\n")


def test_numbers_and_yes_or_no_are_choices_too_and_none_takes_one_out(settings: Path) -> None:
    write_settings(settings, {"text_percent": 150, "easy_reading": True, "device": None})

    assert read_settings(settings) == {
        "text_percent": 150,
        "easy_reading": True,
        "lights": {"device": "dmx"},
    }


def test_what_people_wrote_behind_a_choice_stays(settings: Path) -> None:
    write_settings(settings, {"device": "usb"})

    assert 'device = "usb"  # in room 2' in settings.read_text("utf-8")


def test_a_file_that_cannot_be_read_is_put_aside_and_begun_anew(settings: Path) -> None:
    settings.write_text("device = ", "utf-8")

    write_settings(settings, {"device": "usb"})

    assert read_settings(settings) == {"device": "usb"}
    assert settings.with_name("settings.toml.unread").read_text("utf-8") == "device = "


def test_a_first_choice_makes_the_file_and_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "not made yet" / "settings.toml"
    write_settings(path, {"device": "usb"})

    assert read_settings(path) == {"device": "usb"}
    assert [found.name for found in path.parent.iterdir()] == ["settings.toml"]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("chair") / "settings.toml"
    write_settings(path, {"device": text})

    assert tomllib.loads(path.read_text("utf-8")) == {"device": text}


@pytest.mark.parametrize("said", [b"device = ", b"\xff\xfe", b""])
def test_what_cannot_be_read_says_nothing(settings: Path, said: bytes) -> None:
    settings.write_bytes(said)

    assert read_settings(settings) == {}


def test_a_missing_file_says_nothing(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "settings.toml") == {}
