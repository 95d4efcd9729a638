"""Every screen at every size, text size and language, and what is wrong with it there."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from fakes.clock import FakeClock
from fakes.gallery.stage import Screen, Stage
from fakes.languages import bare_words, words_of
from fakes.screens import contrast, controls, cut_texts, nameless, resize, themed
from numpy.typing import NDArray
from PyQt6.QtCore import QCoreApplication, QEvent, QRect, Qt
from PyQt6.QtGui import QColor, QImage
from PyQt6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QScrollArea,
    QStyle,
    QStyleOptionFrame,
    QWidget,
)
from pytestqt.qtbot import QtBot

from soundscape.folders import DataFolder
from ui.theme import Look
from ui.widgets.buttons import Kind
from ui.widgets.page import Page

SIZES = ((1280, 800), (1024, 768), (800, 1280))
PERCENTS = (100, 150)
LANGUAGES = ("en", "de", "pseudo", "mirrored")
SHIPPED = ("en", "de")
TEXT_CONTRAST = 4.5
SESSION_LUMINANCE = 0.005
"""Mean of a screen that a patient may see in a session, relative to white."""

_LONG_FIELDS = frozenset({"builder, a word", "preset"})
"""Where a therapist may type more than a field shows at once."""

_TOUCH_PX = 1
"""Rounding lets neighbors share a line of pixels."""
_LEAST_TEXT_PX = 6
_ROWS = 3
"""So many of a list are read; the others are made as they are."""

_SPOKEN = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
)
_PARTS = (QLabel, QAbstractButton, QLineEdit, QComboBox)


def in_every_language(screens: Sequence[Screen]) -> Callable[..., pytest.MarkDecorator]:
    """Return what runs a test for each screen in each language."""

    def decorate(test: Callable[..., object]) -> object:
        for_screens = pytest.mark.parametrize("screen", screens, ids=str)
        return pytest.mark.slow(pytest.mark.parametrize("language", LANGUAGES)(for_screens(test)))

    return decorate  # type: ignore[return-value]


def sizes_of(language: str, percent: int) -> tuple[tuple[int, int], ...]:
    """Return the sizes at which a language is looked at.

    Words that are turned around need as much room as the same ones that are not: one size of
    usual text shows what lies beside each other, large text what lies under each other.
    """
    return SIZES[:1] if (language, percent) == ("mirrored", 100) else SIZES


class Booth:
    """Shows screens one after another and looks at each.

    Parameters
    ----------
    qtbot : QtBot
        Waits.
    patch : pytest.MonkeyPatch
        Changes the language.
    root : Path
        Where each screen gets a data folder.

    Attributes
    ----------
    clock : FakeClock
        Of the screen that was shown last.
    """

    def __init__(self, qtbot: QtBot, patch: pytest.MonkeyPatch, root: Path) -> None:
        self._qtbot = qtbot
        self._patch = patch
        self._root = root
        self._shown = 0
        self.clock = FakeClock(1000.0)

    def faults(self, screen: Screen, language: str) -> list[str]:
        """Return what is wrong with a screen in a language, at each size and text size."""
        self.speak(language)
        found = []
        for percent in PERCENTS:
            with self.shown(screen, percent) as window:
                for size in sizes_of(language, percent):
                    place = f"{size[0]}x{size[1]}, {percent} %: "
                    found += [place + fault for fault in fit(window, size)]
                    found += [place + fault for fault in faults_of(window, screen.target_px)]
                    found += [place + fault for fault in hidden(window, screen)]
                    if (percent, size) == (100, SIZES[0]) and language in SHIPPED:
                        found += [place + fault for fault in scrolling(window, screen)]
                    if (language, percent, size) == ("en", 100, SIZES[0]):
                        found += [place + fault for fault in (*faint(window), *loud(window))]
                if language == "pseudo":
                    found += [f"not translated: {text}" for text in bare(window, screen.given)]
        return found

    def speak(self, language: str) -> None:
        """Have the screens that are made from now on speak a language."""
        catalog = words_of(language)
        self._patch.setattr("ui.words.catalog", lambda: catalog)
        right_to_left = language == "mirrored"
        QApplication.setLayoutDirection(Qt.LayoutDirection(int(right_to_left)))

    @contextmanager
    def shown(self, screen: Screen, percent: int = 100) -> Iterator[QWidget]:
        """Yield a screen that is shown, with the text at a size."""
        self._shown += 1
        folder = DataFolder(self._root / str(self._shown))
        folder.root.mkdir(parents=True)
        folder.settings.write_text(f"text_percent = {percent}\n", "utf-8")
        themed(Look(text_percent=percent))
        self.clock = FakeClock(1000.0)
        window = screen.make(Stage(self._qtbot, folder, self.clock))
        window.show()
        window.setFocus()  # as a window does that opens a page
        try:
            yield window
        finally:
            screen.end(window)
            window.deleteLater()
            # At once: what is left would be laid out again with each change of the text's size.
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            themed()


def fit(window: QWidget, size: tuple[int, int]) -> list[str]:
    """Give a window a size and return what keeps it from that; a page scrolls in its frame."""
    window.resize(*size)
    resize(window, window.width(), window.height())
    for _round in range(3 * isinstance(window, Page)):  # what it rearranges may need more
        resize(window, window.width(), max(size[1], window.minimumSizeHint().height()))
    wide = [f"needs a width of {window.width()}"] if window.width() > size[0] else []
    high = not isinstance(window, Page) and window.height() > size[1]
    return wide + ([f"needs a height of {window.height()}"] if high else [])


def faults_of(window: QWidget, target_px: int) -> list[str]:
    """Return what a reader or a finger would stumble over in a window as it is."""
    parts = [part for part in window.findChildren(QWidget) if isinstance(part, _PARTS)]
    shown = [part for part in parts if part.isVisible()]
    return [
        *(f"cut: {text}" for text in cut_texts(window)),
        *filter(None, map(_squeezed, shown)),
        *(f"beyond its frame: {_said(part)}" for part in shown if _is_beyond(part, window)),
        *_overlaps(shown, window),
        *_small(window, target_px),
        *_framed(window),
    ]


def hidden(window: QWidget, screen: Screen) -> list[str]:
    """Return the fields that have no room for what they hold, or for what they ask for."""
    if screen.name in _LONG_FIELDS:
        return []
    fields = [field for field in window.findChildren(QLineEdit) if field.isVisible()]
    typed = [field for field in fields if not isinstance(field.parentWidget(), QComboBox)]
    return [f"cut: {_said(field)}" for field in typed if _hides_words(field)]


def scrolling(window: QWidget, screen: Screen) -> list[str]:
    """Return by how much a page is too high for a usual window that should not be."""
    scrolls = isinstance(window, Page) and window.height() > SIZES[0][1] and not screen.scrolls
    return [f"scrolls: needs {window.height()}"] if scrolls else []


def faint(window: QWidget) -> list[str]:
    """Return the texts that a picture shows too faint."""
    pixels = pixels_of(window)
    return [
        f"faint: {label.text()}"
        for label in window.findChildren(QLabel)
        if label.isVisible() and label.isEnabled() and label.text()
        and 1.0 < contrast_in(pixels, _place(label, window)) < TEXT_CONTRAST
    ]  # fmt: skip


def loud(window: QWidget) -> list[str]:
    """Return the primary actions of a screen that has more than one."""
    shown = [b for b in window.findChildren(QAbstractButton) if b.isVisible()]
    primary = [b.text() for b in shown if b.property("kind") == Kind.PRIMARY]
    return [f"loud: {', '.join(primary)}"] if len(primary) > 1 else []


def bare(window: QWidget, given: frozenset[str]) -> list[str]:
    """Return the texts, also those that are only spoken, of which a word went past the catalog."""
    shown = [part for part in (window, *window.findChildren(QWidget)) if part.isVisible()]
    texts = {text for part in shown for text in _texts(part)}
    return sorted(text for text in texts if bare_words(text, given))


def _texts(part: QWidget) -> Iterator[str]:
    """Yield what a part shows or lets a screen reader say."""
    yield from (part.accessibleName(), part.accessibleDescription(), part.toolTip())
    match part:
        case QLabel() | QAbstractButton():
            yield part.text()
        case QLineEdit():
            yield part.placeholderText()
        case QComboBox():
            yield from (part.itemText(row) for row in range(part.count()))
        case QAbstractItemView() if (model := part.model()) is not None:
            for column in range(1 if isinstance(part, QListView) else model.columnCount()):
                yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
                for row in range(min(model.rowCount(), _ROWS)):
                    index = model.index(row, column)
                    yield from (str(index.data(role) or "") for role in _SPOKEN)


def unnamed(window: QWidget) -> list[str]:
    """Return what takes the focus or a touch and tells a screen reader nothing."""
    silent = [c for c in controls(window) if c.isEnabled() and not c.accessibleName()]
    return [type(part).__name__ for part in {*nameless(window), *silent}]


def pixels_of(window: QWidget) -> NDArray[np.uint8]:
    """Return a window's picture, shape (height, width, 3), sRGB 0-255."""
    image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    memory = image.constBits()
    assert memory is not None
    rows = np.frombuffer(memory.asstring(image.sizeInBytes()), np.uint8)
    rows = rows.reshape(image.height(), image.bytesPerLine())[:, : 3 * image.width()]
    return rows.reshape(image.height(), image.width(), 3)


