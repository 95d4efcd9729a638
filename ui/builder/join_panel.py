"""How one track hands over to the next: its length by a finger or keys, its shape, a breath."""

from collections.abc import Callable
from dataclasses import replace

from PyQt6.QtCore import QSignalBlocker, pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from playlists.solver.layout import FADE_RANGE_S, GAP_RANGE_S, kept_join
from soundscape.session.plan import Join
from soundscape.units import Seconds
from ui.builder.halves import slim
from ui.builder.join_view import JoinView
from ui.builder.join_words import Way, in_way, meaning, seconds_text, titles, way_of
from ui.builder.plan_view import Block
from ui.theme import GAP_PX, Role
from ui.widgets.buttons import Button
from ui.widgets.choices import Choices
from ui.widgets.even_flow import EvenFlow
from ui.widgets.fields import captioned
from ui.widgets.labels import Label
from ui.widgets.stepper import Stepper
from ui.words import _


def _steps(range_s: tuple[Seconds, Seconds]) -> range:
    return range(round(range_s[0]), round(range_s[1]) + 1)


class JoinPanel(QWidget):
    """Shapes the join into a track; ``wished`` carries its ``Block`` and the ``Join`` wanted."""

    wished = pyqtSignal(object, object)
    hear_asked = pyqtSignal(object)
    hear_all_asked = pyqtSignal(object)
    left = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self._block: Block | None = None
        self._before = ""
        self.heading = Label("", Role.TITLE, wraps=True)
        self.state = Label("", Role.MUTED, wraps=True)
        self.view = JoinView()
        self.ways = Choices(_("Shape"), titles())
        self.length = Stepper(_("Length of the fade"), _steps(FADE_RANGE_S), seconds_text)
        self.gap = Stepper(_("Silence"), _steps(GAP_RANGE_S), seconds_text)
        self.hear = Button(_("Listen"), icon_name="play")
        self.hear.setToolTip(_("Hear the join (J)"))
        self.hear_all = Button(_("All from here"), icon_name="skip-forward")
        self.hear_all.setToolTip(_("Hear this join and all after it"))
        self.back = Button("", icon_name="arrow-left", name=_("Back"))
        self.back.setToolTip(_("Back"))
        for stepper in (self.length, self.gap):
            slim(*stepper.findChildren(Button))
        self._steppers = (captioned(self.length), captioned(self.gap))
        self._lay_out()
        self._wire()

    @property
    def needed_px(self) -> int:
        """The width in which no word is cut."""
        advance = self.hear.fontMetrics().horizontalAdvance
        longer = advance(_("Stop")) - advance(self.hear.text())
        buttons = (self.back, self.hear, self.hear_all)
        return sum(one.sizeHint().width() for one in buttons) + max(longer, 0) + 2 * GAP_PX

    @property
    def block(self) -> Block | None:
        """The track into which the join leads."""
        return self._block

    def show_join(self, block: Block, before: Block) -> None:
        """Show the join from one track into another; one without a join is not asked for."""
        self._block, self._before = block, before.title
        self.heading.setText(
            _("From {before} to {title}").format(before=before.title, title=block.title)
        )
        self._show(block)

    def show_heard(self, is_heard: bool) -> None:  # noqa: FBT001 - a slot
        """Show whether a join is heard."""
        words = (_("Stop"), "pause") if is_heard else (_("Listen"), "play")
        self.hear.say(*words)
        self.hear_all.setEnabled(not is_heard)

    def say(self, sentence: str) -> None:
        """Say why the join stays as it was, and show it so."""
        block = self._block
        if block is not None:
            self._show(block)
        self.state.setText(sentence)

    def _show(self, block: Block) -> None:
        join = block.join
        assert join is not None, "a session's first track has no join"  # noqa: S101
        self.view.show_join(join, (self._before, block.title))
        way = way_of(join)
        self.ways.choose(way)
        self.ways.buttons[Way.BREATH].setVisible(not block.begins)
        for part in (self.view, self.length):
            part.setEnabled(not block.begins)
        self._steppers[0].setVisible(not block.begins)
        self._steppers[1].setVisible(way is Way.BREATH)
        with QSignalBlocker(self.length), QSignalBlocker(self.gap):
            self.length.set_value(round(join.fade_s))
            self.gap.set_value(round(join.gap_s))
        whose = _("A phase begins here: its route says how long, and music comes at its second.")
        self.state.setText(f"{meaning(way)} {whose}" if block.begins else meaning(way))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_PX)
        column.addWidget(self.heading)
        column.addWidget(self.view, 8)
        column.addWidget(self.state)
        column.addWidget(self.ways)
        steppers = EvenFlow(2 * GAP_PX)
        for part in self._steppers:
            steppers.addWidget(part)
        column.addLayout(steppers)
        column.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP_PX)
        buttons.addWidget(slim(self.back))
        buttons.addWidget(self.hear)
        buttons.addWidget(self.hear_all)
        buttons.addStretch(1)
        column.addLayout(buttons)

    def _wire(self) -> None:
        self.view.asked.connect(self._set_length)
        self.length.changed.connect(self._set_length)
        self.gap.changed.connect(self._set_gap)
        self.ways.chosen.connect(self._set_way)
        self.hear.clicked.connect(lambda: self.hear_asked.emit(self._block))
        self.hear_all.clicked.connect(lambda: self.hear_all_asked.emit(self._block))
        self.back.clicked.connect(self.left)

    def _set_length(self, length_s: int) -> None:
        self._wish(lambda join: replace(join, fade_s=Seconds(float(length_s))))

    def _set_gap(self, length_s: int) -> None:
        self._wish(lambda join: replace(join, gap_s=Seconds(float(length_s))))

    def _set_way(self, way: str) -> None:
        self._wish(lambda join: in_way(join, Way(way)))

    def _wish(self, change: Callable[[Join], Join]) -> None:
        """Ask for another join, within what is allowed."""
        block = self._block
        if block is None or block.join is None:
            return
        wanted = change(block.join) if block.begins else kept_join(change(block.join))
        if wanted != block.join:
            self.wished.emit(block, wanted)
