"""The arc that is being drawn: one model behind the picture, the table and the keys."""

from PyQt6.QtCore import QObject, pyqtSignal

from ui.builder.arc_draft import Knot, added, moved, removed
from ui.builder.steps import Steps


class ArcEdit(QObject):
    """Holds the points, which of them is chosen, and how they were before.

    ``changed`` says that points are others; ``chosen`` that another one is meant.
    """

    changed = pyqtSignal()
    chosen = pyqtSignal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.knots: tuple[Knot, ...] = (Knot(0.0, 0.0), Knot(1.0, 0.0))
        self.number = 0
        self._steps: Steps[tuple[Knot, ...]] = Steps()

    @property
    def knot(self) -> Knot:
        """The point that is chosen."""
        return self.knots[self.number]

    def begin(self, knots: tuple[Knot, ...]) -> None:
        """Take other points, with no past."""
        self.knots, self.number = knots, 0
        self._steps.forget()
        self.changed.emit()
        self.chosen.emit(0)

    def choose(self, number: int) -> None:
        """Mean another point."""
        number = min(max(number, 0), len(self.knots) - 1)
        if number != self.number:
            self.number = number
            self.chosen.emit(number)

    def move(self, to: Knot, *, keep: bool = True) -> None:
        """Move the point that is chosen; ``keep`` makes it a step that can be undone."""
        self._show(moved(self.knots, self.number, to), keep=keep)

    def keep(self) -> None:
        """Remember how it is now, before something is dragged."""
        self._steps.keep(self.knots)

    def add(self) -> None:
        """Put a point in the middle after the one that is chosen, and choose it."""
        knots = added(self.knots, self.number)
        if knots != self.knots:
            self._show(knots)
            self.choose(self.number + 1)

    def remove(self) -> None:
        """Take the point that is chosen away."""
        self._show(removed(self.knots, self.number))

    def undo(self) -> None:
        """Take the last step back."""
        if self._steps.can_undo:
            self._put(self._steps.undo(self.knots))

    def redo(self) -> None:
        """Take the step again that was taken back."""
        if self._steps.can_redo:
            self._put(self._steps.redo(self.knots))

    def _show(self, knots: tuple[Knot, ...], *, keep: bool = True) -> None:
        if knots == self.knots:
            return
        if keep:
            self.keep()
        self._put(knots)

    def _put(self, knots: tuple[Knot, ...]) -> None:
        self.knots = knots
        number = min(self.number, len(knots) - 1)
        self.changed.emit()
        if number != self.number:
            self.number = number
            self.chosen.emit(number)
