"""What can be done with one place of the plan: lock, swap, hear its join, shape its crossfade."""

from PyQt6.QtCore import QSignalBlocker, pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QWidget

from ui.builder.halves import slim
from ui.builder.plan_view import Block
from ui.theme import GAP_PX
from ui.widgets.buttons import Button
from ui.widgets.stepper import Stepper
from ui.words import _

FADES_S = range(2, 21, 1)
"""Seconds of crossfade; the solver holds them to the same."""


class PlaceBar(QWidget):
    """Speaks for the place that is chosen in the playlist."""

    lock_asked = pyqtSignal(object)
    swap_asked = pyqtSignal(object)
    join_asked = pyqtSignal(object)
    fade_asked = pyqtSignal(object, int)

    def __init__(self) -> None:
        super().__init__()
        self._block: Block | None = None
        self.lock = Button("", icon_name="lock-open", name=_("Lock it in its place"))
        self.swap = Button("", icon_name="arrow-left-right", name=_("Take another track"))
        self.join = Button("", icon_name="blend", name=_("Hear the join"))
        self.fade = Stepper(
            _("Crossfade"), FADES_S, lambda length: _("{count} s").format(count=length)
        )
        self.fade.setToolTip(
            _("How long the crossfade into this track lasts; it keeps its loudness throughout.")
        )
        self.lock.setCheckable(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_PX)
        for button, tip in (
            (self.lock, _("Lock it in its place (L)")),
            (self.swap, _("Take another track (S)")),
            (self.join, _("Hear the join (J)")),
        ):
            button.setToolTip(tip)
            row.addWidget(slim(button), 1)
        slim(*self.fade.findChildren(Button))
        row.addWidget(self.fade, 2)
        self.lock.clicked.connect(lambda: self.lock_asked.emit(self._block))
        self.swap.clicked.connect(lambda: self.swap_asked.emit(self._block))
        self.join.clicked.connect(lambda: self.join_asked.emit(self._block))
        self.fade.changed.connect(lambda length: self.fade_asked.emit(self._block, length))
        self.show_block(None)

    def show_block(self, block: Block | None) -> None:
        """Speak for another place; None is none."""
        self._block = block
        has_join = block is not None and block.fade_s is not None
        self.lock.setEnabled(block is not None)
        self.swap.setEnabled(block is not None)
        self.join.setEnabled(block is not None)
        self.fade.setEnabled(has_join)
        is_locked = block is not None and block.locked
        self.lock.setChecked(is_locked)
        self.lock.show_icon("lock" if is_locked else "lock-open")
        if block is not None and block.fade_s is not None:
            with QSignalBlocker(self.fade):
                self.fade.set_value(round(block.fade_s))
