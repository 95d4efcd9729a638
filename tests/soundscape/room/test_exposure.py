"""Exposure is H.870's: equal energy, forty hours a week."""

import pytest

from soundscape.room.exposure import ADULTS_DB_A, SENSITIVE_DB_A, allowance_percent


@pytest.mark.parametrize(
    ("level_db_a", "adults", "sensitive"),
    [(65.0, 0.16, 0.50), (70.0, 0.50, 1.58), (75.0, 1.58, 5.00), (80.0, 5.00, 15.8)],
)
def test_two_hours_take_the_share_that_the_standard_gives(
    level_db_a: float, adults: float, sensitive: float
) -> None:
    session = [(level_db_a, 2.0)]

    assert allowance_percent(session, reference_db_a=ADULTS_DB_A) == pytest.approx(adults, abs=0.1)
    assert allowance_percent(session, reference_db_a=SENSITIVE_DB_A) == pytest.approx(
        sensitive, abs=0.1
    )


def test_forty_hours_at_the_reference_are_the_whole_allowance() -> None:
    assert allowance_percent([(75.0, 30.0), (75.0, 10.0)]) == pytest.approx(100.0)


def test_stretches_add_up_by_energy() -> None:
    mixed = allowance_percent([(72.0, 1.0), (62.0, 1.0)])

    assert mixed == pytest.approx(allowance_percent([(72.0, 1.1)]))


def test_silence_takes_nothing() -> None:
    assert allowance_percent([(-120.0, 2.0)]) == pytest.approx(0.0, abs=1e-9)
    assert allowance_percent([]) == 0.0
