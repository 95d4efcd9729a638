"""What tests of the windows share: the theme on, and ways to look at widgets."""

from PyQt6.QtCore import QEvent, QPoint, QPointF, Qt
from PyQt6.QtGui import QColor, QMouseEvent
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPushButton, QWidget

from ui.theme import Look, apply_theme


def themed(look: Look | None = None) -> None:
    """Give the running application the theme: without it every target is too small."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply_theme(app, look)


def relative_luminance(color: QColor) -> float:
    """Return WCAG 2.2's relative luminance of a color, 0-1."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(part) for part in (color.redF(), color.greenF(), color.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return WCAG 2.2's contrast ratio of two colors, 1-21."""
    dark, light = sorted(relative_luminance(QColor(color)) for color in (one, other))
    return (light + 0.05) / (dark + 0.05)


def controls(window: QWidget) -> list[QWidget]:
    """Return the visible controls that a finger may meet."""
    kinds = (QAbstractButton, QLineEdit)
    return [w for w in window.findChildren(QWidget) if isinstance(w, kinds) and w.isVisible()]


def nameless(window: QWidget) -> list[QWidget]:
    """Return the visible widgets that take the focus and have no accessible name."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not widget.accessibleName()
    ]


def resize(window: QWidget, width: int, height: int) -> None:
    """Give a window a size, and let everything in it be laid out."""
    window.resize(width, height)
    for _round in range(3):  # a page rearranges itself, then its parts, then theirs
        QApplication.processEvents()
    assert window.width() == width


def cut_texts(window: QWidget) -> list[str]:
    """Return the texts of visible labels and buttons that are wider or higher than their place.

    Buttons that paint themselves break their lines as they like; their least size tells.
    """
    cut = []
    for widget in window.findChildren(QWidget):
        if not isinstance(widget, QLabel | QPushButton) or not widget.isVisible():
            continue
        metrics = widget.fontMetrics()
        if isinstance(widget, QLabel) and widget.wordWrap():
            if widget.heightForWidth(widget.width()) > widget.height():
                cut.append(widget.text())
        elif metrics.horizontalAdvance(widget.text()) > widget.contentsRect().width():
            cut.append(widget.text())
    return cut


LEFT = Qt.MouseButton.LeftButton
# PyQt6's stubs of QTest take its functions for methods.


def click(widget: QWidget, button: Qt.MouseButton = LEFT, at: QPoint | None = None) -> None:
    """Press and release a mouse button on a widget; None is its middle."""
    QTest.mouseClick(widget, button, pos=at or widget.rect().center())  # type: ignore[call-overload]


def double_click(widget: QWidget, *, first: QWidget | None = None) -> None:
    """Click twice in a moment, as the window system tells it.

    Parameters
    ----------
    widget : QWidget
        Takes the second click.
    first : QWidget | None
        Took the first, where the other appeared in its place by it.
    """
    kind = QEvent.Type
    told = (
        (kind.MouseButtonPress, first or widget),
        (kind.MouseButtonRelease, first or widget),
        (kind.MouseButtonDblClick, widget),
        (kind.MouseButtonRelease, widget),
    )
    for type_, target in told:
        middle = QPointF(target.rect().center())
        held = Qt.MouseButton.NoButton if type_ is kind.MouseButtonRelease else LEFT
        event = QMouseEvent(type_, middle, LEFT, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(target, event)


def press(widget: QWidget, button: Qt.MouseButton = LEFT, at: QPoint | None = None) -> None:
    """Press a mouse button on a widget and hold it; None is its middle."""
    QTest.mousePress(widget, button, pos=at or widget.rect().center())  # type: ignore[call-overload]


def release(widget: QWidget, button: Qt.MouseButton = LEFT, at: QPoint | None = None) -> None:
    """Release a mouse button over a widget; None is its middle."""
    QTest.mouseRelease(widget, button, pos=at or widget.rect().center())  # type: ignore[call-overload]


def slide(widget: QWidget, to: QPoint) -> None:
    """Move the pressed mouse to a place relative to a widget."""
    QTest.mouseMove(widget, to)  # type: ignore[call-overload]


def press_key(widget: QWidget, key: Qt.Key) -> None:
    """Press a key and hold it."""
    QTest.keyPress(widget, key)  # type: ignore[call-overload]


def strike_key(widget: QWidget, key: Qt.Key) -> None:
    """Press and release a key."""
    QTest.keyClick(widget, key)  # type: ignore[call-overload]


def release_key(widget: QWidget, key: Qt.Key) -> None:
    """Release a key that was held."""
    QTest.keyRelease(widget, key)  # type: ignore[call-overload]
