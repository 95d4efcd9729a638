"""Touches become calls, and the answers are honest."""

import pytest
from fakes.clock import FakeClock
from fakes.session import status

from ui.kiosk.calls import ANSWER_FOR_S, BURST_S, SEEN_FOR_S, Calls

LETTING_KNOW = "We are letting your nurse know."
SEEN = "Your nurse has seen this."
ELSEWHERE = "Please call out or use your bell."


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(50.0)


@pytest.fixture
def calls(clock: FakeClock) -> Calls:
    return Calls(clock)


def call(state: str, at_s: float | None = 1960.0) -> dict[str, object]:
    return {"state": state, "at_s": at_s}


def test_several_touches_in_a_burst_are_one_call(clock: FakeClock, calls: Calls) -> None:
    touches = []
    for _touch in range(10):
        touches.append(calls.touch())
        clock.advance(0.5)

    assert touches == [True] + [False] * 9


def test_a_touch_after_a_call_that_nobody_heard_is_a_new_call(calls: Calls) -> None:
    calls.touch()
    calls.refuse()

    assert [calls.touch(), calls.touch()] == [True, False]


def test_a_touch_after_a_rest_is_a_new_call(clock: FakeClock, calls: Calls) -> None:
    calls.touch()
    clock.advance(BURST_S)

    assert calls.touch()


def test_nothing_is_said_before_a_touch(calls: Calls) -> None:
    assert calls.answer(status()) == ""
    assert calls.answer(None) == ""


def test_a_touch_is_answered_at_once(calls: Calls) -> None:
    calls.touch()

    assert calls.answer(status()) == LETTING_KNOW


def test_a_seen_call_says_so_for_a_while(clock: FakeClock, calls: Calls) -> None:
    calls.touch()
    assert calls.answer(status(call=call("sent"))) == LETTING_KNOW
    assert calls.answer(status(call=call("seen"))) == SEEN

    clock.advance(SEEN_FOR_S)
    assert calls.answer(status(call=call("seen"))) == ""


def test_a_new_touch_is_not_answered_with_the_last_calls_word(
    clock: FakeClock, calls: Calls
) -> None:
    calls.touch()
    calls.answer(status(call=call("seen")))
    clock.advance(BURST_S)
    calls.touch()

    assert calls.answer(status(call=call("seen"))) == LETTING_KNOW
    assert calls.answer(status(call=call("seen", 1969.0))) == SEEN


@pytest.mark.parametrize(
    "told",
    [
        status(call=call("sent"), desk_seen=False),
        status(call=call("sent", 1900.0)),
        status(desk_seen=False),
        None,
    ],
    ids=["no desk has it", "not seen for long", "no desk", "no session"],
)
def test_what_nobody_has_seen_is_not_promised(
    calls: Calls, told: dict[str, object] | None
) -> None:
    calls.touch()

    assert calls.answer(told) == ELSEWHERE


def test_a_refused_call_is_not_promised(calls: Calls) -> None:
    calls.touch()
    calls.refuse()

    assert calls.answer(status()) == ELSEWHERE


def test_an_answer_goes_when_it_is_old(clock: FakeClock, calls: Calls) -> None:
    calls.touch()
    clock.advance(ANSWER_FOR_S)

    assert calls.answer(None) == ""
