"""The desk of a clinic with people: sign-in, checklist, a start that honors it, recovery."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from fakes.clinic import NAMES, PINS, staff_a_clinic
from fakes.clock import FakeClock
from fakes.desk import SESSION, FakeChair
from fakes.screens import click, double_click, resize, themed
from fakes.session import FakeBridge, status
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from pytestqt.qtbot import QtBot

from soundscape.clinic.roles import CONSOLE, PATIENT, Role
from soundscape.clinic.service import Clinic
from soundscape.errors import ClinicError
from soundscape.folders import DataFolder
from soundscape.visit.entries import Effect, EntryKind, FollowUp, Item, Liked, Severity
from soundscape.visit.gates import Open
from ui.care.at_desk import AtDesk
from ui.care.care import LOCK_AFTER_S
from ui.care.checklist_page import ChecklistPage
from ui.care.fields import IntentionField
from ui.care.records import Records, Told
from ui.desk.window import DeskWindow
from ui.widgets.buttons import Kind
from ui.widgets.choices import TickButton
from ui.widgets.labels import Label

NURSE = Role.STAFF


class Desk:
    """A desk in a clinic with three people."""

    def __init__(self, folder: DataFolder, clock: FakeClock) -> None:
        self.folder, self.clock = folder, clock
        self.bridge = FakeBridge()
        self.chair = FakeChair(staffed=True)
        self.window = DeskWindow(folder, bridge=self.bridge, chair=self.chair, clock=clock)

    @property
    def at(self) -> AtDesk:
        """The visit's part of it."""
        assert self.window.care is not None
        return self.window.care

    def sign_in(self, qtbot: QtBot) -> None:
        """Let the nurse sign in by touches."""
        qtbot.waitUntil(lambda: not self.at.care.is_busy)
        page = self.at.view.sign_in
        assert page.names is not None
        click(page.names.buttons[NAMES[NURSE]])
        for key in f"{PINS[NURSE]}>":
            click(page.keys.keys[key])
        qtbot.waitUntil(lambda: self.at.care.signed is not None)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(60.0 * 60.0 * 9.0)


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a clinic with people, to be copied: their PINs take a while to hash."""
    root = tmp_path_factory.mktemp("care")
    staff_a_clinic(root)
    return root


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, clinic: Path, clock: FakeClock) -> Iterator[Desk]:
    themed()
    shutil.copytree(clinic, tmp_path, dirs_exist_ok=True)
    made = Desk(DataFolder(tmp_path), clock)
    qtbot.addWidget(made.window)
    made.window.show()
    qtbot.waitUntil(lambda: made.window.care is not None)
    qtbot.waitUntil(lambda: made.at.care.names != () and not made.at.care.is_busy)
    yield made
    made.window.close()


def all_done(desk: Desk, qtbot: QtBot) -> ChecklistPage:
    """Answer every mandatory item as staff would, but for the times, which are told."""
    page = desk.at.view.checklist
    assert page is not None
    at = {"at": "2025-12-31T20:00:00+00:00"}
    rows = page.rows
    rows[Item.MEDICATIONS].field.answered.emit({"name": "Dr. Ames", **at})
    rows[Item.FOOD].field.answered.emit(at)
    rows[Item.LIQUIDS].field.answered.emit(at)
    escort = {"choice": "adult_driver", "name": "Rosa", "phone": "555 0100"}
    rows[Item.ESCORT].field.answered.emit(escort)
    for item in (Item.CONSENT_MUSIC, Item.CONSENT_MASK, Item.CONSENT_LIGHTS):
        click(rows[item].findChildren(TickButton)[0])
    for item in (Item.STORED, Item.CALL):
        click(rows[item].findChildren(TickButton)[0])
    idle(desk, qtbot)
    return page


def idle(desk: Desk, qtbot: QtBot) -> None:
    """Wait until everything that was asked for is known."""
    qtbot.waitUntil(lambda: not desk.at.care.is_busy)


def opened(desk: Desk, qtbot: QtBot) -> ChecklistPage:
    """Sign in, open a visit, and return its checklist."""
    click(desk.at.start_bar.buttons["checklist"])
    desk.sign_in(qtbot)
    idle(desk, qtbot)
    click(desk.at.view.opening.open)
    idle(desk, qtbot)
    page = desk.at.view.checklist
    assert page is not None
    return page


def running(desk: Desk, qtbot: QtBot) -> None:
    """Begin the session of a prepared visit."""
    opened(desk, qtbot)
    all_done(desk, qtbot)
    desk.at.view.left.emit()
    desk.window.start.begin.held.emit()
    qtbot.waitUntil(lambda: len(desk.chair.begun) == 1)
    qtbot.waitUntil(lambda: desk.at.care.underway is not None)
    idle(desk, qtbot)
    desk.bridge.status_changed.emit(status(session=SESSION))
    idle(desk, qtbot)


def tell(desk: Desk, qtbot: QtBot, kind: EntryKind, **facts: object) -> None:
    """Tell the visit that is underway something."""
    case = desk.at.care.underway
    assert case is not None
    desk.at.care.tell(case, kind, facts)
    idle(desk, qtbot)


def test_what_the_patient_left_is_on_the_checklist_at_once(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    with Clinic.open(desk.folder, desk.clock) as clinic:
        clinic.chairside.leave_intention(PATIENT, {"choice": "shared", "text": "To rest"})
    desk.chair.intention = "shared"
    desk.at.view.left.emit()
    desk.window.look()
    qtbot.waitUntil(lambda: Item.INTENTION in desk.at.care.cases[0].visit.answers)
    click(desk.at.start_bar.buttons["checklist"])

    field = page.rows[Item.INTENTION].field
    assert isinstance(field, IntentionField)
    assert (field.choice.value(), field.text.text()) == ("shared", "To rest")


def test_a_start_is_held_back_until_somebody_signs_in(desk: Desk, qtbot: QtBot) -> None:
    desk.window.start.begin.held.emit()

    assert desk.at.view.page() is desk.at.view.sign_in
    assert desk.at.view.isVisible()
    desk.sign_in(qtbot)
    assert desk.chair.begun == []


def test_a_wrong_pin_lets_nobody_in(desk: Desk, qtbot: QtBot) -> None:
    click(desk.at.start_bar.buttons["lock"])
    page = desk.at.view.sign_in
    assert page.names is not None
    click(page.names.buttons[NAMES[NURSE]])
    for key in "111999>":
        click(page.keys.keys[key])

    qtbot.waitUntil(lambda: "not right" in page.keys.title.text())
    assert desk.at.care.signed is None


def test_a_double_click_opens_one_visit(desk: Desk, qtbot: QtBot) -> None:
    click(desk.at.start_bar.buttons["checklist"])
    desk.sign_in(qtbot)
    idle(desk, qtbot)

    double_click(desk.at.view.opening.open)
    idle(desk, qtbot)

    assert len(desk.at.care.cases) == 1


def test_another_visit_is_not_proposed_under_the_name_of_the_last(
    desk: Desk, qtbot: QtBot
) -> None:
    click(desk.at.start_bar.buttons["checklist"])
    desk.sign_in(qtbot)
    idle(desk, qtbot)
    opening = desk.at.view.opening
    opening.alias.setText("A. B.")
    click(opening.back)

    click(desk.at.start_bar.buttons["checklist"])
    idle(desk, qtbot)

    assert opening.alias.text().startswith("Visit ")


def test_a_start_is_held_back_while_something_mandatory_is_open(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    assert page.sum.text() == "9 things are open"

    desk.window.start.begin.held.emit()

    assert desk.chair.begun == []
    assert desk.at.view.page() is page


def test_a_prepared_visit_begins_and_has_its_session(desk: Desk, qtbot: QtBot) -> None:
    running(desk, qtbot)

    case = desk.at.care.underway
    assert case is not None
    assert case.visit.session == SESSION
    assert desk.window.is_live


def test_an_override_names_who_and_why_and_lets_the_session_begin(
    desk: Desk, qtbot: QtBot
) -> None:
    page = opened(desk, qtbot)
    page.override.reason.setText("Seen by the anesthetist")
    page.override.button.held.emit()
    idle(desk, qtbot)
    desk.window.start.begin.held.emit()

    qtbot.waitUntil(lambda: len(desk.chair.begun) == 1)
    qtbot.waitUntil(lambda: desk.at.care.underway is not None)
    case = desk.at.care.underway
    assert case is not None
    (override,) = case.visit.overrides
    assert (override.name, override.reason) == (NAMES[NURSE], "Seen by the anesthetist")
    assert page.sum.text().startswith("Ready by an override")


def test_an_override_needs_a_name_and_a_reason(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    assert not page.override.button.isEnabled()

    page.override.reason.setText("Seen")
    assert page.override.button.isEnabled()
    page.override.name.clear()

    assert not page.override.button.isEnabled()


def test_a_checklist_of_another_treatment_holds_back(desk: Desk, qtbot: QtBot) -> None:
    opened(desk, qtbot)
    all_done(desk, qtbot)
    click(desk.window.start.route_buttons["im"])
    desk.window.start.begin.held.emit()

    assert desk.chair.begun == []
    assert "another treatment" in desk.at.view.notice.text()


def test_food_flips_at_its_second(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    at = desk.at.care.at - timedelta(hours=3, minutes=59, seconds=59)
    page.rows[Item.FOOD].field.answered.emit({"at": at.isoformat()})
    idle(desk, qtbot)
    assert page.rows[Item.FOOD].mark.text().startswith("Open")

    desk.clock.advance(1.0)
    page.follow()

    assert page.rows[Item.FOOD].mark.text().startswith("Look again")


def test_a_desk_that_nobody_touches_is_locked_and_its_session_goes_on(
    desk: Desk, qtbot: QtBot
) -> None:
    running(desk, qtbot)
    desk.clock.advance(LOCK_AFTER_S)
    desk.at.care.tick()
    desk.bridge.status_changed.emit(
        status(session=SESSION, call={"state": "sent", "at_s": 1958.0})
    )

    assert desk.at.care.signed is None
    assert desk.window.is_live
    assert not any(button.isEnabled() for button in desk.window.live.anchors.buttons())
    assert desk.bridge.sent == []


def test_a_locked_desk_still_stops_and_sees_a_call(desk: Desk, qtbot: QtBot) -> None:
    running(desk, qtbot)
    desk.at.care.lock()
    desk.bridge.status_changed.emit(
        status(session=SESSION, call={"state": "sent", "at_s": 1958.0})
    )
    for event in ("call_seen", "stop", "stop_fast", "dose_start", "soften"):
        desk.window.live.asked.emit(event, {})

    assert [event for event, _facts in desk.bridge.sent] == ["call_seen", "stop", "stop_fast"]
    assert "locked" in desk.window.live.refusal.text()


def test_whose_visit_it_is_is_shown_as_long_as_somebody_is_signed_in(
    desk: Desk, qtbot: QtBot
) -> None:
    alias = opened(desk, qtbot).findChildren(Label)[0].text()
    assert desk.window.start.title.text().startswith(alias)

    all_done(desk, qtbot)
    desk.window.start.begin.held.emit()
    qtbot.waitUntil(lambda: desk.at.care.underway is not None)
    desk.bridge.status_changed.emit(status(session=SESSION))
    assert desk.window.live.header.patient.text() == alias

    desk.at.care.lock()
    desk.bridge.status_changed.emit(status(session=SESSION))
    assert desk.window.live.header.patient.text() == ""
    assert alias not in desk.window.start.title.text()


def test_what_comes_next_is_marked_until_a_session_may_begin(desk: Desk, qtbot: QtBot) -> None:
    begin, buttons = desk.window.start.begin, desk.at.start_bar.buttons

    def marked() -> list[str]:
        return [name for name, button in buttons.items() if button.property("kind") == Kind.NEXT]

    assert marked() == ["lock"]
    page = opened(desk, qtbot)
    assert marked() == ["checklist"]
    assert begin.property("kind") == Kind.QUIET

    all_done(desk, qtbot)
    qtbot.waitUntil(lambda: page.sum.text() == "Ready")
    assert marked() == []
    assert begin.property("kind") == Kind.PRIMARY


def test_a_touch_keeps_the_desk_open(desk: Desk, qtbot: QtBot) -> None:
    click(desk.at.start_bar.buttons["lock"])
    desk.sign_in(qtbot)
    desk.clock.advance(LOCK_AFTER_S - 1.0)
    window = desk.window.windowHandle()
    assert window is not None
    QTest.mouseClick(window, Qt.MouseButton.LeftButton)  # type: ignore[call-overload]
    desk.clock.advance(2.0)
    desk.at.care.tick()

    assert desk.at.care.signed is not None


def test_a_call_is_seen_also_from_the_visit(desk: Desk, qtbot: QtBot) -> None:
    running(desk, qtbot)
    click(desk.at.live_bar.visit)
    desk.bridge.status_changed.emit(
        status(session=SESSION, call={"state": "sent", "at_s": 1958.0})
    )

    assert desk.at.view.call.isVisible()
    desk.at.view.call.acted.emit()
    assert desk.bridge.sent == [("call_seen", {})]


def test_a_mark_is_kept_with_the_visit_and_the_session_only_refers_to_it(
    desk: Desk, qtbot: QtBot
) -> None:
    running(desk, qtbot)
    click(desk.window.live.marks.buttons()[1])
    idle(desk, qtbot)

    ((event, facts),) = desk.bridge.sent
    case = desk.at.care.underway
    assert case is not None
    assert event == "note"
    assert case.texts[str(facts["text"])] == "Spoke"
    recent = [{"t_s": 1960.0, "event": "note", "undoable": False, **facts}]
    desk.bridge.status_changed.emit(status(session=SESSION, recent=recent))
    assert desk.window.live.events.lines[0][1].text() == "Spoke"


def test_whoever_is_not_signed_in_sees_that_there_is_a_mark_and_no_more(
    desk: Desk, qtbot: QtBot
) -> None:
    running(desk, qtbot)
    desk.at.care.lock()
    recent = [{"t_s": 1960.0, "event": "note", "undoable": False, "text": "entry:18"}]

    desk.bridge.status_changed.emit(status(session=SESSION, recent=recent))

    assert desk.window.live.events.lines[0][1].text() == "Mark"


def test_vital_signs_are_due_silently_and_taken_by_a_touch(desk: Desk, qtbot: QtBot) -> None:
    running(desk, qtbot)
    at = desk.at.care.at - timedelta(minutes=9)
    tell(desk, qtbot, EntryKind.ANCHOR, anchor="dose_start", at=at.isoformat())
    assert desk.at.live_bar.says.text() == "Vital signs are due, 14 min late"

    click(desk.at.live_bar.taken)
    idle(desk, qtbot)

    assert desk.at.live_bar.says.text().startswith("Vital signs at ")


def test_no_time_of_observation_is_over_before_delivery_has_ended(
    desk: Desk, qtbot: QtBot
) -> None:
    running(desk, qtbot)

    click(desk.at.live_bar.visit)

    page = desk.at.view.recovery
    assert page is not None
    assert page.gate.marks[Open.TIME].text() == "The time of observation is not over"


def test_where_the_sound_was_stopped_first_the_end_of_delivery_is_told_afterwards(
    desk: Desk, qtbot: QtBot
) -> None:
    running(desk, qtbot)
    desk.bridge.status_changed.emit(status(session=SESSION, anchors={"dose_start": 900.0}))
    click(desk.at.live_bar.visit)
    page = desk.at.view.recovery
    assert page is not None
    assert not page.gate.ended.isVisible()

    ended = status(session=SESSION, anchors={"dose_start": 900.0}, state="ended")
    desk.bridge.status_changed.emit(ended)
    page.gate.follow()
    click(page.gate.ended)
    idle(desk, qtbot)

    assert page.gate.since.text() == "0:00:00"
    assert not page.gate.ended.isVisible()
    assert not page.gate.go.isEnabled()


def test_discharge_opens_at_the_second_and_not_before(desk: Desk, qtbot: QtBot) -> None:
    running(desk, qtbot)
    ended = desk.at.care.at - timedelta(minutes=59, seconds=59)
    tell(desk, qtbot, EntryKind.ANCHOR, anchor="delivery_end", at=ended.isoformat())
    tell(desk, qtbot, EntryKind.ESCORT_PRESENT, name="Rosa")
    click(desk.at.live_bar.visit)
    page = desk.at.view.recovery
    assert page is not None
    assert not page.gate.go.isEnabled()
    assert page.gate.since.text() == "0:59:59"

    desk.clock.advance(1.0)
    page.follow()
    assert page.gate.go.isEnabled()

    page.gate.go.held.emit()
    idle(desk, qtbot)
    assert page.gate.left.text() == "Discharged."
    assert len(desk.at.care.dues) == 1


def test_without_somebody_to_go_along_discharge_needs_an_override(
    desk: Desk, qtbot: QtBot
) -> None:
    running(desk, qtbot)
    ended = desk.at.care.at - timedelta(hours=2)
    tell(desk, qtbot, EntryKind.ANCHOR, anchor="delivery_end", at=ended.isoformat())
    click(desk.at.live_bar.visit)
    page = desk.at.view.recovery
    assert page is not None
    assert not page.gate.go.isEnabled()

    page.gate.override.reason.setText("Stays with us tonight")
    page.gate.override.button.held.emit()
    idle(desk, qtbot)

    assert page.gate.go.isEnabled()
    case = desk.at.care.underway
    assert case is not None
    assert case.visit.overrides[0].reason == "Stays with us tonight"


def test_after_effects_and_the_sound_take_one_touch_each(desk: Desk, qtbot: QtBot) -> None:
    running(desk, qtbot)
    click(desk.at.live_bar.visit)
    page = desk.at.view.recovery
    assert page is not None
    click(page.effects.choices[Effect.NAUSEA].buttons["mild"])
    click(page.sound.liked.buttons["good"])
    idle(desk, qtbot)

    case = desk.at.care.underway
    assert case is not None
    assert [(noted.effect, noted.severity) for noted in case.visit.effects] == [
        (Effect.NAUSEA, Severity.MILD)
    ]
    assert case.visit.sound is Liked.GOOD


def test_a_follow_up_is_settled_on_the_care_list(desk: Desk, qtbot: QtBot) -> None:
    test_discharge_opens_at_the_second_and_not_before(desk, qtbot)
    desk.clock.advance(73 * 3600.0)
    desk.at.care.touch()
    desk.at.view.left.emit()
    desk.at.start_bar.asked.emit("list")
    idle(desk, qtbot)
    (row,) = desk.at.view.dues.rows
    desk.at.view.dues.follow()
    assert row.mark.text() == "Overdue"

    click(row.buttons[FollowUp.DONE])
    idle(desk, qtbot)

    (row,) = desk.at.view.dues.rows
    assert row.mark.text() == "Done"
    assert not row.buttons[FollowUp.DONE].isVisible()


@pytest.mark.parametrize("size", [(1280, 800), (1024, 768), (800, 1280)])
def test_the_desk_need_not_be_scrolled_with_its_bars(
    desk: Desk, qtbot: QtBot, size: tuple[int, int]
) -> None:
    resize(desk.window, *size)
    assert desk.window.start.height() <= size[1]

    running(desk, qtbot)
    resize(desk.window, *size)
    assert desk.window.live.height() <= size[1]


def test_a_desk_that_is_opened_again_takes_up_the_visit(
    desk: Desk, qtbot: QtBot, tmp_path: Path, clock: FakeClock
) -> None:
    running(desk, qtbot)
    desk.window.close()
    again = Desk(DataFolder(tmp_path), clock)
    qtbot.addWidget(again.window)
    again.window.show()
    qtbot.waitUntil(lambda: again.window.care is not None and again.at.care.names != ())
    again.bridge.status_changed.emit(status(session=SESSION))
    assert again.at.live_bar.visit.isHidden()

    click(again.at.live_bar.lock)
    again.sign_in(qtbot)
    idle(again, qtbot)

    case = again.at.care.underway
    assert case is not None
    assert case.visit.session == SESSION
    assert again.window.is_live


def fail(*_arguments: object) -> Told:
    raise ClinicError("The clinic's database fails: the disk is full.")


def test_a_mark_reaches_the_session_when_the_clinics_disk_is_full(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    running(desk, qtbot)
    monkeypatch.setattr(Records, "tell", fail)
    click(desk.window.live.marks.buttons()[1])
    idle(desk, qtbot)

    assert desk.bridge.sent == [("note", {"text": "Spoke"})]


def test_what_was_typed_stays_in_its_field_until_it_is_kept(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    running(desk, qtbot)
    click(desk.at.live_bar.visit)
    page = desk.at.view.recovery
    assert page is not None
    page.notes.note.setText("Asked for water")
    with monkeypatch.context() as broken:
        broken.setattr(Records, "tell", fail)
        click(page.notes.keep_note)
        idle(desk, qtbot)
    assert page.notes.note.text() == "Asked for water"
    assert "disk is full" in desk.at.view.notice.text()
    assert desk.bridge.sent == []

    click(page.notes.keep_note)
    idle(desk, qtbot)

    ((event, facts),) = desk.bridge.sent
    assert page.notes.note.text() == ""
    assert (event, "water" in str(facts)) == ("note", False)


def test_a_desk_that_was_locked_shows_nothing_of_a_visit(desk: Desk, qtbot: QtBot) -> None:
    running(desk, qtbot)
    click(desk.at.live_bar.visit)
    desk.at.care.lock()

    assert desk.at.view.page() is desk.at.view.sign_in
    assert desk.at.care.cases == ()
    assert not desk.at.live_bar.visit.isVisible()


def test_nothing_begins_before_the_desk_knows_who_works_there(
    desk: Desk, tmp_path: Path, clock: FakeClock
) -> None:
    fresh = AtDesk(DataFolder(tmp_path), clock)

    assert fresh.care.is_locked
    assert fresh.holds_back("iv")
    fresh.close()
    assert desk.chair.begun == []


def test_records_that_do_not_open_keep_no_patient_waiting(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Records, "names", fail)
    desk.at.care.look()
    idle(desk, qtbot)
    desk.window.start.begin.held.emit()

    qtbot.waitUntil(lambda: len(desk.chair.begun) == 1)
    assert not desk.at.care.is_locked


def test_somebody_new_may_sign_in_at_once(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    with Clinic.open(DataFolder(tmp_path), desk.clock) as clinic:
        clinic.people.add(CONSOLE, "Mia", Role.STAFF, "482913")
    click(desk.at.start_bar.buttons["lock"])
    idle(desk, qtbot)

    page = desk.at.view.sign_in
    assert page.names is not None
    assert "Mia" in page.names.buttons
