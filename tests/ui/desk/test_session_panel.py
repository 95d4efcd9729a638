"""The live panel offers what is possible, asks for what is touched, and hides nothing."""

import math

import pytest
from fakes.clock import FakeClock
from fakes.screens import click, controls, cut_texts, nameless, press, release, resize, themed
from fakes.session import CAN, Asked, asked_of, status
from PyQt6.QtGui import QFontMetricsF
from PyQt6.QtWidgets import QAbstractButton, QPushButton
from pytestqt.qtbot import QtBot

from soundscape.engine.sinks import Sink
from ui.desk.actions import ActionButton
from ui.desk.session_panel import SessionPanel
from ui.desk.sound_card import STOP_HOLD_S
from ui.theme import PRIMARY_TARGET_PX, TARGET_PX, Look
from ui.widgets.labels import Label

SIZES = [(1280, 800), (1024, 768), (800, 1280)]


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def panel(qtbot: QtBot, clock: FakeClock) -> SessionPanel:
    themed()
    made = SessionPanel(clock)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    made.show_status(status())
    return made


@pytest.fixture
def asked(panel: SessionPanel) -> Asked:
    return asked_of(panel)


def offered(panel: SessionPanel) -> set[str]:
    buttons = panel.findChildren(ActionButton)
    return {button.event_name() for button in buttons if button.isEnabled()}


def test_the_readings_follow_the_status(panel: SessionPanel) -> None:
    header = panel.header

    assert header.title.text() == "Ember, IV infusion, 40 min"
    assert (header.elapsed.value(), header.in_phase.value()) == ("32:50", "6:10 of 23:00")
    assert header.level.value() == "\u22121.7 LU"


def test_whose_session_it_is_stands_first(panel: SessionPanel) -> None:
    panel.show_status(status(patient="M-14"))
    patient, title = panel.header.patient, panel.header.title

    assert patient.isVisible()
    assert patient.font().pixelSize() > title.font().pixelSize()
    assert patient.geometry().bottom() <= title.geometry().top()

    panel.show_status(status())
    assert not patient.isVisible()


def test_phase_and_time_are_read_from_across_the_chair(panel: SessionPanel) -> None:
    # At 1.5 m, on a screen of 24 inches and 1920 x 1080 (92 pixels an inch), capitals of 16
    # minutes of arc: the least that ISO 9241-303:2011, 5.5.4, allows for reading with ease.
    least_px = 1500.0 * math.tan(math.radians(16.0 / 60.0)) * 92.0 / 25.4
    numbers = [
        reading.findChildren(Label)[1] for reading in (panel.header.elapsed, panel.header.in_phase)
    ]

    assert [n.text() for n in numbers if QFontMetricsF(n.font()).capHeight() < least_px] == []


def test_numbers_of_two_sizes_stand_on_one_line(panel: SessionPanel) -> None:
    header = panel.header
    readings = (header.elapsed, header.in_phase, header.ends, header.level)
    numbers = [reading.findChildren(Label)[1] for reading in readings]
    ends = [n.mapTo(panel, n.contentsRect().bottomLeft()).y() for n in numbers]

    assert (
        len({end - n.fontMetrics().descent() for end, n in zip(ends, numbers, strict=True)}) == 1
    )


def test_nothing_is_left_to_touch_once_a_session_is_over(panel: SessionPanel) -> None:
    panel.show_status(status(state="ended", can=[]))
    panel.offer_new("The session has ended.")
    shown = [b.text() for b in panel.findChildren(QPushButton) if b.isVisible()]
    assert shown == ["New session"]

    panel.offer_new("")
    panel.show_status(status())
    assert panel.sound.isVisible()


@pytest.mark.parametrize("event", ["hold", "extend", "start_return", "next_track", "delivery_end"])
def test_a_button_is_lit_only_while_its_event_is_possible(panel: SessionPanel, event: str) -> None:
    assert event in offered(panel)

    panel.show_status(status(can=[name for name in CAN if name != event]))
    assert event not in offered(panel)


def test_nothing_is_offered_when_nothing_is_possible(panel: SessionPanel) -> None:
    panel.show_status(status(can=[]))

    assert not [b for b in panel.findChildren(QAbstractButton) if b.isVisible() and b.isEnabled()]


def test_nothing_is_offered_while_the_session_does_not_answer(panel: SessionPanel) -> None:
    panel.show_lost()

    assert not [b for b in panel.findChildren(QAbstractButton) if b.isVisible() and b.isEnabled()]
    assert panel.header.link.text() == "No link to the session"


