"""What the patient takes home: the sheet as it will be printed, and the follow-up's calendar."""

from collections.abc import Callable
from pathlib import Path

from PyQt6.QtGui import QPixmap
from PyQt6.QtWidgets import QFileDialog, QLabel

from soundscape.visit.papers import Format, Look
from soundscape.visit.pdf import Paper
from soundscape.visit.words import languages
from ui.care.care import Care
from ui.care.cases import Case
from ui.care.sheets import picture_of, print_sheet
from ui.theme import GAP_PX, Role
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.choices import Choices
from ui.widgets.even_flow import EvenFlow
from ui.widgets.fields import captioned
from ui.widgets.labels import Label
from ui.words import LANGUAGES, _, language

PREVIEW_PX = 420
_PAPERS = {str(Paper.A4): "A4", str(Paper.LETTER): "Letter"}


def ask_where(name: str) -> Path | None:
    """Return where staff want a file; None where they changed their mind."""
    chosen, _filter = QFileDialog.getSaveFileName(None, _("Save"), str(Path.home() / name))
    return Path(chosen) if chosen else None


class GoingHome(Card):
    """Shows, saves and prints; nothing of it is kept here, as it names the patient's intention.

    Parameters
    ----------
    care : Care
        Makes the papers.
    where : Callable[[str], Path | None]
        Asks where to save; tests hand in their own.
    """

    def __init__(self, care: Care, where: Callable[[str], Path | None] = ask_where) -> None:
        super().__init__(_("Going home"), Role.SECTION)
        self._care, self.where = care, where
        self._case: Case | None = None
        self._pdf = b""
        self.language = Choices(_("Language"), {code: LANGUAGES[code] for code in languages()})
        self.paper = Choices(_("Paper"), _PAPERS)
        self.show_ = Button(_("Show the sheet"), icon_name="eye")
        self.save = Button(_("Save"), icon_name="save")
        self.print_ = Button(_("Print"), icon_name="printer")
        self.calendar = Button(_("Calendar file"), icon_name="calendar")
        self.says = Label("", Role.MUTED, wraps=True)
        self.says.hide()
        self.preview = QLabel()
        self.preview.setAccessibleName(_("The sheet to take home"))
        self.preview.hide()
        self.language.choose(language())
        self.paper.choose(str(Paper.A4))
        acts = EvenFlow(GAP_PX)
        for button, act in (
            (self.show_, self._show), (self.save, self._save),
            (self.print_, self._print), (self.calendar, self._save_calendar),
        ):  # fmt: skip
            button.setProperty("action", "true")
            button.clicked.connect(lambda _on=False, act=act: act())
            acts.addWidget(button)
        for part in (self.language, self.paper):
            part.chosen.connect(lambda _value: self._forget())
            self.body.addWidget(captioned(part))
        self.body.addLayout(acts)
        self.body.addWidget(self.says)
        self.body.addWidget(self.preview)

    def show_case(self, case: Case) -> None:
        """Make papers of this visit."""
        self._case = case

    def look(self) -> Look:
        """Return the language and the paper that are chosen."""
        return Look(self.language.value(), Paper(self.paper.value()))

    def _forget(self) -> None:
        self.preview.hide()
        self.says.hide()

    def _say(self, words: str) -> None:
        self.says.setText(words)
        self.says.show()

    def _made(self, kind: Format, use: Callable[[bytes], None]) -> None:
        if self._case is not None:
            self._care.paper(self._case, kind, self.look(), use)

    def _show(self) -> None:
        self._made(Format.PDF, self._show_picture)

    def _show_picture(self, pdf: bytes) -> None:
        picture = picture_of(pdf, PREVIEW_PX, self.devicePixelRatioF())
        self.preview.setPixmap(QPixmap.fromImage(picture))
        self.preview.show()

    def _save(self) -> None:
        self._save_as(Format.PDF, _("Take home.pdf"))

    def _save_calendar(self) -> None:
        self._save_as(Format.ICS, _("Follow-up.ics"))

    def _save_as(self, kind: Format, name: str) -> None:
        path = self.where(name)
        if path is not None:
            self._made(kind, lambda content: self._write(path, content))

    def _write(self, path: Path, content: bytes) -> None:
        try:
            path.write_bytes(content)
        except OSError as error:
            self._say(f"{path.name}: {error.strerror}.")
            return
        self._say(_("Saved as {path}.").format(path=path))

    def _print(self) -> None:
        paper = self.look().paper
        self._made(Format.PDF, lambda pdf: self._say(print_sheet(pdf, paper)))
