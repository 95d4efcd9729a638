"""The checklist before a session: what is met, what warns, what is open."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from soundscape.units import Seconds
from soundscape.visit.entries import Escort, Gate, Item
from soundscape.visit.rules import Rules
from soundscape.visit.state import Answer, Visit

HOUR_S = 3600.0
MINUTE_S = 60.0


class Standing(StrEnum):
    """How an item stands."""

    UNMET = "unmet"
    WARN = "warn"
    MET = "met"


@dataclass(frozen=True, slots=True)
class Row:
    """An item of the checklist at a moment.

    Attributes
    ----------
    item : Item
        Which.
    standing : Standing
        How it stands.
    mandatory : bool
        A session starts without it only by a named override.
    since_s : Seconds | None
        How long ago the moment was that its answer names.
    covered : bool
        An override covers it.
    """

    item: Item
    standing: Standing
    mandatory: bool
    since_s: Seconds | None
    covered: bool


@dataclass(frozen=True, slots=True)
class Checklist:
    """The checklist of a route at a moment.

    Attributes
    ----------
    rows : tuple[Row, ...]
        In the order in which they are asked.
    """

    rows: tuple[Row, ...]

    @property
    def open(self) -> tuple[Item, ...]:
        """The mandatory items that are unmet and that no override covers."""
        return tuple(
            row.item
            for row in self.rows
            if row.mandatory and row.standing is Standing.UNMET and not row.covered
        )

    @property
    def ready(self) -> bool:
        """Whether a session may start."""
        return not self.open


def checklist(visit: Visit, at: datetime) -> Checklist:
    """Return how each item stands at a moment; each flips exactly at its boundary.

    Parameters
    ----------
    visit : Visit
        What was answered.
    at : datetime
        The moment: when the dose is to start, or now.
    """
    return Checklist(tuple(_row(visit, item, at) for item in Item))


def standing(rules: Rules, item: Item, answer: Answer | None, at: datetime) -> Standing:
    """Return how an item stands at a moment by its answer, if there is one."""
    if answer is None:
        return Standing.UNMET
    since_s = _since_s(answer, at)
    if since_s is not None and since_s < 0.0:
        return Standing.UNMET  # what is still to come has not been done
    return _STANDINGS[item](rules, answer, since_s or 0.0)


def _row(visit: Visit, item: Item, at: datetime) -> Row:
    answer = visit.answers.get(item)
    return Row(
        item,
        standing(visit.rules, item, answer, at),
        mandatory=item in visit.rules.mandatory,
        since_s=None if answer is None else _since_s(answer, at),
        covered=item in visit.covered(Gate.START),
    )


def _since_s(answer: Answer, at: datetime) -> Seconds | None:
    return None if answer.at is None else Seconds((at - answer.at).total_seconds())


def _food(rules: Rules, _answer: Answer, since_s: float) -> Standing:
    if since_s < rules.food_min_h * HOUR_S:
        return Standing.UNMET
    return Standing.MET if since_s >= rules.food_met_h * HOUR_S else Standing.WARN


def _liquids(rules: Rules, _answer: Answer, since_s: float) -> Standing:
    return Standing.MET if since_s >= rules.liquids_min_h * HOUR_S else Standing.UNMET


def _escort(_rules: Rules, answer: Answer, _since_s: float) -> Standing:
    if answer.choice is not Escort.RIDE_SHARE:
        return Standing.MET
    return Standing.WARN if answer.extended else Standing.UNMET


def _bladder(rules: Rules, _answer: Answer, since_s: float) -> Standing:
    return Standing.MET if since_s <= rules.bladder_warn_min * MINUTE_S else Standing.WARN


def _done(_rules: Rules, answer: Answer, _since_s: float) -> Standing:
    return Standing.MET if answer.yes else Standing.UNMET


def _answered(_rules: Rules, _answer: Answer, _since_s: float) -> Standing:
    # No is an answer: without music, without a mask, in the light as it is.
    return Standing.MET


_STANDINGS: Mapping[Item, Callable[[Rules, Answer, float], Standing]] = {
    Item.MEDICATIONS: _answered,
    Item.FOOD: _food,
    Item.LIQUIDS: _liquids,
    Item.ESCORT: _escort,
    Item.STORED: _done,
    Item.CONSENT_MUSIC: _answered,
    Item.CONSENT_MASK: _answered,
    Item.CONSENT_LIGHTS: _answered,
    Item.INTENTION: _answered,
    Item.CLOTHING: _done,
    Item.HEADPHONES: _done,
    Item.EYE_MASK: _answered,
    Item.CALL: _done,
    Item.BLADDER: _bladder,
}