@pytest.mark.parametrize(
    ("text", "event", "facts"),
    [
        ("Delivery ended", "delivery_end", {}),
        ("Pump paused", "pump_paused", {}),
        ("Hold here", "hold", {}),
        ("+5 min", "extend", {"minutes": 5}),
        ("Start return", "start_return", {}),
        ("Nausea", "note", {"text": "Nausea"}),
        ("Silence", "silence", {}),
        ("Undo", "undo", {}),
    ],
)
def test_one_touch_asks_for_one_thing(
    panel: SessionPanel, asked: Asked, text: str, event: str, facts: dict[str, object]
) -> None:
    (button,) = (b for b in panel.findChildren(QPushButton) if b.text() == text)
    click(button)

    assert asked == [(event, facts)]


def test_volume_moves_by_one_unit_from_where_it_is(panel: SessionPanel, asked: Asked) -> None:
    click(panel.sound.quieter)
    click(panel.sound.louder)

    assert asked == [("volume", {"lu": -3.0}), ("volume", {"lu": -1.0})]


def test_the_way_back_stands_where_the_way_there_was(panel: SessionPanel, asked: Asked) -> None:
    before = {button: button.geometry() for button in panel.music.buttons()}
    panel.show_status(status(held=True, state="holding", can=["resume"]))
    (back,) = (button for button in panel.music.buttons() if button.isEnabled())
    click(back)

    assert asked == [("resume", {})]
    assert back.text() == "Go on"
    assert back.geometry() == before[back]


@pytest.mark.parametrize(
    ("anchors", "pump", "shown"),
    [
        (("dose_start",), False, ["Dose started"]),
        (("dose_start", "last_device"), False, ["Dose started", "Last device given"]),
        (
            ("dose_start", "delivery_end"),
            True,
            ["Dose started", "Pump paused", "Stopped early", "Delivery ended"],
        ),
    ],
)
def test_the_treatment_shows_what_the_route_knows_from_the_first_second(
    panel: SessionPanel, anchors: tuple[str, ...], shown: list[str], *, pump: bool
) -> None:
    panel.show_status(status(anchors=dict.fromkeys(anchors), pump=pump, can=["dose_start"]))

    buttons = [button for button in panel.anchors.buttons() if button.isVisible()]
    assert [button.text() for button in buttons] == shown
    assert [button.text() for button in buttons if button.isEnabled()] == ["Dose started"]


def test_nothing_moves_under_the_finger_as_the_treatment_goes_on(panel: SessionPanel) -> None:
    resize(panel, 1280, 800)
    places = []
    for can in (["dose_start"], ["pump_paused", "delivery_end"], ["pump_resumed"], []):
        panel.show_status(status(can=can))
        resize(panel, 1280, 800)
        places.append([b.geometry() for b in panel.anchors.buttons() if b.isVisible()])

    assert places == [places[0]] * 4


def test_a_stop_takes_time_and_more_time_stops_faster(
    panel: SessionPanel, asked: Asked, clock: FakeClock
) -> None:
    press(panel.sound.stop)
    clock.advance(1.1)
    panel.sound.stop.follow()
    assert asked == []

    clock.advance(0.1)
    panel.sound.stop.follow()
    panel.show_status(status(state="fading_out", can=["stop_fast"]))
    clock.advance(1.8)
    panel.sound.stop.follow()
    release(panel.sound.stop)
    assert [event for event, _facts in asked] == ["stop", "stop_fast"]


def test_while_the_sound_fades_out_a_short_hold_ends_it_at_once(
    panel: SessionPanel, clock: FakeClock, asked: Asked
) -> None:
    panel.show_status(status(state="fading_out", can=["stop_fast"]))
    said = panel.sound.stop.text()
    press(panel.sound.stop)
    clock.advance(STOP_HOLD_S)
    panel.sound.stop.follow()
    release(panel.sound.stop)
    panel.show_status(status())

    assert [event for event, _facts in asked] == ["stop_fast"]
    assert (said, panel.sound.stop.text()) == ("Hold to stop now", "Hold to stop")


def test_a_call_is_told_by_words_and_acknowledged_by_one_touch(
    panel: SessionPanel, asked: Asked
) -> None:
    assert not panel.call.isVisible()

    panel.show_status(status(call={"state": "sent", "at_s": 1958.0}))
    assert panel.call.text() == "The patient is calling, 0:12"
    click(panel.call.findChildren(QPushButton)[0])
    assert asked == [("call_seen", {})]

    panel.show_status(status(call={"state": "seen", "at_s": 1958.0}))
    assert not panel.call.isVisible()


def test_lost_headphones_and_a_record_in_memory_are_said(panel: SessionPanel) -> None:
    panel.show_status(
        status(
            device={"name": "Headphones", "state": "lost"},
            record={"state": "memory", "waiting": 3},
        )
    )

    assert panel.header.device.text() == "Headphones lost"
    assert panel.header.record.text() == "Record only in memory"


