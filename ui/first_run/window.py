"""The first steps on a new chair: five, each of which can be passed over."""

from PyQt6.QtCore import QCoreApplication, QEvent, pyqtSignal
from PyQt6.QtGui import QCloseEvent, QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from soundscape.clock import Clock, MachineClock
from soundscape.folders import DataFolder
from soundscape.settings import write_settings
from ui.first_run.collecting import Collecting
from ui.first_run.demo_step import DemoStep
from ui.first_run.headphones_step import HeadphonesStep
from ui.first_run.language_step import LanguageStep
from ui.first_run.music_step import MusicStep
from ui.first_run.people_step import PeopleStep
from ui.first_run.step import Step
from ui.theme import GAP_PX, Role
from ui.widgets.buttons import Button, Kind
from ui.widgets.labels import Label
from ui.words import _, language


class FirstRunWindow(QMainWindow):
    """Leads through the steps; ``finished`` comes when they are over, however they were taken.

    Parameters
    ----------
    folder : DataFolder
        The chair's data.
    clock : Clock | None
        None is the machine's.
    """

    finished = pyqtSignal()

    def __init__(self, folder: DataFolder, *, clock: Clock | None = None) -> None:
        super().__init__()
        self._folder = folder
        self._clock = clock or MachineClock()
        self.collecting = Collecting(folder)
        self.collecting.told.connect(self._show_collecting)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.collecting.stop)
        self.steps: list[Step] = []
        self.setObjectName("window")
        self.resize(1280, 800)
        self._build(0)

    @property
    def step(self) -> Step:
        """The step that is shown."""
        return self.steps[self._pages.currentIndex()]

    def go_on(self) -> None:
        """Show the next step, or finish after the last."""
        place = self._pages.currentIndex() + 1
        if place < len(self.steps):
            self._turn_to(place)
        else:
            self.finish()

    def finish(self) -> None:
        """Keep that the steps were offered, and make way for the desk."""
        self.step.leave()
        write_settings(self._folder.settings, {"language": language()})
        self.finished.emit()

    def say_trouble(self, sentence: str) -> None:
        """Show a sentence below the step."""
        self.says.setText(sentence)
        self.says.show()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Stand in the middle of a wide window."""
        self._stand_in_the_middle()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent | None) -> None:
        """Take the room that a larger text needs."""
        if event is not None and event.type() == QEvent.Type.FontChange and self.steps:
            self._stand_in_the_middle()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent | None) -> None:
        """End what is heard; music goes on being looked through while the program runs."""
        self._leave_all()
        super().closeEvent(event)

    def _build(self, place: int) -> None:
        """Make every step, in the language of now."""
        self._leave_all()
        have_acted = [step.has_acted for step in self.steps]
        folder, clock = self._folder, self._clock
        headphones = HeadphonesStep(folder, clock)
        demo = DemoStep(folder, clock)
        headphones.chosen.connect(demo.use)
        self.steps = [
            LanguageStep(folder),
            MusicStep(self.collecting),
            headphones,
            PeopleStep(folder, clock),
            demo,
        ]
        for step, has_acted in zip(self.steps, have_acted, strict=False):
            step.has_acted = has_acted
        self.setWindowTitle(_("First steps"))
        self._pages = QStackedWidget()
        for step in self.steps:
            self._pages.addWidget(step.scrolling())
            step.acted.connect(self._name_buttons)
        self.steps[0].look.spoken.connect(lambda: self._build(0))  # type: ignore[attr-defined]
        self._lay_out()
        self._turn_to(place)

    def _leave_all(self) -> None:
        """End what the steps do, but for the music that is looked through."""
        for step in self.steps:
            step.leave()
            step.jobs.forget()

    def _lay_out(self) -> None:
        body = QWidget()
        self._column = column = QVBoxLayout(body)
        column.setSpacing(GAP_PX)
        self.place = Label("", Role.CAPTION)
        self.place.setContentsMargins(32, 0, 32, 0)
        self.says = Label("", Role.MUTED, wraps=True)
        self.says.setContentsMargins(32, 0, 32, 0)
        self.says.setVisible(False)
        self.back = Button(_("Back"))
        self.skip_all = Button(_("Skip all"))
        self.next = Button("", Kind.NEXT)
        self.next.take_double_as_one()  # the second would pass over what nobody has seen
        self.back.clicked.connect(lambda: self._turn_to(self._pages.currentIndex() - 1))
        self.skip_all.clicked.connect(self.finish)
        self.next.clicked.connect(self.go_on)
        row = QHBoxLayout()
        row.setContentsMargins(32, 0, 32, 0)
        row.setSpacing(GAP_PX)
        row.addWidget(self.back)
        row.addWidget(self.skip_all)
        row.addStretch(1)
        row.addWidget(self.next)
        column.addWidget(self.place)
        column.addWidget(self._pages, 1)
        column.addWidget(self.says)
        column.addLayout(row)
        self.setCentralWidget(body)
        self._stand_in_the_middle()

    def _stand_in_the_middle(self) -> None:
        side_px = max(0, (self.width() - self.step.widest_px()) // 2)
        self._column.setContentsMargins(side_px, 22, side_px, 22)

    def _turn_to(self, place: int) -> None:
        self.step.leave()
        self._pages.setCurrentIndex(place)
        self.place.setText(
            _("Step {number} of {count}").format(number=place + 1, count=len(self.steps))
        )
        self.back.setEnabled(place > 0)
        self._name_buttons()
        self._show_collecting(self.collecting.words, self.collecting.share)
        self.step.enter()
        self.step.setFocus()  # no button is lit before a key asks for it

    def _name_buttons(self) -> None:
        is_last = self._pages.currentIndex() == len(self.steps) - 1
        goes_on = self.step.has_acted or is_last
        on = _("To the desk") if is_last else _("Next")
        self.next.say(on if goes_on else _("Skip"), "")
        self.next.set_kind(Kind.PRIMARY if goes_on else Kind.NEXT)

    def _show_collecting(self, words: str, _share: float) -> None:
        """Say how the music stands, on every step but its own."""
        is_elsewhere = not isinstance(self.step, MusicStep)
        self.says.setText(words)
        self.says.setVisible(bool(words) and is_elsewhere)
