"""Every word that people read is known in every language."""

import gettext
import runpy
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
LOCALE = ROOT / "assets" / "locale"
LANGUAGES = sorted(path.parent.name for path in LOCALE.glob("*/LC_MESSAGES"))


def forms(text: object) -> tuple[str, ...]:
    """Return a text's forms: one, or one for each kind of count."""
    return tuple(text) if isinstance(text, list | tuple) else (str(text),)


def translations(language: str) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield each text of a catalog and what stands for it, as forms."""
    path = LOCALE / language / "LC_MESSAGES" / "soundscape.po"
    with path.open("rb") as file:
        for message in read_po(file, locale=language):
            if message.id:
                yield forms(message.id), forms(message.string)


def filled_in(text: str) -> set[str]:
    """Return the names of what is filled into a text."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_german_is_a_language() -> None:
    assert "de" in LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_windows_is_translated(language: str) -> None:
    texts = runpy.run_path(str(LOCALE / "update.py"))["gathered"]()
    known = {texts: said for texts, said in translations(language) if all(said)}

    missing = [message.id for message in texts if message.id and forms(message.id) not in known]

    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_is_filled_in_with_the_same(language: str) -> None:
    for texts, said in translations(language):
        asked = filled_in(texts[-1])
        assert all(filled_in(form) == asked for form in said[1:] or said), texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_program_reads_is_what_was_translated(language: str) -> None:
    catalog = gettext.translation("soundscape", LOCALE, [language])

    for texts, said in translations(language):
        one = catalog.gettext(texts[0])
        each = tuple(catalog.ngettext(texts[0], texts[-1], count) for count in (1, 2))
        assert said == ((one,) if len(texts) == 1 else each)
