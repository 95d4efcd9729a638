"""The routes a dose can take, each with its default phase plan, read from ``assets/routes``."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from soundscape.errors import InvalidPlanError
from soundscape.fields import Fields, read_fields
from soundscape.home import home
from soundscape.session.phases import (
    COLOR_RANGE_K,
    WARM_WHITE_K,
    Anchor,
    Boundary,
    Phase,
    PhasePlan,
    Scene,
    nominal_spans,
)
from soundscape.units import Seconds

LONGEST_FADE_SHARE = 0.15
"""Of the shorter neighbor: a boundary's fade is to be an edge, not a phase of its own."""

_DAY_MIN = 24 * 60.0
_POINTS_AT_LEAST = 2
_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Route:
    """A way of giving the dose and what its session is made of.

    Attributes
    ----------
    name : str
        As on the command line: ``iv``.
    title : str
        For people: ``IV infusion``.
    line : str
        One plain sentence about it.
    delivery_s : Seconds
        Planned time from the start of the dose to its end, or to the last device.
    delivery_range_s : tuple[Seconds, Seconds]
        The shortest and longest delivery that can be planned; equal where there is none.
    phases : tuple[PhasePlan, ...]
        In order, each starting where the one before ends.
    vitals : tuple[Boundary, ...]
        When staff are reminded of vital signs.
    """

    name: str
    title: str
    line: str
    delivery_s: Seconds
    delivery_range_s: tuple[Seconds, Seconds]
    phases: tuple[PhasePlan, ...]
    vitals: tuple[Boundary, ...]

    @property
    def anchors(self) -> frozenset[Anchor]:
        """Which anchors staff have to set on this route."""
        return frozenset(
            boundary.anchor for phase in self.phases for boundary in (phase.start, phase.end)
        )


def load_routes() -> dict[str, Route]:
    """Return every shipped route by its name."""
    paths = sorted((home() / "assets" / "routes").glob("*.toml"))
    return {route.name: route for route in map(read_route, paths)}


def clinic_routes(settings: Mapping[str, object]) -> dict[str, Route]:
    """Return every route, each with the length of delivery that is usual in the clinic.

    Parameters
    ----------
    settings : Mapping[str, object]
        The clinic's; ``usual_delivery_iv_min`` is minutes. What a route cannot be is passed over.
    """
    routes = load_routes()
    for name, route in routes.items():
        usual_min = settings.get(usual_delivery_setting(name))
        low_s, high_s = route.delivery_range_s
        if isinstance(usual_min, int) and low_s <= 60.0 * usual_min <= high_s:
            routes[name] = replace(route, delivery_s=Seconds(60.0 * usual_min))
    return routes


def usual_delivery_setting(route: str) -> str:
    """Return under which name the settings keep a route's usual length of delivery."""
    return f"usual_delivery_{route}_min"


def read_route(path: Path) -> Route:
    """Return the route in a file; a fault raises ``InvalidPlanError`` naming the field."""
    fields = read_fields(path)
    low_min, high_min = fields.pair("delivery_range_min", 0.0, _DAY_MIN)
    route = Route(
        name=fields.text("name"),
        title=fields.text("title"),
        line=fields.text("line"),
        delivery_s=Seconds(60.0 * fields.number("delivery_min", low_min, high_min)),
        delivery_range_s=(Seconds(60.0 * low_min), Seconds(60.0 * high_min)),
        phases=tuple(_phase(table) for table in fields.tables("phases")),
        vitals=_vitals(fields),
    )
    fields.finish()
    _check(route, path.name)
    return route


def with_delivery(route: Route, delivery_s: Seconds) -> Route:
    """Return the route for another length of delivery.

    A fade that would be too long beside a phase made short is shortened with it.

    Raises
    ------
    InvalidPlanError
        If the route cannot be planned for that length.
    """
    low_s, high_s = route.delivery_range_s
    if not low_s <= delivery_s <= high_s:
        allowed = (
            f"must be {low_s / 60:g}"
            if low_s == high_s
            else f"must lie between {low_s / 60:g} and {high_s / 60:g}"
        )
        raise InvalidPlanError("delivery", f"{allowed} minutes for {route.title}")
    lengths_s = [end_s - start_s for start_s, end_s in nominal_spans(route.phases, delivery_s)]
    phases = [route.phases[0]]
    for index in range(1, len(route.phases)):
        longest_s = LONGEST_FADE_SHARE * min(lengths_s[index - 1 : index + 1])
        phase = route.phases[index]
        phases.append(replace(phase, fade_s=Seconds(min(phase.fade_s, longest_s))))
    return replace(route, delivery_s=delivery_s, phases=tuple(phases))


