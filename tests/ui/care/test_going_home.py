"""What the patient takes home is shown as it will be printed, and saved where staff say."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from fakes.gallery.care import care_of, noon
from fakes.screens import click, themed
from fakes.visits import finished, session_of
from PyQt6.QtGui import QColor
from PyQt6.QtPrintSupport import QPrinterInfo
from pytestqt.qtbot import QtBot

from soundscape.folders import DataFolder
from soundscape.visit.papers import Format, Look, Source, written
from soundscape.visit.pdf import Paper
from ui.care.care import Care
from ui.care.going_home import GoingHome
from ui.care.sheets import picture_of, print_sheet

ARMED, ENTRIES = session_of({20.0: "dose_start"}, 60.0)
MADE = datetime(2026, 3, 10, 12, tzinfo=UTC)
SOURCE = Source(ARMED, tuple(ENTRIES), finished()[0], UTC, Path("none.toml"), "", MADE)
PDF = written(SOURCE, Format.PDF, Look())


@pytest.fixture
def asked() -> list[tuple[Format, Look]]:
    return []


@pytest.fixture
def home(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: list[tuple[Format, Look]]
) -> GoingHome:
    themed()
    care = care_of(DataFolder(tmp_path), noon(), finished()[0])

    def paper(_care: Care, _case: object, kind: Format, look: Look, use: object) -> None:
        asked.append((kind, look))
        use(PDF)  # type: ignore[operator]

    monkeypatch.setattr(Care, "paper", paper)
    made = GoingHome(care, lambda name: tmp_path / name)
    qtbot.addWidget(made)
    made.show_case(care.cases[0])
    made.show()
    return made


def test_the_sheet_is_shown_as_a_picture_of_its_page(home: GoingHome) -> None:
    click(home.show_)

    shown = home.preview.pixmap().toImage()
    assert home.preview.isVisible()
    assert shown.height() > 1.3 * shown.width()
    assert shown.pixelColor(2, 2) == QColor("white")


def test_it_is_made_in_the_language_and_on_the_paper_that_are_chosen(
    home: GoingHome, asked: list[tuple[Format, Look]]
) -> None:
    click(home.language.buttons["de"])
    click(home.paper.buttons[str(Paper.LETTER)])
    click(home.show_)

    assert asked == [(Format.PDF, Look("de", Paper.LETTER))]


def test_another_language_takes_the_old_picture_away(home: GoingHome) -> None:
    click(home.show_)
    click(home.language.buttons["de"])

    assert not home.preview.isVisible()


def test_it_is_saved_where_staff_say(home: GoingHome, tmp_path: Path) -> None:
    click(home.save)

    assert (tmp_path / "Take home.pdf").read_bytes() == PDF
    assert "Take home.pdf" in home.says.text()


def test_a_place_that_cannot_be_written_is_said(home: GoingHome, tmp_path: Path) -> None:
    (tmp_path / "Take home.pdf").mkdir()
    click(home.save)

    assert "Is a directory" in home.says.text()


def test_who_changes_their_mind_saves_nothing(
    home: GoingHome, asked: list[tuple[Format, Look]]
) -> None:
    home.where = lambda _name: None
    click(home.save)

    assert asked == []


def test_without_a_printer_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPrinterInfo, "defaultPrinter", QPrinterInfo)

    assert "No printer" in print_sheet(PDF, Paper.A4)


def test_a_picture_has_the_width_that_was_asked_for() -> None:
    assert picture_of(PDF, 300).width() == 300
    assert picture_of(PDF, 300, 2.0).width() == 600
