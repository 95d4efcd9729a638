"""Which backups stay: seven days, four weeks, twelve months."""

from datetime import UTC, datetime, timedelta

from soundscape.clinic.thinning import kept

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def nights(count: int) -> list[datetime]:
    return [NOW - timedelta(days=day) for day in range(count)]


def test_few_backups_all_stay() -> None:
    assert kept(nights(7)) == set(nights(7))
    assert kept([]) == set()


def test_of_two_years_of_nights_seven_days_four_weeks_and_twelve_months_stay() -> None:
    stay = sorted(kept(nights(730)), reverse=True)

    assert stay[:7] == nights(7)
    weeks = [moment for moment in stay if moment.isoweekday() == 7 or moment == NOW]
    assert {NOW - timedelta(weeks=n) for n in range(4)} <= set(weeks)
    assert len({(moment.year, moment.month) for moment in stay}) == 12
    assert len(stay) <= 7 + 4 + 12
    assert max(moment for moment in stay if moment.month == 10) == datetime(
        2026, 10, 31, 3, 0, tzinfo=UTC
    )


def test_of_several_on_a_day_the_last_stays() -> None:
    made = [NOW + timedelta(hours=hour) for hour in range(5)]

    assert kept(made) == {made[-1]}


def test_thinned_out_every_night_the_same_stay_as_at_once() -> None:
    left: frozenset[datetime] = frozenset()
    for night in reversed(nights(400)):
        left = kept({*left, night})

    assert {moment for moment in left if moment > NOW - timedelta(days=7)} == set(nights(7))
    assert len({(moment.year, moment.month) for moment in left}) == 12
