"""An anchor that was touched late is corrected by minutes, in one calm step."""

import pytest
from fakes.clock import FakeClock
from fakes.screens import click, themed
from fakes.session import CAN, Asked, asked_of, status
from pytestqt.qtbot import QtBot

from soundscape.session.events import AGO_RANGE_MIN
from ui.desk.correction import SHOWN_FOR_S, Correction
from ui.desk.readings import event_text
from ui.desk.session_panel import SessionPanel
from ui.theme import TARGET_PX

TOUCHED_S = 1932.0


@pytest.fixture
def part(qtbot: QtBot) -> Correction:
    themed()
    made = Correction(FakeClock())
    qtbot.addWidget(made)
    made.show_status(touched())
    return made


@pytest.fixture
def asked(part: Correction) -> Asked:
    return asked_of(part)


def touched(
    ago_min: float = 0.0, t_s: float = 1970.0, *, at_s: float = TOUCHED_S, **changes: object
) -> dict[str, object]:
    anchor = {"anchor": "dose_start", "event": "dose_start", "touched_s": at_s, "ago_min": ago_min}
    return status(last_anchor=anchor, t_s=t_s, **changes)


def minutes_of(text: str) -> int:
    hours, minutes = text.rsplit(" ", 1)[1].split(":")
    return 60 * int(hours) + int(minutes)


def test_nothing_is_corrected_before_anything_was_touched(part: Correction) -> None:
    part.show_status(status())

    assert part.isHidden()


def test_it_says_what_was_touched_and_when_by_the_clock_on_the_wall(part: Correction) -> None:
    as_touched = minutes_of(part.says.text())
    part.show_status(touched(2.0))

    assert part.says.text().startswith("Dose started ")
    assert (as_touched - minutes_of(part.says.text())) % 1440 == 2
    assert part.by.text() == "2\u00a0min earlier"


def test_touches_in_a_row_are_told_once_from_the_touch_of_the_anchor(
    part: Correction, asked: Asked, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(part.asked):
        click(part.earlier)
        click(part.earlier)
        click(part.earlier)
        click(part.later)

    assert asked == [("correct", {"anchor": "dose_start", "ago_min": 2.0})]


def test_what_is_wished_is_seen_at_once_and_stays_until_the_session_has_it(
    part: Correction,
) -> None:
    click(part.earlier)
    part.show_status(touched(0.0, 1970.2))
    wished = part.by.text()
    part.show_status(touched(1.0, 1970.4))
    part.show_status(touched(0.0, 1990.0))  # taken back

    assert wished == "1\u00a0min earlier"
    assert part.by.isHidden()


def test_a_refusal_shows_again_what_is(qtbot: QtBot) -> None:
    themed()
    panel = SessionPanel(FakeClock())
    qtbot.addWidget(panel)
    panel.show_status(touched())
    click(panel.correction.earlier)
    panel.show_refusal("The dose has to start before all else.")
    panel.show_status(touched())

    assert panel.correction.by.isHidden()


def test_the_next_anchor_takes_its_place(part: Correction, asked: Asked) -> None:
    click(part.earlier)
    ended = {
        "anchor": "delivery_end", "event": "pump_stopped_early", "touched_s": 2000.0,
        "ago_min": 0.0,
    }  # fmt: skip
    part.show_status(status(last_anchor=ended, t_s=2001.0))
    part.tell()

    assert part.says.text().startswith("Pump stopped early ")
    assert asked == []


def test_no_moment_is_offered_before_the_session_or_beyond_ten_minutes(part: Correction) -> None:
    part.show_status(touched(0.0, 70.0, at_s=50.0))
    begun_just_now = part.earlier.isEnabled()
    part.show_status(touched(AGO_RANGE_MIN[1]))

    assert not begun_just_now
    assert not part.earlier.isEnabled()
    assert part.later.isEnabled()


def test_it_goes_after_a_while_and_while_it_is_not_possible(part: Correction) -> None:
    part.show_status(touched(0.0, TOUCHED_S + SHOWN_FOR_S - 1.0))
    shown = part.isHidden()
    part.show_status(touched(0.0, TOUCHED_S + SHOWN_FOR_S))
    late = part.isHidden()
    part.show_status(touched(can=[name for name in CAN if name != "correct"]))

    assert (shown, late, part.isHidden()) == (False, True, True)


def test_it_gives_way_to_a_call_that_nobody_has_seen(part: Correction) -> None:
    part.show_status(touched(call={"state": "sent", "at_s": 1969.0}))
    while_calling = part.isHidden()
    part.show_status(touched(call={"state": "seen", "at_s": 1969.0}))

    assert (while_calling, part.isHidden()) == (True, False)


def test_its_buttons_are_large_enough_for_gloves(part: Correction) -> None:
    part.resize(220, part.sizeHint().height())
    part.show()

    for button in (part.earlier, part.later):
        assert min(button.width(), button.height()) >= TARGET_PX


@pytest.mark.parametrize(
    ("event", "text"),
    [
        ({"event": "correct", "anchor": "dose_start", "ago_min": 2.0}, "2\u00a0min earlier"),
        ({"event": "correct", "anchor": "dose_start", "ago_min": 0.0}, "as it was touched"),
        ({"event": "dose_start", "ago_min": 1.5}, "1.5\u00a0min earlier"),
    ],
)
def test_the_list_of_events_says_what_was_corrected(event: dict[str, object], text: str) -> None:
    assert event_text(event) == f"Dose started: {text}"
