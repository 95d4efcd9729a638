"""Which backups are kept: the last of each of seven days, four weeks and twelve months."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

DAYS = 7
WEEKS = 4
MONTHS = 12


def kept(made: Iterable[datetime]) -> frozenset[datetime]:
    """Return which of some backups to keep; the others have done their service.

    Parameters
    ----------
    made : Iterable[datetime]
        When each was made, in UTC.
    """
    latest = sorted(made, reverse=True)
    return frozenset(
        moment
        for count, span in ((DAYS, _day), (WEEKS, _week), (MONTHS, _month))
        for moment in _last_of_each(latest, span)[:count]
    )


def _last_of_each(
    latest: Iterable[datetime], span: Callable[[datetime], object]
) -> list[datetime]:
    """Return the last moment of each span of time, the latest first."""
    found: dict[object, datetime] = {}
    for moment in latest:
        found.setdefault(span(moment), moment)
    return list(found.values())


def _day(moment: datetime) -> date:
    return moment.date()


def _week(moment: datetime) -> tuple[int, int]:
    calendar = moment.isocalendar()
    return calendar.year, calendar.week


def _month(moment: datetime) -> tuple[int, int]:
    return moment.year, moment.month
