"""Every language says the same things; a clinic changes what is its own."""

import string
from pathlib import Path

import pytest

from soundscape.errors import InvalidPlanError
from soundscape.visit.words import languages, load_words


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_english_and_german_are_there() -> None:
    assert {"en", "de"} <= set(languages())


@pytest.mark.parametrize("language", languages())
def test_a_language_has_every_text_with_its_places(language: str) -> None:
    english, other = load_words("en"), load_words(language)

    assert other.language == language
    assert other.texts.keys() == english.texts.keys()
    for name, text in english.texts.items():
        if name not in {"at_midnight", "at_time"}:  # a language orders a date as it likes
            assert places(other.texts[name]) == places(text), name


def test_a_clinic_says_its_name_and_asks_its_own_questions(tmp_path: Path) -> None:
    path = tmp_path / "visit.toml"
    path.write_text('[sheet.en]\nclinic = "Oak House"\nprompts = ["A?", "B?", "C?"]\n', "utf-8")

    words = load_words("en", path)

    assert words.texts["clinic"] == "Oak House"
    assert words.lists["prompts"] == ("A?", "B?", "C?")
    assert load_words("de", path) == load_words("de")


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ('prompts = ["A?", "B?"]', "prompts"),
        ('prompts = "A?"', "prompts"),
        ("cue = 3", "cue"),
        (f'cue = "{"x" * 121}"', "cue"),
        ('restrict_lines = ["Drive."]', "restrict_lines"),
        ('title = "Hello"', "title"),
    ],
)
def test_other_words_are_refused_by_their_name(tmp_path: Path, line: str, field: str) -> None:
    path = tmp_path / "visit.toml"
    path.write_text(f"[sheet.en]\n{line}\n", "utf-8")

    with pytest.raises(InvalidPlanError, match=rf"sheet\.en\.{field}"):
        load_words("en", path)


def test_a_language_that_is_not_there_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "visit.toml"
    path.write_text('[sheet.xx]\nclinic = "Oak House"\n', "utf-8")

    with pytest.raises(InvalidPlanError, match="language"):
        load_words("xx")
    with pytest.raises(InvalidPlanError, match=r"sheet\.xx"):
        load_words("en", path)