def test_lost_headphones_are_told_by_the_name_that_people_use(panel: SessionPanel) -> None:
    panel.header.know(Sink("alsa_output.usb", "USB Headphones"))
    text = "Nothing is heard. The headphones 'alsa_output.usb' are not there; check the plug."
    lost = {"name": "alsa_output.usb", "state": "lost"}

    panel.show_status(status(device=lost, notices=[{"level": "act now", "text": text}]))

    assert "The headphones 'USB Headphones' are not there" in panel.urgent.text()


def test_headphones_that_are_back_wait_for_one_touch(panel: SessionPanel, asked: Asked) -> None:
    back = {"level": "act now", "text": "The headphones are back."}
    panel.show_status(status(device={"name": "Headphones", "state": "back"}, notices=[back]))
    said = panel.resume.text()
    panel.resume.acted.emit()
    panel.show_status(status())

    assert said == "The headphones are back."
    assert asked == [("device_ok", {})]
    assert panel.resume.text() == ""


def test_what_must_be_done_now_is_louder_than_what_can_wait(panel: SessionPanel) -> None:
    notices = [
        {"level": "note", "text": "A screen was closed."},
        {"level": "act now", "text": "The headphones are gone."},
    ]
    panel.show_status(status(notices=notices))

    assert panel.urgent.text() == "The headphones are gone."
    assert panel.notice.text() == "A screen was closed."


def test_a_refusal_is_said_until_the_next_touch(panel: SessionPanel, asked: Asked) -> None:
    panel.show_refusal("The return has already begun.")
    assert panel.refusal.isVisible()

    click(panel.music.buttons()[0])
    assert not panel.refusal.isVisible()
    assert asked


def test_before_anything_happened_that_is_said(panel: SessionPanel) -> None:
    panel.show_status(status(recent=[]))

    assert [moment.text() for moment, _title in panel.events.lines] == ["Nothing yet", "", ""]


def test_the_last_three_events_are_shown_newest_first(panel: SessionPanel) -> None:
    recent = [
        {"t_s": 10.0, "event": "note", "text": "Nausea", "undoable": False},
        {"t_s": 70.0, "event": "dose_start", "undoable": True},
    ]
    panel.show_status(status(recent=recent))

    shown = [(moment.text(), title.text()) for moment, title in panel.events.lines]
    assert shown == [("1:10", "Dose started"), ("0:10", "Nausea"), ("", "")]
    assert panel.events.undo.accessibleDescription() == "Dose started"
    assert [mark.isVisible() for mark in panel.events.marks] == [True, False, False]


def test_nothing_is_marked_to_be_taken_back_while_nothing_can_be(panel: SessionPanel) -> None:
    panel.show_status(status(can=["stop_fast", "note"]))

    assert not any(mark.isVisible() for mark in panel.events.marks)


@pytest.mark.parametrize("size", SIZES)
def test_every_target_is_large_at_every_size(panel: SessionPanel, size: tuple[int, int]) -> None:
    resize(panel, *size)

    small = [c for c in controls(panel) if min(c.width(), c.height()) < TARGET_PX]
    assert small == []
    assert panel.sound.stop.height() >= PRIMARY_TARGET_PX


@pytest.mark.parametrize("size", SIZES)
def test_no_text_is_cut_at_any_size(panel: SessionPanel, size: tuple[int, int]) -> None:
    resize(panel, *size)

    assert cut_texts(panel) == []


def test_everything_that_takes_the_focus_is_named(panel: SessionPanel) -> None:
    panel.show_status(status(call={"state": "sent", "at_s": 1958.0}))

    assert nameless(panel) == []


@pytest.mark.parametrize("percent", [125, 150])
def test_no_text_is_cut_when_the_reader_wants_it_larger(panel: SessionPanel, percent: int) -> None:
    themed(Look(text_percent=percent))
    resize(panel, 1279, 800)
    resize(panel, 1279, max(800, panel.minimumSizeHint().height()))  # where needed it scrolls
    found = cut_texts(panel)
    themed()

    assert found == []


def test_a_patients_screen_that_does_not_answer_is_told_and_can_be_opened_again(
    panel: SessionPanel, qtbot: QtBot
) -> None:
    panel.show_status(status(chair_screen="lost"))
    warning = panel.chair_screen
    told = warning.text()
    (button,) = warning.findChildren(QPushButton)
    with qtbot.waitSignal(panel.screen_asked):
        click(button)
    panel.show_status(status())

    assert "calls nobody" in told
    assert not warning.isVisible()
