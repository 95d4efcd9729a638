"""The settings: a list of matters, one page each; who may come in is asked first."""

from dataclasses import replace

from PyQt6.QtCore import QEvent, QObject, Qt, QTimer
from PyQt6.QtGui import QCloseEvent, QResizeEvent
from PyQt6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QButtonGroup,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from soundscape.clinic.roles import CONSOLE, Actor, is_permitted
from soundscape.clock import Clock, MachineClock
from soundscape.folders import DataFolder
from ui.settings.entrance import Entrance
from ui.settings.given import Given
from ui.settings.page import SettingsPage
from ui.settings.pages import NEEDS, PAGES, title_of
from ui.tasks import Jobs
from ui.theme import GAP_PX, Role, text_scale
from ui.widgets.buttons import Button
from ui.widgets.card_page import SIDE_PX
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.labels import Label
from ui.widgets.page import Page
from ui.widgets.sign_in import SignInPage
from ui.words import _

NARROW_PX = 900
LIST_PX = 258
IDLE_MS = 300_000
"""After this long without a touch the PIN is asked for again."""

_SIGNS_OF_LIFE = {QEvent.Type.MouseButtonPress, QEvent.Type.KeyPress, QEvent.Type.TouchBegin}


class SettingsWindow(QMainWindow):
    """Shows the pages of ``PAGES``; each is made when it is first opened.

    Parameters
    ----------
    folder : DataFolder
        The chair's data.
    clock : Clock | None
        None is the machine's.
    """

    def __init__(self, folder: DataFolder, *, clock: Clock | None = None) -> None:
        super().__init__()
        self._jobs = Jobs()
        self._given = Given(folder, clock or MachineClock(), CONSOLE, self._jobs, self.rebuild)
        self.entrance = Entrance(folder, self._given.clock)
        self.gate: SignInPage | None = None
        self._open = PAGES[0][0]
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(IDLE_MS)
        self._idle.timeout.connect(self.lock)
        self.entrance.opened.connect(self._let_in)
        self.entrance.changed.connect(self._ask)
        self.entrance.denied.connect(self._hear_denied)
        self.setObjectName("window")
        self.setWindowTitle(_("Settings"))
        self.resize(1280, 800)
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)
        self.lock()

    @property
    def is_open(self) -> bool:
        """Whether somebody is in, so that pages are shown."""
        return self._is_open

    def lock(self) -> None:
        """Show nothing until somebody has come in."""
        self._jobs.forget()
        self._is_open = False
        self.gate = None
        waiting = Label(_("One moment"), Role.MUTED)
        waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setCentralWidget(waiting)
        self.entrance.look()

    def open_page(self, name: str) -> None:
        """Show a page."""
        if name not in self._shown:
            self._made_pages[name] = self._made(name)
            self._shown[name] = self._framed(self._made_pages[name])
            self.pages.addWidget(self._shown[name])
        self.pages.setCurrentWidget(self._shown[name])
        self.page_of(name).setFocus()  # no button is lit before a key asks for it
        self.buttons[name].setChecked(True)
        self.box.setCurrentIndex(self.box.findData(name))
        self._open = name

    def page_of(self, name: str) -> QWidget:
        """Return a page that was opened."""
        return self._made_pages[name]

    def rebuild(self) -> None:
        """Build everything anew, as in another language, and stay on the page."""
        self._jobs.forget()
        self._build(self._open)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Fold the list into one line where it is narrow."""
        if self._is_open:
            self._arrange()
        super().resizeEvent(event)

    def closeEvent(self, event: QCloseEvent | None) -> None:
        """Hear no more of what is still under way."""
        self._jobs.forget()
        self.entrance.close()
        super().closeEvent(event)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Take notice that somebody is there."""
        if event is not None and event.type() in _SIGNS_OF_LIFE and self._idle.isActive():
            self._idle.start()
        return super().eventFilter(watched, event)

    def say_trouble(self, sentence: str) -> None:
        """Show a sentence beside the list of pages."""
        if self._is_open:
            self.trouble.setText(sentence)
            self.trouble.show()

    def _ask(self) -> None:
        """Ask for a name and a PIN."""
        self.gate = SignInPage(self.entrance)
        self.gate.left.connect(self.close)
        self.setCentralWidget(self.gate.scrolling())
        self.gate.setFocus()

    def _let_in(self, actor: Actor) -> None:
        self._given = replace(self._given, actor=actor)
        self._is_open = True
        self.gate = None
        if actor != CONSOLE:
            self._idle.start()
        self._build(self._open)

    def _hear_denied(self, why: str) -> None:
        """Show why nobody could be asked for a PIN; the gate itself shows all else."""
        waiting = self.centralWidget()
        if self.gate is None and isinstance(waiting, Label):
            waiting.setText(why)

    def _build(self, name: str) -> None:
        self.setWindowTitle(_("Settings"))
        self._made_pages: dict[str, QWidget] = {}
        self._shown: dict[str, QWidget] = {}
        self.pages = QStackedWidget()
        self.box = ChoiceBox(_("Settings"))
        self.trouble = Label("", Role.WARNING, wraps=True)
        self.trouble.hide()
        self.buttons = {page: Button(title_of(page)) for page, _factory in PAGES}
        together = QButtonGroup(self.pages)
        for page, button in self.buttons.items():
            button.setCheckable(True)
            button.setProperty("place", "true")
            button.clicked.connect(lambda _on=False, page=page: self.open_page(page))
            together.addButton(button)
            self.box.addItem(title_of(page), page)
        self.box.activated.connect(lambda place: self.open_page(self.box.itemData(place)))
        self._lay_out()
        self.open_page(name)

    def _lay_out(self) -> None:
        body = QWidget()
        self._outer = QBoxLayout(QBoxLayout.Direction.LeftToRight, body)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        self._list = QWidget()
        column = QVBoxLayout(self._list)
        column.setSpacing(GAP_PX)
        column.addWidget(Label(_("Settings"), Role.TITLE))
        for button in self.buttons.values():
            column.addWidget(button)
        column.addWidget(self.box)
        column.addWidget(self.trouble)
        column.addStretch(1)
        self._outer.addWidget(self._list)
        self._outer.addWidget(self.pages, 1)
        self.setCentralWidget(body)
        self._arrange()

    def _arrange(self) -> None:
        scale = text_scale(self.font())
        narrow = self.width() < NARROW_PX * max(scale, 1.0)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._outer.setDirection(down if narrow else across)
        for button in self.buttons.values():
            button.setVisible(not narrow)
        self.box.setVisible(narrow)
        self._list.setMinimumWidth(0 if narrow else round(LIST_PX * max(scale, 1.0)))
        beside = (0, 26, SIDE_PX, 24) if self.isRightToLeft() else (SIDE_PX, 26, 0, 24)
        margins = (SIDE_PX, 20, SIDE_PX, 0) if narrow else beside
        layout = self._list.layout()
        if layout is not None:
            layout.setContentsMargins(*margins)

    def _made(self, name: str) -> QWidget:
        """Return a page, or one that says whose it is."""
        need = NEEDS.get(name)
        if need is None or is_permitted(self._given.actor.role, need):
            return dict(PAGES)[name](self._given)
        page = SettingsPage(title_of(name))
        page.refuse(_("This page is for administrators."))
        return page

    def _framed(self, page: QWidget) -> QWidget:
        """Return a page in an area that scrolls, if it is one that can."""
        page.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        if isinstance(page, SettingsPage):
            return page.framed()
        return page.scrolling() if isinstance(page, Page) else page
