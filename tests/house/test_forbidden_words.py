"""No text of the program names a dose, claims a cure, or says what is a clinician's to say."""

import re

import pytest
from fakes.texts import shown_texts

FORBIDDEN = (
    "mg", "mg/kg", "treats", "cures", "safe to leave", "stop taking",
    "behandelt", "heilt", "gefahrlos gehen", "absetzen", "nicht mehr einnehmen",
)  # fmt: skip
"""Whole words, in English and German."""

_FOUND = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, FORBIDDEN))})(?!\w)", re.IGNORECASE)


def forbidden(text: str) -> list[str]:
    """Return the forbidden words in a text."""
    return _FOUND.findall(" ".join(text.split()))


def test_no_text_has_a_forbidden_word() -> None:
    found = [(where, text, forbidden(text)) for where, text in shown_texts() if forbidden(text)]

    assert not found


def test_the_scan_sees_source_data_layouts_and_translations() -> None:
    places = {where.split(":")[0] for where, _ in shown_texts()}
    some = {
        "ui/desk/header.py",
        "soundscape/visit/telling.py",
        "assets/visit/sheet.de.toml",
        "assets/visit/sheet.typ",
        "assets/locale/de/LC_MESSAGES/soundscape.po",
    }

    assert some <= places


@pytest.mark.parametrize("word", FORBIDDEN)
def test_the_scan_finds_a_word_wherever_it_stands(word: str) -> None:
    assert forbidden(f"It {word.upper()}.")
    assert forbidden(f"so\n{word} it")


@pytest.mark.parametrize("text", ["omg", "treatsies", "5 img/kgx", "the treatment chair"])
def test_the_scan_leaves_other_words_alone(text: str) -> None:
    assert not forbidden(text)
