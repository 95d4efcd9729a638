"""A page of cards stays as wide as one reads, and its buttons as wide as their words."""

from fakes.screens import resize, themed
from pytestqt.qtbot import QtBot

from ui.theme import Look
from ui.widgets.buttons import Button
from ui.widgets.card_page import READING_PX, SIDE_PX, CardPage
from ui.widgets.labels import Label


def page_of(qtbot: QtBot, *buttons: Button) -> CardPage:
    """Return a page with one card, and buttons in it."""
    page = CardPage("Cards", "One under the other.")
    page.add_card("Here", Label("A long line of words. " * 12, wraps=True)).add_acts(*buttons)
    qtbot.addWidget(page)
    page.show()
    return page


def widest_part_px(page: CardPage) -> int:
    """Return the width of the widest label of a page."""
    return max(label.width() for label in page.findChildren(Label))


def test_a_wide_page_leaves_what_nobody_reads_empty(qtbot: QtBot) -> None:
    themed()
    page = page_of(qtbot)

    resize(page, 1280, 800)

    assert widest_part_px(page) == READING_PX


def test_a_narrow_page_uses_its_whole_width(qtbot: QtBot) -> None:
    themed()
    page = page_of(qtbot)

    resize(page, 700, 800)

    assert widest_part_px(page) == 700 - 2 * SIDE_PX


def test_a_larger_text_is_read_in_longer_lines(qtbot: QtBot) -> None:
    themed(Look(text_percent=150))
    page = page_of(qtbot)

    resize(page, 1600, 800)

    assert widest_part_px(page) == round(1.5 * READING_PX)
    themed()


def test_buttons_of_a_card_are_no_wider_than_the_longest_needs(qtbot: QtBot) -> None:
    themed()
    short, long = Button("Keep"), Button("Keep as an estimate")
    page = page_of(qtbot, short, long)

    resize(page, 1280, 800)

    assert short.width() == long.width() == long.sizeHint().width()


def test_buttons_stand_under_each_other_where_a_card_is_narrow(qtbot: QtBot) -> None:
    themed()
    first, second = Button("Make the starter sounds anew"), Button("Keep as an estimate of today")
    page = page_of(qtbot, first, second)

    resize(page, 480, 800)

    assert second.y() > first.y()
    assert first.x() == second.x()
