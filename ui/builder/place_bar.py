"""What can be done with one place of the plan: lock, swap, hear its join, shape it."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QWidget

from ui.builder.halves import slim
from ui.builder.join_words import join_text
from ui.builder.plan_view import Block
from ui.theme import GAP_PX
from ui.widgets.buttons import Button
from ui.words import _


class PlaceBar(QWidget):
    """Speaks for the place that is chosen in the playlist."""

    lock_asked = pyqtSignal(object)
    swap_asked = pyqtSignal(object)
    join_asked = pyqtSignal(object)
    shape_asked = pyqtSignal(object)

    def __init__(self) -> None:
        super().__init__()
        self._block: Block | None = None
        self.lock = Button("", icon_name="lock-open", name=_("Lock it in its place"))
        self.swap = Button("", icon_name="arrow-left-right", name=_("Take another track"))
        self.join = Button("", icon_name="play", name=_("Hear the join"))
        self.shape = Button(_("No join"), icon_name="blend")
        self.shape.setToolTip(_("Shape the join (F)"))
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
        row.addWidget(self.shape, 3)
        self.lock.clicked.connect(lambda: self.lock_asked.emit(self._block))
        self.swap.clicked.connect(lambda: self.swap_asked.emit(self._block))
        self.join.clicked.connect(lambda: self.join_asked.emit(self._block))
        self.shape.clicked.connect(lambda: self.shape_asked.emit(self._block))
        self.show_block(None)

    def show_heard(self, is_heard: bool) -> None:  # noqa: FBT001 - a slot
        """Show whether a join is heard."""
        self.join.show_icon("pause" if is_heard else "play")

    def show_block(self, block: Block | None) -> None:
        """Speak for another place; None is none."""
        self._block = block
        join = None if block is None else block.join
        self.lock.setEnabled(block is not None)
        self.swap.setEnabled(block is not None)
        self.join.setEnabled(join is not None)
        self.shape.setEnabled(join is not None)
        is_locked = block is not None and block.locked
        self.lock.setChecked(is_locked)
        self.lock.show_icon("lock" if is_locked else "lock-open")
        absent = _("Join") if block is None else _("No join")
        text = absent if join is None else join_text(join)
        self.shape.setText(text)
        self.shape.setAccessibleName(_("Shape the join: {join}").format(join=text))
