"""The numbers of a visit, for each route: shipped with their sources, changed by the clinic.

What restricts may be made longer by a clinic, never shorter. A visit keeps the rules that it
was opened with, so that a later change does not alter what was decided.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from soundscape.errors import InvalidPlanError
from soundscape.fields import Fields, read_fields
from soundscape.home import home
from soundscape.session.phases import Anchor
from soundscape.visit.clinic_file import read_clinic
from soundscape.visit.entries import Item

RANGES: Mapping[str, tuple[float, float]] = {
    "food_min_h": (0.0, 24.0),
    "food_met_h": (0.0, 24.0),
    "liquids_min_h": (0.0, 12.0),
    "bladder_warn_min": (1.0, 120.0),
    "recovery_min": (0.0, 720.0),
    "extended_min": (0.0, 720.0),
    "effects_min": (30.0, 720.0),
    "restrict_h": (0.0, 168.0),
    "restrict_next_day_h": (0.0, 23.0),
    "follow_up_from_h": (0.0, 168.0),
    "follow_up_to_h": (1.0, 720.0),
}
"""Every number and what it may be."""

FREE = frozenset({"bladder_warn_min", "effects_min", "follow_up_from_h", "follow_up_to_h"})
"""Numbers that restrict nobody: the clinic may set them either way."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a visit on one route.

    Attributes
    ----------
    route : str
        As on the command line: ``iv``.
    mandatory : frozenset[Item]
        What has to be met, or overridden by name, before a session starts.
    food_min_h, food_met_h : float
        Hours since the last food: unmet below the first, a warning below the second.
    liquids_min_h : float
        Hours since the last drink that counts.
    any_liquid : bool
        Every drink counts, else only what is not clear.
    bladder_warn_min : float
        Older than this, going to the bathroom is a warning.
    recovery_min : float
        Minutes from the end of delivery until discharge opens.
    extended_min : float
        Minutes more where a ride-share takes the patient home.
    effects_min : float
        Minutes after which an after-effect that is still noted is said.
    restrict_h : float
        Hours from the end of delivery for which driving and the like are to wait, at least.
    restrict_next_day_h : float
        They wait until this hour of the next day too: 0 is midnight, the end of the day.
    restrict_slept : bool
        They wait for a restful night's sleep as well.
    follow_up_from_h, follow_up_to_h : float
        The follow-up's window, in hours from the end of delivery.
    end : Anchor
        What the end of delivery is on this route.
    """

    route: str
    mandatory: frozenset[Item]
    food_min_h: float
    food_met_h: float
    liquids_min_h: float
    any_liquid: bool
    bladder_warn_min: float
    recovery_min: float
    extended_min: float
    effects_min: float
    restrict_h: float
    restrict_next_day_h: float
    restrict_slept: bool
    follow_up_from_h: float
    follow_up_to_h: float
    end: Anchor

    def to_json(self) -> dict[str, Any]:
        """Return it as plain data, for the entry that opens a visit."""
        return asdict(self) | {"mandatory": sorted(self.mandatory), "end": str(self.end)}


def load_rules(clinic: Path | None = None) -> dict[str, Rules]:
    """Return the rules of every route, changed where the clinic's file says so.

    Parameters
    ----------
    clinic : Path | None
        The clinic's ``visit.toml``; where there is none, the rules are as shipped.

    Raises
    ------
    InvalidPlanError
        If a field is faulty or makes shorter what restricts; it names the field.
    """
    shipped = {route: _read(table, f"{route}.") for route, table in _shipped().items()}
    chosen = read_clinic(clinic, "rules")
    unknown = set(chosen) - set(shipped)
    if unknown:
        known = ", ".join(shipped)
        raise InvalidPlanError(f"rules.{min(unknown)}", f"is no route; the routes are {known}")
    return {route: _changed(rules, chosen.get(route, {})) for route, rules in shipped.items()}


def sources() -> dict[str, dict[str, str]]:
    """Return for each route where each of its numbers comes from."""
    return {
        route: {name: entry["source"] for name, entry in table.items() if "source" in entry}
        for route, table in _tables().items()
    }


def rules_from_json(data: Mapping[str, Any]) -> Rules:
    """Return the rules that a visit was opened with; a faulty one is refused by its field."""
    return _read(data, "rules.")


def _tables() -> dict[str, dict[str, Any]]:
    """Return each route's shipped table, with what holds on every route filled in."""
    tables = read_fields(home() / "assets" / "visit" / "rules.toml").rest()
    every = tables.pop("every")
    return {route: every | table for route, table in tables.items()}


def _shipped() -> dict[str, dict[str, Any]]:
    return {
        route: {"route": route, "mandatory": table.pop("mandatory")}
        | {name: entry["value"] for name, entry in table.items()}
        for route, table in _tables().items()
    }


def _read(table: Mapping[str, Any], where: str) -> Rules:
    """Return the rules in a table.

    Raises
    ------
    InvalidPlanError
        Naming the first faulty field.
    """
    found = Fields(table, where)
    items = found.words("mandatory")
    unknown = set(items) - set(Item)
    if unknown:
        raise InvalidPlanError(f"{where}mandatory", f"'{min(unknown)}' is not on the list")
    end = found.text("end")
    if end not in set(Anchor):
        raise InvalidPlanError(f"{where}end", f"must be one of {', '.join(Anchor)}")
    rules = Rules(
        route=found.text("route"),
        mandatory=frozenset(map(Item, items)),
        any_liquid=found.flag("any_liquid"),
        restrict_slept=found.flag("restrict_slept"),
        end=Anchor(end),
        **{name: found.number(name, *limits) for name, limits in RANGES.items()},
    )
    found.finish()
    _check_order(rules, where)
    return rules


def _check_order(rules: Rules, where: str) -> None:
    """Refuse a range whose end comes before its start.

    Raises
    ------
    InvalidPlanError
        Naming the field.
    """
    if rules.food_met_h < rules.food_min_h:
        raise InvalidPlanError(f"{where}food_met_h", "must not be less than food_min_h")
    if rules.follow_up_to_h <= rules.follow_up_from_h:
        raise InvalidPlanError(f"{where}follow_up_to_h", "must be more than follow_up_from_h")


def _changed(shipped: Rules, chosen: Mapping[str, Any]) -> Rules:
    """Return shipped rules with a clinic's choices.

    Raises
    ------
    InvalidPlanError
        If a choice is faulty, or shortens what restricts.
    """
    where = f"rules.{shipped.route}."
    fixed = {"route", "end"} & set(chosen)
    if fixed:
        raise InvalidPlanError(f"{where}{min(fixed)}", "cannot be chosen")
    rules = _read(shipped.to_json() | dict(chosen), where)
    for name in RANGES.keys() - FREE:
        least = getattr(shipped, name)
        if getattr(rules, name) < least:
            raise InvalidPlanError(f"{where}{name}", f"may be more than {least:g}, never less")
    for name in ("any_liquid", "restrict_slept"):
        if getattr(shipped, name) and not getattr(rules, name):
            raise InvalidPlanError(f"{where}{name}", "cannot be taken back on this route")
    if not rules.mandatory >= shipped.mandatory:
        missing = min(shipped.mandatory - rules.mandatory)
        raise InvalidPlanError(f"{where}mandatory", f"has to keep '{missing}'")
    return rules
