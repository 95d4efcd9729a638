"""Recovery and discharge: what is open still, and since when, or from when, it is not.

Inert a second before, live at the second. The caller says what time it is: wall clocks can be
set, so a desk counts on from what ``Clock.now`` measured.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from soundscape.units import Seconds
from soundscape.visit.entries import Escort, Gate, Item, Severity
from soundscape.visit.state import Noted, Visit


class Open(StrEnum):
    """What keeps discharge from opening."""

    DELIVERY = "delivery"
    TIME = "time"
    ESCORT = "escort"
    RIDE_SHARE = "ride_share"


@dataclass(frozen=True, slots=True)
class Discharge:
    """The discharge gate at a moment.

    Attributes
    ----------
    opens : datetime | None
        When the recovery's time is over, in UTC; None until delivery has ended.
    left_s : Seconds | None
        How long that is still; 0 when it is over.
    open : tuple[Open, ...]
        What keeps it shut, and no override covers.
    """

    opens: datetime | None
    left_s: Seconds | None
    open: tuple[Open, ...]

    @property
    def live(self) -> bool:
        """Whether the patient may be discharged, by the clinic's rules."""
        return not self.open


def discharge(visit: Visit, at: datetime) -> Discharge:
    """Return the discharge gate of a visit at a moment, in UTC."""
    opens = opens_at(visit)
    left_s = None if opens is None else Seconds(max(0.0, (opens - at).total_seconds()))
    shut = [found for found, is_open in _reasons(visit, left_s).items() if is_open]
    covered = visit.covered(Gate.DISCHARGE)
    return Discharge(opens, left_s, tuple(found for found in shut if found not in covered))


def opens_at(visit: Visit) -> datetime | None:
    """Return when the recovery's time is over; None until delivery has ended."""
    if visit.ended is None:
        return None
    extended_min = visit.rules.extended_min if _by_ride_share(visit) else 0.0
    return visit.ended + timedelta(minutes=visit.rules.recovery_min + extended_min)


def still_noted(visit: Visit, at: datetime) -> tuple[Noted, ...]:
    """Return after-effects still noted when they would usually have passed: information only.

    What is done about it is the clinician's to decide; no gate looks at it.
    """
    if visit.ended is None or at < visit.ended + timedelta(minutes=visit.rules.effects_min):
        return ()
    last = {noted.effect: noted for noted in visit.effects}
    return tuple(noted for noted in last.values() if noted.severity is not Severity.NONE)


def _reasons(visit: Visit, left_s: Seconds | None) -> dict[Open, bool]:
    escort = visit.answers.get(Item.ESCORT)
    return {
        Open.DELIVERY: left_s is None,
        Open.TIME: left_s is not None and left_s > 0.0,
        Open.ESCORT: not visit.escort_present,
        Open.RIDE_SHARE: _by_ride_share(visit) and not (escort is not None and escort.extended),
    }


def _by_ride_share(visit: Visit) -> bool:
    escort = visit.answers.get(Item.ESCORT)
    return escort is not None and escort.choice is Escort.RIDE_SHARE
