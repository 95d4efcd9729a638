"""One calm question after the choice: what the patient hopes for; nothing has to be answered."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QLineEdit, QVBoxLayout

from ui.presets.choice import PRIVATE, SHARED, SKIPPED
from ui.presets.pictured import Pictured
from ui.theme import GAP_PX, PATIENT_TARGET_PX, Role
from ui.widgets.buttons import Button
from ui.widgets.even_flow import EvenFlow
from ui.widgets.labels import Label
from ui.words import _

LONGEST_CHARS = 500


class IntentionPage(Pictured):
    """Asks, and says what was answered: ``SHARED``, ``PRIVATE`` or ``SKIPPED``, and the words.

    Words can be typed only where a visit is prepared to keep them. The keyboard is the tablet's
    own; who has none tells their nurse, which the same button says.
    """

    answered = pyqtSignal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.heading.setText(_("What do you hope for today?"))
        self.line = Label("", Role.BODY, wraps=True)
        self.line.setProperty("patient", "true")
        self.words = QLineEdit()
        self.words.setMaxLength(LONGEST_CHARS)
        self.words.setMinimumHeight(PATIENT_TARGET_PX)
        self.words.setPlaceholderText(_("Write here"))
        self.words.setAccessibleName(_("What you hope for"))
        self.share = Button(_("Share with my nurse"))  # none leads: it is theirs to say
        self.keep = Button(_("Keep it to myself"))
        self.skip = Button(_("Skip this"))
        self._column = QVBoxLayout(self)
        self._lay_out()
        self.words.returnPressed.connect(lambda: self._answer(SHARED))
        buttons = ((self.share, SHARED), (self.keep, PRIVATE), (self.skip, SKIPPED))
        for button, answer in buttons:
            button.clicked.connect(lambda _on=False, answer=answer: self._answer(answer))

    def ask(self, *, may_type: bool) -> None:
        """Ask anew, with nothing typed yet."""
        self.forget()
        self.allow(answers=True)
        self.words.setVisible(may_type)
        spoken = _("You can tell your nurse, or keep it to yourself.")
        typed = _(
            "You can write a few words, tell your nurse, or keep it to yourself. "
            "Only those who care for you can read it."
        )
        self.line.setText(typed if may_type else spoken)
        self._fit()

    def forget(self) -> None:
        """Keep nothing of what was typed."""
        self.words.clear()

    def allow(self, *, answers: bool) -> None:
        """Take answers, or none while one is being kept."""
        for part in (self.words, self.share, self.keep, self.skip):
            part.setEnabled(answers)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Lay everything out for the new size."""
        self._fit()
        super().resizeEvent(event)

    def _fit(self) -> None:
        """Use the width where it is narrow; what explains gives way where it would not fit."""
        side = self.side_px()
        self._column.setContentsMargins(side, side // 2, side, 36)
        self.line.show()
        self._column.activate()
        self.line.setVisible(self._column.totalHeightForWidth(self.width()) <= self.height())

    def _answer(self, answer: str) -> None:
        text = " ".join(self.words.text().split()) if answer == SHARED else ""
        self.answered.emit(answer, text)

    def _lay_out(self) -> None:
        flow = EvenFlow(GAP_PX)
        for button in (self.share, self.keep, self.skip):
            flow.addWidget(button)
        self._column.setSpacing(16)
        self._column.addStretch(1)
        for part in (self.heading, self.line, self.words):
            self._column.addWidget(part)
        self._column.addLayout(flow)