def luminance(pixels: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Return WCAG 2.2's relative luminance of each pixel, shape (height, width), 0-1."""
    levels = np.arange(256) / 255.0
    linear = np.where(levels <= 0.04045, levels / 12.92, ((levels + 0.055) / 1.055) ** 2.4)
    bright: NDArray[np.float64] = linear[pixels] @ np.array([0.2126, 0.7152, 0.0722])
    return bright


def contrast_in(pixels: NDArray[np.uint8], place: QRect) -> float:
    """Return WCAG 2.2's contrast of a place's ground and of what stands out most from it.

    Each of the place's colors is taken once; the ground is the one seen most.
    """
    part = pixels[place.top() : place.bottom() + 1, place.left() : place.right() + 1]
    if part.size < 3 * _LEAST_TEXT_PX**2:
        return 1.0
    colors, counts = np.unique(part.reshape(-1, 3), axis=0, return_counts=True)
    names = [QColor(*map(int, color)).name() for color in colors]
    ground = names[int(counts.argmax())]
    return max(contrast(ground, name) for name in names)


def _said(part: QWidget) -> str:
    text = part.text() if isinstance(part, QLabel | QAbstractButton) else ""
    return f"{type(part).__name__} {text or part.accessibleName()}"


def _squeezed(part: QWidget) -> str:
    """Return by how much a part has less room than it says that it needs; empty if it has it."""
    if isinstance(part, QLabel):
        return ""  # ``cut_texts`` knows how they wrap
    least = part.minimumSizeHint().boundedTo(part.maximumSize())
    if part.width() >= least.width() and part.height() >= least.height():
        return ""
    has, needs = (f"{size.width()}x{size.height()}" for size in (part.size(), least))
    return f"squeezed, {has} for {needs}: {_said(part)}"


def _hides_words(field: QLineEdit) -> bool:
    option = QStyleOptionFrame()
    field.initStyleOption(option)
    style = field.style()
    assert style is not None
    room = style.subElementRect(QStyle.SubElement.SE_LineEditContents, option, field)
    words = field.displayText() or field.placeholderText()
    return field.fontMetrics().horizontalAdvance(words) > room.width()


def _is_beyond(part: QWidget, window: QWidget) -> bool:
    """Return whether a frame around a part hides some of it that no scrolling brings."""
    around = part.parentWidget()
    while around is not None:
        shown = QRect(part.mapTo(around, part.rect().topLeft()), part.size())
        room = around.rect().adjusted(-_TOUCH_PX, -_TOUCH_PX, _TOUCH_PX, _TOUCH_PX)
        if not room.contains(shown):
            return not _scrolls_to(around, shown)
        if around is window or around.isWindow():
            break
        around = around.parentWidget()
    return False


def _scrolls_to(frame: QWidget, shown: QRect) -> bool:
    area = frame.parentWidget()
    if not isinstance(area, QScrollArea) or area.viewport() is not frame:
        return False
    bar = area.horizontalScrollBar()
    is_row = bar is not None and bar.isVisible()
    return is_row or (shown.left() >= 0 and shown.right() <= frame.width())


def _place(part: QWidget, window: QWidget) -> QRect:
    """Return where a part is seen in a window; empty where it is scrolled away."""
    place = QRect(part.mapTo(window, part.rect().topLeft()), part.size())
    around = part.parentWidget()
    while around is not None and window.isAncestorOf(around):
        place &= QRect(around.mapTo(window, around.rect().topLeft()), around.size())
        around = around.parentWidget()
    return place & window.rect()


def _overlaps(parts: Sequence[QWidget], window: QWidget) -> list[str]:
    """Return the pairs of which one covers some of the other."""
    places = [(part, _place(part, window)) for part in parts]
    return [
        f"overlap: {_said(one)} and {_said(other)}"
        for (one, place), (other, its) in combinations(places, 2)
        if min(place.intersected(its).width(), place.intersected(its).height()) > _TOUCH_PX
        and not one.isAncestorOf(other)
        and not other.isAncestorOf(one)
        and one.window() is other.window()
    ]


def _framed(window: QWidget) -> list[str]:
    """Return what shows the keyboard's frame after a touch, which tells a finger nothing."""
    touched = [part for part in controls(window) if not isinstance(part, QLineEdit)]
    by_touch = Qt.FocusPolicy.ClickFocus.value
    return [
        f"a touch gives it the focus: {_said(part)}"
        for part in touched
        if part.focusPolicy().value & by_touch
    ]


def _small(window: QWidget, target_px: int) -> list[str]:
    targets = [*controls(window), *(b for b in window.findChildren(QComboBox) if b.isVisible())]
    return [
        f"small, {target.width()}x{target.height()}: {_said(target)}"
        for target in targets
        if min(target.width(), target.height()) < target_px
        and not isinstance(target.parentWidget(), QComboBox)
    ]
