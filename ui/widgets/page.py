"""A page that fits the width it is given, and scrolls by a finger where it is too high."""

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtWidgets import QBoxLayout, QLayout, QScrollArea, QScroller, QWidget

LEAST_WIDTH_PX = 480


def empty(layout: QLayout) -> None:
    """Take every widget out of a layout, at once for the eye and soon for the memory."""
    while layout.count():
        item = layout.takeAt(0)
        old = item.widget() if item else None
        if old is not None:
            old.hide()
            old.deleteLater()


class Page(QWidget):
    """A page of a window; it rearranges itself for its width, in its ``resizeEvent``.

    It can hold the focus itself, so that no button is lit before a key asks for it.

    Parameters
    ----------
    name : str
        What a screen reader says.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def minimumSizeHint(self) -> QSize:
        """Return the height that is needed; a width that is too small rearranges the page."""
        return QSize(LEAST_WIDTH_PX, self.heightForWidth(max(LEAST_WIDTH_PX, self.width())))

    def heightForWidth(self, width: int) -> int:
        """Return the least height at a width, not the most pleasant: a page scrolls last."""
        layout = self.layout()
        if layout is None or not layout.hasHeightForWidth():
            return super().minimumSizeHint().height()
        return layout.minimumHeightForWidth(width)

    def lay_out_in(self, layout: QBoxLayout) -> None:
        """Take the page's outermost layout, without its veto against a smaller width."""
        self.setLayout(layout)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)

    def settle(self) -> None:
        """Lay out at once what has been rearranged, so that no wrong picture shows between."""
        layout = self.layout()
        if layout is not None:
            layout.activate()

    def scrolling(self) -> QScrollArea:
        """Return the page in an area that scrolls."""
        area = QScrollArea()
        area.setWidget(self)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        viewport = area.viewport()
        if viewport is not None:
            QScroller.grabGesture(viewport, QScroller.ScrollerGestureType.TouchGesture)
        return area
