"""An arc as it is drawn: points on a line over the phases, and what they become in a file.

Boundaries of phases are points of both sides at once, so that a line never steps at a join.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import tomlkit

from playlists.arcs import Arc, scaled
from playlists.routes import Route
from soundscape.session.phases import Phase

LEAST_APART = 0.02
"""Points of a phase stay so far apart, as a share of it."""

LOWEST_CAP = 0.05
"""An arc that is nowhere livelier than this would be silence."""


@dataclass(frozen=True, slots=True)
class Knot:
    """A point of the line.

    Attributes
    ----------
    place : float
        The phase's number from 0, and how much of it has passed (0-1).
    energy : float
        0-1.
    """

    place: float
    energy: float

    @property
    def is_boundary(self) -> bool:
        """Whether a phase begins or ends there; it cannot be moved in time."""
        return self.place == round(self.place)


@dataclass(frozen=True, slots=True)
class ArcDraft:
    """An arc that is to be kept.

    Attributes
    ----------
    title, line : str
        For people.
    knots : tuple[Knot, ...]
        Its line, over ``phases``.
    phases : tuple[Phase, ...]
        Which phases the knots' places count.
    therapist_only : bool
        Not to be offered to patients.
    base : Arc
        What it was made from; what that likes of tempo and brightness stays.
    shipped : frozenset[str]
        Names that are taken.
    """

    title: str
    line: str
    knots: tuple[Knot, ...]
    phases: tuple[Phase, ...]
    therapist_only: bool
    base: Arc
    shipped: frozenset[str]


def knots_of(route: Route, arc: Arc) -> tuple[Knot, ...]:
    """Return the points of an arc's line as it is on a route."""
    phases = scaled(route, arc)
    points = {
        number + fraction: energy
        for number, phase in enumerate(phases)
        for fraction, energy in phase.energy
    }
    return tuple(Knot(place, energy) for place, energy in sorted(points.items()))


def moved(knots: Sequence[Knot], number: int, to: Knot) -> tuple[Knot, ...]:
    """Return the points with one at another place, as far as its neighbors let it."""
    now = knots[number]
    place = now.place
    if not now.is_boundary:
        low = knots[number - 1].place + LEAST_APART
        high = knots[number + 1].place - LEAST_APART
        place = round(min(max(to.place, low), high), 3)
    kept = Knot(place, round(min(max(to.energy, 0.0), 1.0), 3))
    return (*knots[:number], kept, *knots[number + 1 :])


def added(knots: Sequence[Knot], number: int) -> tuple[Knot, ...]:
    """Return the points with one more in the middle after one; as they are where none fits."""
    if number + 1 >= len(knots):
        return tuple(knots)
    before, after = knots[number : number + 2]
    if after.place - before.place < 2.0 * LEAST_APART:
        return tuple(knots)
    middle = Knot(
        round((before.place + after.place) / 2.0, 3), (before.energy + after.energy) / 2.0
    )
    return (*knots[: number + 1], middle, *knots[number + 1 :])


def removed(knots: Sequence[Knot], number: int) -> tuple[Knot, ...]:
    """Return the points without one; a phase's boundary stays."""
    if knots[number].is_boundary:
        return tuple(knots)
    return (*knots[:number], *knots[number + 1 :])


def lines_of(
    knots: Sequence[Knot], phases: Sequence[Phase]
) -> dict[Phase, tuple[tuple[float, float], ...]]:
    """Return each phase's line as (fraction of it, energy).

    The phase in which a dose takes place in one go is not drawn: it keeps what it begins with.
    """
    lines = {
        phase: tuple(
            (round(knot.place - number, 3), knot.energy)
            for knot in knots
            if number <= knot.place <= number + 1
        )
        for number, phase in enumerate(phases)
    }
    for before, after in pairwise(phases):
        if (before, after) == (Phase.SETTLE, Phase.RISE):
            level = lines[before][-1][1]
            lines[Phase.DOSE] = ((0.0, level), (1.0, level))
    return lines


def toml_of(draft: ArcDraft, name: str) -> str:
    """Return the file of an arc, as ``playlists.arcs.read_arc`` reads it."""
    lines = lines_of(draft.knots, draft.phases)
    document = tomlkit.document()
    document["name"] = name
    document["title"] = draft.title.strip()
    document["line"] = draft.line.strip()
    document["cap"] = max(LOWEST_CAP, *(knot.energy for knot in draft.knots))
    document["therapist_only"] = draft.therapist_only
    tables = tomlkit.table(is_super_table=True)
    for phase in Phase:
        table = tomlkit.table()
        table["energy"] = [list(point) for point in lines[phase]]
        liked = draft.base.stretches.get(phase)
        for key in ("tempo_bpm", "brightness_hz"):
            if liked is not None and getattr(liked, key) is not None:
                table[key] = list(getattr(liked, key))
        tables[phase.value] = table
    document["phases"] = tables
    return tomlkit.dumps(document)
