"""The top of the desk: whose session, where it stands, and whether all links hold."""

from PyQt6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from soundscape.clock import Clock
from soundscape.engine.sinks import Sink
from ui.bridge import Status
from ui.desk.readings import UNKNOWN, ends_text, in_phase_text, signed_text, span_text, title_text
from ui.theme import Color, Role
from ui.widgets.labels import IconLabel, Label
from ui.words import _, phase_title

NO_SOUND = "null"
"""What a session's output is called that goes nowhere."""

LONGEST_TITLE = 28
"""Characters of a device's title that are shown; drivers call things at length."""

_READINGS_APART_PX = 28
_LINKS_APART_PX = 18


class Reading(QWidget):
    """A caption over a number that does not jitter."""

    def __init__(self, caption: str, role: Role = Role.DIGITS) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._caption = Label(caption, Role.CAPTION)
        self._value = Label(UNKNOWN, role)
        column.addWidget(self._caption)
        column.addStretch(1)
        column.addWidget(self._value)

    def value(self) -> str:
        """Return what it shows."""
        return self._value.text()

    def descent_px(self) -> int:
        """Return how far its number reaches below the line that it stands on."""
        return self._value.fontMetrics().descent()

    def stand_on(self, descent_px: int) -> None:
        """Stand on one line with a number that reaches so far below it."""
        self._value.setContentsMargins(0, 0, 0, descent_px - self.descent_px())

    def say(self, value: str, caption: str = "") -> None:
        """Show a value, under another caption where one is given."""
        self._value.setText(value)
        if caption:
            self._caption.setText(caption)
        self.setAccessibleName(f"{self._caption.text()}: {value}")


class Link(QWidget):
    """An icon and a word: whether something that must hold does."""

    def __init__(self, icons: tuple[str, str], text: str) -> None:
        super().__init__()
        self._icons = icons
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self._icon = IconLabel(icons[0], Color.SAGE, size_px=20)
        self._text = Label(text, Role.CAPTION)
        row.addWidget(self._icon)
        row.addWidget(self._text)
        self._holds: bool | None = None

    def text(self) -> str:
        """Return what it says."""
        return self._text.text()

    def say(self, text: str, *, holds: bool) -> None:
        """Say how it is."""
        self._text.setText(text)
        self.setAccessibleName(text)
        if holds is not self._holds:
            self._holds = holds
            self._text.set_role(Role.CAPTION if holds else Role.WARNING)
            color = Color.SAGE if holds else Color.STOP_TEXT
            self._icon.show_icon(self._icons[0 if holds else 1], color)


class SessionHeader(QWidget):
    """Title, four readings and three links."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._headphones: Sink | None = None
        self.patient = Label("", Role.TITLE)
        self.title = Label("", Role.TITLE)
        self.elapsed = Reading(_("Elapsed"), Role.CLOCK)
        self.in_phase = Reading(_("In phase"), Role.CLOCK)
        self.ends = Reading(_("Ends about"))
        self.level = Reading(_("Level"))
        self.link = Link(("link", "unlink"), "")
        self.device = Link(("headphones", "headphone-off"), "")
        self.record = Link(("database", "triangle-alert"), "")
        self._outer = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._identity = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._lay_out_identity()
        self._outer.addLayout(self._identity, 1)
        self._readings = QHBoxLayout()
        self._second = QHBoxLayout()
        for reading in (self.elapsed, self.in_phase):
            self._readings.addWidget(reading)
        for reading in (self.ends, self.level):
            self._second.addWidget(reading)
        self._pairs = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for pair in (self._readings, self._second):
            pair.setSpacing(_READINGS_APART_PX)
            self._pairs.addLayout(pair)
        self._pairs.addStretch(1)
        self._outer.addLayout(self._pairs)

    def know(self, headphones: Sink | None) -> None:
        """Take what people call the chair's headphones; a session knows them by name only."""
        self._headphones = headphones

    def fit(self, width_px: int, *, narrow: bool) -> None:
        """Put the readings under the title where it is narrow, and part what is still too wide."""
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        names = (self.patient, self.title)
        title = max(name.sizeHint().width() for name in names if not name.isHidden())
        links = self._links_width()
        pairs = [pair.sizeHint().width() for pair in (self._readings, self._second)]
        readings = sum(pairs) + _READINGS_APART_PX
        narrow = narrow or max(title, links) + _READINGS_APART_PX + readings > width_px
        self._outer.setDirection(down if narrow else across)
        self._outer.setSpacing(10 if narrow else 0)
        beside = title + links + _READINGS_APART_PX <= width_px
        self._identity.setDirection(across if narrow and beside else down)
        self._links.setDirection(across if links <= width_px else down)
        one_line = not narrow or readings <= width_px
        self._pairs.setDirection(across if one_line else down)
        self._pairs.setSpacing(_READINGS_APART_PX if one_line else 6)
        self._align(one_line=one_line)

    def _align(self, *, one_line: bool) -> None:
        """Have the numbers that stand beside each other stand on one line."""
        pairs = (self.elapsed, self.in_phase), (self.ends, self.level)
        for beside in (sum(pairs, ()),) if one_line else pairs:
            lowest_px = max(reading.descent_px() for reading in beside)
            for reading in beside:
                reading.stand_on(lowest_px)

    def _links_width(self) -> int:
        """Return the width in pixels of all links in one line."""
        links = (self.link, self.device, self.record)
        return sum(link.sizeHint().width() for link in links) + 2 * _LINKS_APART_PX

    def show_status(self, status: Status) -> None:
        """Show where the session stands."""
        self._show_patient(str(status.get("patient", "")))
        self.title.setText(title_text(str(status["title"])))
        self.elapsed.say(span_text(status["t_s"]))
        phase = _("In {phase}").format(phase=phase_title(str(status["phase"])))
        self.in_phase.say(in_phase_text(status), phase)
        self.ends.say(ends_text(status, self._clock))
        self.level.say(
            signed_text(float(status["level_lu"]) + float(status["volume_lu"]), 1) + " LU"
        )
        self.link.say(_("Session"), holds=True)
        device = status["device"]
        ok = device["state"] == "ok"
        self.device.say(self.called(str(device["name"])) if ok else _("Headphones lost"), holds=ok)
        kept = status["record"]["state"] == "ok"
        self.record.say(_("Record") if kept else _("Record only in memory"), holds=kept)

    def show_lost(self) -> None:
        """Say that the session does not answer; the numbers stay as they were."""
        self.link.say(_("No link to the session"), holds=False)

    def show_over(self) -> None:
        """Say that the session has ended, as it should."""
        self.link.say(_("Session ended"), holds=True)

    def _show_patient(self, alias: str) -> None:
        """Say whose session it is, before what it is."""
        self.patient.setText(alias)
        self.patient.setVisible(bool(alias))
        self.title.set_role(Role.MUTED if alias else Role.TITLE)

    def called(self, name: str) -> str:
        """Return what people call the session's headphones, as far as that is known."""
        known = self._headphones
        if name == NO_SOUND:
            return _("No sound, a rehearsal")
        title = known.title if known is not None and known.name == name else name
        return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}\u2026"

    def _lay_out_identity(self) -> None:
        self._links = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._links.setSpacing(_LINKS_APART_PX)
        for link in (self.link, self.device, self.record):
            self._links.addWidget(link)
        self._links.addStretch(1)
        self._whose = QVBoxLayout()
        self._whose.setSpacing(0)
        for name in (self.patient, self.title):
            self._whose.addWidget(name)
        self._identity.setSpacing(4)
        self._identity.addLayout(self._whose, 1)
        self._identity.addLayout(self._links)
