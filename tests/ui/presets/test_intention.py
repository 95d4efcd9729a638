"""What a patient hopes for is theirs: shared in a touch, kept in a touch, skipped in a touch."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.clinic import SESSION, staff_a_clinic
from fakes.clock import FakeClock
from fakes.previews import NotingPreview
from fakes.screens import controls, strike_key, themed
from fakes.session import status
from PyQt6.QtCore import QCoreApplication, Qt
from PyQt6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from soundscape.clinic.roles import Actor, Role
from soundscape.clinic.service import Clinic
from soundscape.folders import DataFolder
from ui.presets import visit as visits
from ui.presets.window import PresetsWindow
from ui.theme import PATIENT_TARGET_PX

CANARY = "canary-hope-To-see-the-sea"


class Patient:
    """A window without music, the clinic behind it, and its nurse."""

    def __init__(self, folder: DataFolder, nurse: Actor, qtbot: QtBot) -> None:
        self.folder, self.nurse, self._qtbot = folder, nurse, qtbot
        self.clock = FakeClock(1000.0)
        self.window = PresetsWindow(folder, player=NotingPreview(), clock=self.clock)
        self.page = self.window.intention

    def prepare(self, alias: str = "Blue") -> str:
        """Have staff prepare a visit; return its identifier."""
        with Clinic.open(self.folder, self.clock) as clinic:
            return clinic.visits.begin(self.nurse, alias, "iv")

    def choose(self) -> None:
        """Touch a card and confirm it, as fast as the records are."""
        awaited = visits.is_awaited(self.folder, self.clock)
        self.window.chooser.cards[0].click()
        self._qtbot.waitUntil(lambda: self.window.may_type is awaited)
        self.window.chooser.confirm.click()

    def answer(self, button: QAbstractButton) -> None:
        """Touch an answer and wait until it is taken."""
        button.click()
        self.until_answered()

    def until_answered(self) -> None:
        """Wait until an answer is taken."""
        self._qtbot.waitUntil(self.window.answer.isVisible)

    def kept(self, visit: str) -> list[dict[str, object]]:
        """Return the intentions that a nurse reads in a visit."""
        with Clinic.open(self.folder, self.clock) as clinic:
            entries = clinic.visits.entries(visit, self.nurse)
        return [dict(entry.facts) for entry in entries if entry.kind == "intention"]

    def note(self) -> str:
        """Return what is noted beside the choice."""
        said = json.loads((self.folder.root / "choice.json").read_text("utf-8"))
        return str(said["intention"])


@pytest.fixture
def patient(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Patient]:
    themed()
    monkeypatch.setenv("SOUNDSCAPE_KEY_FILE", str(tmp_path / "soundscape.key"))
    nurse = staff_a_clinic(tmp_path / "data")[Role.STAFF]
    made = Patient(DataFolder(tmp_path / "data"), nurse, qtbot)
    made.window.show()
    yield made
    made.window.close()
    made.window.deleteLater()


def test_words_go_to_the_visit_and_nowhere_else(patient: Patient, tmp_path: Path) -> None:
    visit = patient.prepare()
    patient.choose()
    patient.page.words.setText(f"  {CANARY}  ")
    patient.answer(patient.page.share)

    assert patient.kept(visit) == [{"choice": "shared", "text": CANARY}]
    assert patient.note() == "shared"
    assert "can read your words" in patient.window.answer.line.text()
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if CANARY.encode() in path.read_bytes()]
    assert patient.page.words.text() == ""


@pytest.mark.parametrize(
    ("name", "noted", "kept"),
    [
        ("share", "shared", [{"choice": "shared"}]),
        ("keep", "private", [{"choice": "private"}]),
        ("skip", "", []),
    ],
)
def test_each_answer_is_one_touch(
    patient: Patient, name: str, noted: str, kept: list[dict[str, object]]
) -> None:
    visit = patient.prepare()
    patient.choose()
    patient.answer(getattr(patient.page, name))

    assert (patient.note(), patient.kept(visit)) == (noted, kept)


@pytest.mark.parametrize("name", ["keep", "skip"])
def test_words_that_are_not_shared_are_kept_nowhere(patient: Patient, name: str) -> None:
    visit = patient.prepare()
    patient.choose()
    patient.page.words.setText(CANARY)
    patient.answer(getattr(patient.page, name))

    assert CANARY not in json.dumps(patient.kept(visit))
    assert patient.page.words.text() == ""


def test_without_a_visit_nothing_typed_is_asked(patient: Patient) -> None:
    patient.choose()
    asks = patient.page.words.isVisible()
    patient.answer(patient.page.keep)

    assert not asks
    assert patient.note() == "private"


def test_with_two_visits_nothing_typed_is_asked(patient: Patient) -> None:
    patient.prepare("Blue")
    patient.prepare("Green")
    patient.choose()

    assert not patient.page.words.isVisible()


def test_a_chair_without_records_gets_none_by_being_asked(qtbot: QtBot, tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)

    window = PresetsWindow(folder, player=NotingPreview(), clock=FakeClock())
    qtbot.addWidget(window)
    window.chooser.cards[0].click()
    window.chooser.confirm.click()

    assert not window.may_type
    assert not folder.clinic.exists()
    window.close()


def test_words_that_could_not_be_kept_are_told_to_the_nurse(patient: Patient) -> None:
    visit = patient.prepare()
    patient.choose()
    with Clinic.open(patient.folder, patient.clock) as clinic:
        clinic.visits.link_session(visit, SESSION, patient.nurse)
    patient.page.words.setText(CANARY)
    patient.answer(patient.page.share)

    assert "please tell your nurse" in patient.window.answer.line.text()
    assert patient.kept(visit) == []
    assert patient.note() == "shared"


def test_the_dose_ends_the_question_and_forgets_what_was_typed(patient: Patient) -> None:
    patient.prepare()
    patient.choose()
    patient.page.words.setText(CANARY)
    patient.window.follow(status(anchors={"dose_start": 900.0}))

    assert not patient.page.isVisible()
    assert patient.page.words.text() == ""
    assert controls(patient.window) == []


def test_words_that_are_kept_while_the_dose_starts_leave_the_screen_dark(patient: Patient) -> None:
    visit = patient.prepare()
    patient.choose()
    patient.page.words.setText("To rest")
    patient.page.share.click()
    patient.window.follow(status(anchors={"dose_start": 900.0}))
    for thread in threading.enumerate():
        if thread.name == "task":
            thread.join()
    QCoreApplication.processEvents()

    assert patient.window.answer.heading.text() == "Your session has begun."
    assert controls(patient.window) == []
    assert patient.kept(visit) == [{"choice": "shared", "text": "To rest"}]


def test_a_changed_mind_is_asked_again(patient: Patient) -> None:
    visit = patient.prepare()
    patient.choose()
    patient.page.words.setText("To rest")
    patient.answer(patient.page.share)
    patient.window.answer.change.click()
    patient.choose()
    patient.answer(patient.page.keep)

    assert [facts["choice"] for facts in patient.kept(visit)] == ["shared", "private"]


def test_the_keyboard_reaches_every_answer_and_enter_shares(patient: Patient) -> None:
    visit = patient.prepare()
    patient.choose()
    patient.page.words.setFocus(Qt.FocusReason.TabFocusReason)
    patient.page.words.setText("To rest")
    reached: list[QWidget | None] = [patient.page.words]
    for _button in range(3):
        last = reached[-1]
        reached.append(None if last is None else last.nextInFocusChain())
    strike_key(patient.page.words, Qt.Key.Key_Return)
    patient.until_answered()

    page = patient.page
    assert reached == [page.words, page.share, page.keep, page.skip]
    assert patient.kept(visit) == [{"choice": "shared", "text": "To rest"}]


@pytest.mark.parametrize("size", [(1280, 800), (1024, 768), (800, 1280)])
def test_every_answer_is_large_enough_for_a_shaking_hand(
    patient: Patient, size: tuple[int, int]
) -> None:
    patient.prepare()
    patient.choose()
    patient.window.resize(*size)

    parts = (patient.page.words, patient.page.share, patient.page.keep, patient.page.skip)
    assert min(min(part.width(), part.height()) for part in parts) >= PATIENT_TARGET_PX
