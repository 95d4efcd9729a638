"""Pauses: when they begin, how they grow, and that no clock shortens them."""

import pytest

from soundscape.clinic.pauses import DISABLED_AT, Moment, Tries, pause_after, wait_left
from soundscape.units import Seconds

THEN = Moment("first", Seconds(1000.0))


@pytest.mark.parametrize(
    ("wrong", "pause_s"),
    [(0, 0), (4, 0), (5, 30), (6, 60), (7, 120), (8, 240), (9, 480), (10, 900), (99, 900)],
)
def test_five_are_free_then_the_pause_doubles_to_a_quarter_of_an_hour(
    wrong: int, pause_s: float
) -> None:
    assert pause_after(wrong) == pause_s


def test_a_pause_is_over_at_its_second() -> None:
    tries = Tries(5, THEN)

    assert wait_left(tries, Moment("first", Seconds(1029.0))) == pytest.approx(1.0)
    assert wait_left(tries, Moment("first", Seconds(1030.0))) == 0.0


@pytest.mark.parametrize(
    "now",
    [
        pytest.param(Moment("second", Seconds(5000.0)), id="another start of the machine"),
        pytest.param(Moment("first", Seconds(3.0)), id="a clock that began anew"),
    ],
)
def test_after_a_restart_the_pause_begins_anew(now: Moment) -> None:
    assert wait_left(Tries(5, THEN), now) == pytest.approx(30.0)


def test_a_hundred_in_a_row_are_the_end() -> None:
    assert not Tries(DISABLED_AT - 1, THEN).is_disabled
    assert Tries(DISABLED_AT, THEN).is_disabled
