"""Words of a visit, as staff read them."""

import math
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from soundscape.units import Seconds
from soundscape.visit.checklist import Row, Standing
from soundscape.visit.entries import Effect, Escort, EyeMask, Intention, Item, Liked, Severity
from soundscape.visit.gates import Open
from soundscape.visit.vitals import Prompt
from ui.words import _, counted, day_of


def item_title(item: Item) -> str:
    """Return what an item of the checklist is called."""
    titles = {
        Item.MEDICATIONS: _("Medications reviewed with the prescriber"),
        Item.FOOD: _("Last food"),
        Item.LIQUIDS: _("Last drink that was not clear"),
        Item.ESCORT: _("The way home"),
        Item.STORED: _("Knows what is kept of today"),
        Item.CONSENT_MUSIC: _("Wants music"),
        Item.CONSENT_MASK: _("Wants an eye mask"),
        Item.CONSENT_LIGHTS: _("Wants the lights to change"),
        Item.INTENTION: _("Intention"),
        Item.CLOTHING: _("Loose clothing"),
        Item.HEADPHONES: _("Headphones on and comfortable"),
        Item.EYE_MASK: _("Eye mask"),
        Item.CALL: _("Calling for staff was tried"),
        Item.BLADDER: _("Bathroom, last of all"),
    }
    return titles[item]


def items_text(items: Iterable[str]) -> str:
    """Return some items in a row."""
    return ", ".join(item_title(Item(item)) for item in items)


def escorts() -> dict[str, str]:
    """Return the ways home, by value."""
    return {
        str(Escort.ADULT_DRIVER): _("An adult drives"),
        str(Escort.ADULT_TAXI): _("An adult, by taxi"),
        str(Escort.RIDE_SHARE): _("Ride-share alone"),
    }


def masks() -> dict[str, str]:
    """Return what can become of the eye mask, by value."""
    return {
        str(EyeMask.OFFERED): _("Offered"),
        str(EyeMask.WORN): _("Worn"),
        str(EyeMask.DECLINED): _("Declined"),
    }


def intentions() -> dict[str, str]:
    """Return whether an intention is told, by value."""
    return {str(Intention.SHARED): _("Shared"), str(Intention.PRIVATE): _("Kept private")}


def effect_title(effect: Effect) -> str:
    """Return what an after-effect is called."""
    titles = {
        Effect.DIZZINESS: _("Dizziness"),
        Effect.NAUSEA: _("Nausea"),
        Effect.GROGGINESS: _("Grogginess"),
    }
    return titles[effect]


def severities() -> dict[str, str]:
    """Return how much of an after-effect there can be, by value."""
    return {
        str(Severity.NONE): _("None"),
        str(Severity.MILD): _("Mild"),
        str(Severity.MORE): _("More"),
    }


def likings() -> dict[str, str]:
    """Return how the sound can have been, by value."""
    return {
        str(Liked.VERY_GOOD): _("Very good"),
        str(Liked.GOOD): _("Good"),
        str(Liked.MIXED): _("Mixed"),
        str(Liked.POOR): _("Poor"),
        str(Liked.VERY_POOR): _("Very poor"),
    }


def gate_text(gate: Open, *, is_open: bool) -> str:
    """Return what keeps discharge shut, or that it no longer does."""
    shut: Mapping[Open, str] = {
        Open.DELIVERY: _("Delivery has not ended"),
        Open.TIME: _("The time of observation is not over"),
        Open.ESCORT: _("Nobody is here yet to go along"),
        Open.RIDE_SHARE: _("Ride-share needs extended observation"),
    }
    done: Mapping[Open, str] = {
        Open.DELIVERY: _("Delivery has ended"),
        Open.TIME: _("The time of observation is over"),
        Open.ESCORT: _("Somebody is here to go along"),
        Open.RIDE_SHARE: _("The way home is settled"),
    }
    return (shut if is_open else done)[gate]


def standing_text(row: Row) -> str:
    """Return how an item stands, in a word or two."""
    if row.covered and row.standing is Standing.UNMET:
        return _("Overridden")
    if row.standing is Standing.UNMET:
        return _("Open") if row.mandatory else _("Not yet")
    return _("Look again") if row.standing is Standing.WARN else _("Done")


def ago_text(since_s: Seconds | None) -> str:
    """Return how long ago something was; empty where nobody knows."""
    if since_s is None:
        return ""
    hours, minutes = divmod(max(0, int(since_s)) // 60, 60)
    if since_s < 60:  # noqa: PLR2004 -- a minute
        return _("just now")
    if hours >= 48:  # noqa: PLR2004 -- two days
        return counted("{count} day ago", "{count} days ago", hours // 24)
    if hours:
        return _("{hours} h {minutes:02d} min ago").format(hours=hours, minutes=minutes)
    return _("{minutes} min ago").format(minutes=minutes)


def moment_text(moment: datetime, now: datetime) -> str:
    """Return a local moment of the last days as staff say it."""
    days = (now.date() - moment.date()).days
    clock = f"{moment:%H:%M}"
    if days == 0:
        return clock
    if days == 1:
        return _("Yesterday {time}").format(time=clock)
    return _("{date}, {time}").format(date=day_of(moment), time=clock)


def day_text(moment: datetime, now: datetime) -> str:
    """Return a local day of the last weeks as staff say it."""
    days = (now.date() - moment.date()).days
    if days <= 0:
        return _("Today")
    return _("Yesterday") if days == 1 else counted("{count} day ago", "{count} days ago", days)


def vitals_text(prompt: Prompt | None, at: datetime) -> str:
    """Return which vital signs wait or come next; empty where none do."""
    if prompt is None:
        return ""
    if prompt.due > at:
        return _("Vital signs at {time}").format(time=f"{prompt.due.astimezone():%H:%M}")
    if prompt.late_min < 1:
        return _("Vital signs are due")
    return _("Vital signs are due, {count} min late").format(count=prompt.late_min)


def left_text(opens: datetime | None, left_s: Seconds | None) -> str:
    """Return when discharge opens and how long that is still."""
    if opens is None or left_s is None:
        return _("Discharge opens after the end of delivery.")
    if left_s <= 0.0:
        return ""
    span = passed_text(timedelta(seconds=math.ceil(left_s)))  # what is not over counts whole
    clock = f"{opens.astimezone():%H:%M}"
    return _("Discharge opens at {time}, in {span}.").format(time=clock, span=span)


def passed_text(span: timedelta) -> str:
    """Return a span of time to the second, as ``0:42:10``."""
    return str(timedelta(seconds=int(span.total_seconds())))
