"""Buttons that tell the session something, in rows; each is lit only while it is possible."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from PyQt6.QtCore import QSize, pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QWidget

from ui.theme import GAP_PX, Role
from ui.widgets.buttons import Button, Kind
from ui.widgets.even_flow import EvenFlow
from ui.widgets.labels import Label
from ui.words import _

_TALLEST_PX = 84
_REPEATED = frozenset({"extend", "note"})
"""Only these mean the same when they are touched again at once."""
_ANCHORS = frozenset({"dose_start", "last_device", "delivery_end"})


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to tell the session.

    Attributes
    ----------
    event : str
        Its name in the session's language; no event where it only marks something.
    text, icon_name : str
        What the button shows.
    facts : Mapping[str, object]
        What the event carries.
    """

    event: str
    text: str
    icon_name: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)


class ActionButton(Button):
    """A button for an action or, in the same place, for the one that takes it back.

    Parameters
    ----------
    action : Action
        What it does.
    back : Action | None
        What it does instead while ``action`` is impossible and this is possible.
    """

    asked = pyqtSignal(str, dict)

    def __init__(self, action: Action, back: Action | None = None) -> None:
        super().__init__(action.text, icon_name=action.icon_name)
        self.setMaximumHeight(_TALLEST_PX)
        self.setProperty("action", "true")
        self._both = (action, back)
        self._now = action
        self._narrow = False
        self.clicked.connect(lambda: self.asked.emit(self._now.event, dict(self._now.facts)))
        self.setEnabled(False)
        if action.event not in _REPEATED:
            self.take_double_as_one()

    def follow(self, can: frozenset[str]) -> None:
        """Offer what is possible now."""
        action, back = self._both
        turned = back is not None and action.event not in can and back.event in can
        self._now = back if turned and back is not None else action
        self.say(self._now.text, "" if self._narrow else self._now.icon_name)
        self.setEnabled(self._now.event in can)

    def sizeHint(self) -> QSize:
        """Return a size in which both of its texts fit, so that nothing moves as it turns."""
        metrics = self.fontMetrics()
        widest = max(metrics.horizontalAdvance(a.text) for a in self._both if a is not None)
        more = widest - metrics.horizontalAdvance(self.text())
        return super().sizeHint() + QSize(more, 0)

    def event_name(self) -> str:
        """Return the event that a press would send."""
        return self._now.event

    def fit(self, *, narrow: bool) -> None:
        """Leave the icon out where there is no room for it."""
        self._narrow = narrow
        self.show_icon("" if narrow else self._now.icon_name)


class ActionRow(QWidget):
    """A caption and a few actions of equal width, in two rows where their words need it."""

    asked = pyqtSignal(str, dict)

    def __init__(self, caption: str, buttons: tuple[ActionButton, ...]) -> None:
        super().__init__()
        self._buttons = buttons
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_PX)
        self._caption = Label(caption, Role.CAPTION)
        self._caption.setMinimumWidth(92)
        row.addWidget(self._caption)
        flow = EvenFlow(GAP_PX)
        for button in buttons:
            button.asked.connect(self.asked)
            flow.addWidget(button)
        row.addLayout(flow, 1)

    def buttons(self) -> tuple[ActionButton, ...]:
        """Return its buttons, from left to right."""
        return self._buttons

    def follow(self, can: frozenset[str]) -> None:
        """Light what is possible now."""
        for button in self._buttons:
            button.follow(can)

    def fit(self, *, narrow: bool) -> None:
        """Leave caption and icons out where it is narrow: the buttons say what they are."""
        self._caption.setVisible(not narrow)
        for button in self._buttons:
            button.fit(narrow=narrow)


class AnchorRow(ActionRow):
    """The row of what staff do to the dose; it times the session.

    It shows what this session's route knows, each in its place from the first second to the
    last: no pump where there is none, and nothing that comes or goes. What comes next is marked.
    """

    def __init__(self) -> None:
        self._by_name = {
            "dose_start": ActionButton(Action("dose_start", _("Dose started"), "syringe")),
            "last_device": ActionButton(Action("last_device", _("Last device given"), "droplet")),
            "pump_paused": ActionButton(
                Action("pump_paused", _("Pump paused"), "circle-pause"),
                Action("pump_resumed", _("Pump resumed"), "circle-play"),
            ),
            "pump_stopped_early": ActionButton(
                Action("pump_stopped_early", _("Stopped early"), "circle-stop")
            ),
            "delivery_end": ActionButton(Action("delivery_end", _("Delivery ended"), "flag")),
        }
        super().__init__(_("Treatment"), tuple(self._by_name.values()))

    def follow_route(self, can: frozenset[str], anchors: Collection[str], *, pump: bool) -> None:
        """Show what the route knows, light what is possible now, mark what comes next.

        Parameters
        ----------
        can : frozenset[str]
            Events that are possible now.
        anchors : Collection[str]
            Anchors that the route uses, set or not.
        pump : bool
            A pump delivers the dose.
        """
        self.follow(can)
        for name, button in self._by_name.items():
            button.setVisible(name in anchors or (pump and name.startswith("pump")))
            comes_next = button.event_name() in can & _ANCHORS
            button.set_kind(Kind.NEXT if comes_next else Kind.QUIET)


def music_row() -> ActionRow:
    """Return the row of what staff do to the course of the music."""
    hold = ActionButton(
        Action("hold", _("Hold here"), "pause"), Action("resume", _("Go on"), "play")
    )
    extend = ActionButton(Action("extend", _("+5 min"), "timer-reset", {"minutes": 5}))
    back = ActionButton(Action("start_return", _("Start return"), "sunset"))
    following = ActionButton(Action("next_track", _("Next track"), "skip-forward"))
    return ActionRow(_("Music"), (hold, extend, back, following))


def marks_row() -> ActionRow:
    """Return the row of marks: one touch puts a moment into the record."""
    words = (_("Moved"), _("Spoke"), _("Tearful"), _("Nausea"), _("BP taken"))
    marks = (ActionButton(Action("note", word, facts={"text": word})) for word in words)
    return ActionRow(_("Mark"), tuple(marks))
