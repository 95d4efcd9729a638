"""Papers are tagged, and a sheet is one page whatever stands on it."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pikepdf
import pytest

from soundscape.visit.pdf import Paper, sheet_pdf
from soundscape.visit.rules import load_rules
from soundscape.visit.sheet import Home, sheet_of
from soundscape.visit.words import CHANGEABLE, Words, languages, load_words

MADE = datetime(2026, 9, 23, 12, 0, tzinfo=UTC)
SIZES_PT = {Paper.A4: (595, 842), Paper.LETTER: (612, 792)}


def fullest(words: Words) -> Words:
    """Return words in which a clinic says as much as it may."""
    long = {name: ("Wort " * 30)[:longest] for name, longest in CHANGEABLE.items()}
    texts = {name: long.get(name, text) if name != "clock" else text
             for name, text in words.texts.items()}  # fmt: skip
    return replace(words, texts=texts, lists={**words.lists, "prompts": (long["prompts"],) * 3})


def full_home(route: str) -> Home:
    return Home(
        session="20260923t0900-ab12",
        rules=load_rules()[route],
        ended=MADE,
        zone=ZoneInfo("Europe/Berlin"),
        heard=tuple(f"{number} {'Wide Water ' * 9}" for number in range(40)),
        intention="To see what comes, " * 30,
        head=f"123456-{'ab12' * 16}",
    )


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def tags(element: pikepdf.Object) -> Iterator[str]:
    """Yield the types of a structure's elements, in reading order."""
    if isinstance(element, pikepdf.Array):
        for kid in element:
            yield from tags(kid)
    elif isinstance(element, pikepdf.Dictionary):
        if "/S" in element:
            yield str(element.S)
        if "/K" in element:
            yield from tags(element.K)


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("route", list(load_rules()))
def test_the_fullest_sheet_is_one_page(paper: Paper, language: str, route: str) -> None:
    sheet = sheet_of(full_home(route), fullest(load_words(language)))

    with opened(sheet_pdf(sheet, paper, MADE)) as pdf:
        (page,) = pdf.pages
        size_pt = tuple(round(float(side)) for side in page.mediabox[2:])

    assert size_pt == SIZES_PT[paper]


@pytest.mark.parametrize("language", languages())
def test_a_sheet_is_tagged_for_those_who_cannot_see_it(language: str) -> None:
    sheet = sheet_of(full_home("iv"), load_words(language))

    with opened(sheet_pdf(sheet, Paper.A4, MADE)) as pdf:
        found = list(tags(pdf.Root.StructTreeRoot))
        marked = bool(pdf.Root.MarkInfo.Marked)
        said = str(pdf.Root.Lang)
        with pdf.open_metadata() as meta:
            standard, title = meta["pdfuaid:part"], meta["dc:title"]

    assert (marked, said, standard, title) == (True, language, "1", sheet.title)
    assert found.count("/H1") == 1
    assert found.count("/H2") == len(sheet.sections)
    lines = sum(len(section.lines) for section in sheet.sections)
    assert found.count("/LI") == lines


def test_a_title_is_a_text_and_never_markup() -> None:
    home = replace(full_home("iv"), heard=('#panic("no") $x$ *b* _i_ @a <b> //', "\\"))

    with opened(sheet_pdf(sheet_of(home, load_words("en")), Paper.A4, MADE)) as pdf:
        assert len(pdf.pages) == 1


def test_the_same_sheet_is_the_same_file() -> None:
    sheet = sheet_of(full_home("iv"), load_words("en"))

    assert sheet_pdf(sheet, Paper.A4, MADE) == sheet_pdf(sheet, Paper.A4, MADE)