def _phase(fields: Fields) -> PhasePlan:
    name = fields.text("name")
    if name not in set(Phase):
        raise InvalidPlanError(fields.where("name"), f"must be one of {', '.join(Phase)}")
    phase = PhasePlan(
        name=Phase(name),
        start=_boundary(fields.items("start"), fields.where("start")),
        end=_boundary(fields.items("end"), fields.where("end")),
        holds=fields.flag("holds"),
        energy=energy_points(fields),
        tempo_bpm=fields.pair("tempo_bpm", 20.0, 300.0) if fields.has("tempo_bpm") else None,
        level_lu=fields.pair("level_lu", -24.0, 3.0),
        fade_s=Seconds(fields.number("fade_s", 1.0, 120.0)),
        scene=Scene(
            screen=fields.pair("screen", 0.0, 1.0),
            lights=fields.pair("lights", 0.0, 1.0),
            change_s=Seconds(fields.number("change_s", 0.0, 3600.0)),
            color_k=_color_k(fields),
        ),
        source=fields.text("source"),
    )
    fields.finish()
    return phase


def _color_k(fields: Fields) -> float:
    return fields.number("color_k", *COLOR_RANGE_K) if fields.has("color_k") else WARM_WHITE_K


def _boundary(items: list[object], where: str) -> Boundary:
    if len(items) != len(("anchor", "minutes")):
        raise InvalidPlanError(where, "must be an anchor and minutes after it")
    anchor, offset_min = items
    if not isinstance(anchor, str) or anchor not in set(Anchor):
        raise InvalidPlanError(f"{where}[0]", f"must be one of {', '.join(Anchor)}")
    if isinstance(offset_min, bool) or not isinstance(offset_min, int | float):
        raise InvalidPlanError(f"{where}[1]", "must be minutes after the anchor")
    if not abs(offset_min) <= _DAY_MIN:
        raise InvalidPlanError(f"{where}[1]", "must be minutes within a day of the anchor")
    return Boundary(Anchor(anchor), Seconds(60.0 * offset_min))


def energy_points(fields: Fields) -> tuple[tuple[float, float], ...]:
    """Return a table's line of energy, as points (fraction of a phase 0-1, energy 0-1).

    Raises
    ------
    InvalidPlanError
        If it does not run through the whole phase in order.
    """
    points = fields.points("energy", 0.0, 1.0)
    fractions = [fraction for fraction, _ in points]
    rising = all(before < after for before, after in pairwise(fractions))
    if len(points) < _POINTS_AT_LEAST or (fractions[0], fractions[-1]) != (0.0, 1.0) or not rising:
        raise InvalidPlanError(
            fields.where("energy"), "must run from 0 to 1 of the phase in order"
        )
    return points


def _vitals(fields: Fields) -> tuple[Boundary, ...]:
    found = []
    for index, item in enumerate(fields.items("vitals")):
        where = fields.where(f"vitals[{index}]")
        found.append(_boundary(item if isinstance(item, list) else [], where))
    return tuple(found)


def _check(route: Route, file_name: str) -> None:
    """Refuse phases that do not join, or whose length or fade makes no sense.

    Raises
    ------
    InvalidPlanError
        Naming the first faulty field.
    """
    if not route.phases:
        raise InvalidPlanError(f"{file_name}: phases", "must hold at least one phase")
    if route.phases[0].start.anchor is not Anchor.DOSE_START:
        raise InvalidPlanError(f"{file_name}: phases[0].start", "must count from dose_start")
    for index, (before, after) in enumerate(pairwise(route.phases), start=1):
        where = f"{file_name}: phases[{index}]"
        if before.end != after.start:
            raise InvalidPlanError(f"{where}.start", "must be where the phase before ends")
        if abs(before.energy[-1][1] - after.energy[0][1]) > _TOLERANCE:
            raise InvalidPlanError(f"{where}.energy", "must go on where the phase before ends")
    _check_lengths(route, file_name)


def _check_lengths(route: Route, file_name: str) -> None:
    for delivery_s in route.delivery_range_s:
        for index, (start_s, end_s) in enumerate(nominal_spans(route.phases, delivery_s)):
            if end_s <= start_s:
                where = f"{file_name}: phases[{index}].end"
                raise InvalidPlanError(where, "must come after its start for every delivery")
    spans_s = nominal_spans(route.phases, route.delivery_s)
    lengths_s = [end_s - start_s for start_s, end_s in spans_s]
    for index, phase in enumerate(route.phases):
        shorter_s = min(lengths_s[max(0, index - 1) : index + 1])
        if phase.fade_s > LONGEST_FADE_SHARE * shorter_s:
            where = f"{file_name}: phases[{index}].fade_s"
            raise InvalidPlanError(where, "must be at most 15 % of the shorter phase beside it")
