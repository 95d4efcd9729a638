"""Places of a plan, as ``deepen.2``: which tracks are to stay there, and which to give way."""

import argparse
import re
from collections import defaultdict
from pathlib import Path

from playlists.library.repository import Library
from playlists.routes import Route
from playlists.solver.attempt import Locks
from soundscape.errors import InvalidPlanError
from soundscape.session.plan import PlannedCue, SessionPlan
from soundscape.session.plan_file import read_plan
from ui.commands.library import named

_PLACE = re.compile(r"([a-z]+)\.([1-9]\d?)", re.ASCII)


def add_places(parser: argparse.ArgumentParser) -> None:
    """Declare the options that say what stands where."""
    parser.add_argument(
        "--lock",
        action="append",
        default=[],
        metavar="PLACE=TRACK",
        help="a track that must stand at a place, as deepen.2=knolls; may be given again",
    )
    parser.add_argument(
        "--keep", type=Path, metavar="PLAN", help="leave all as an earlier plan has it, but swaps"
    )
    parser.add_argument(
        "--swap",
        action="append",
        default=[],
        metavar="PLACE",
        help="of the plan that is kept: another track than this; may be given again",
    )


def locks_of(
    options: argparse.Namespace, route: Route, library: Library
) -> tuple[Locks, set[str]]:
    """Return what must stand where, and the contents that must not be used.

    Raises
    ------
    InvalidPlanError
        If a place or its track is none, nothing stands there that could be swapped, or the plan
        that is kept is one of another route.
    """
    held: dict[tuple[int, int], str] = {}
    given_up: set[str] = set()
    if options.keep is not None:
        held = {place: cue.track for place, cue in placed(kept(options.keep, route)).items()}
    for text in options.swap:
        place = place_of(text, route)
        if place not in held:
            raise InvalidPlanError("swap", f"{text} holds no track; say --keep PLAN and its place")
        given_up.add(held.pop(place))
    for text in options.lock:
        where, _, name = text.partition("=")
        if not name.strip():
            raise InvalidPlanError("lock", f"{text!r} names no track; write as deepen.2=knolls")
        (track,) = named(library, [name])
        held[place_of(where, route)] = track.content_hash
    return held, given_up


def kept(path: Path, route: Route) -> SessionPlan:
    """Return the plan that is to be kept.

    Raises
    ------
    InvalidPlanError
        If it is one of another route, whose places are others.
    """
    plan = read_plan(path)
    if plan.route != route.name:
        raise InvalidPlanError("keep", f"{path.name} is a plan for {plan.route}, not {route.name}")
    return plan


def placed(plan: SessionPlan) -> dict[tuple[int, int], PlannedCue]:
    """Return what stands at each place of a plan."""
    found: dict[tuple[int, int], PlannedCue] = {}
    count: dict[int, int] = defaultdict(int)
    for cue in plan.cues:
        found[cue.phase, count[cue.phase]] = cue
        count[cue.phase] += 1
    return found


def place_of(text: str, route: Route) -> tuple[int, int]:
    """Return a place as the solver counts it: phase and place in it, from 0.

    Raises
    ------
    InvalidPlanError
        If it is none.
    """
    names = [phase.name.value for phase in route.phases]
    found = _PLACE.fullmatch(text)
    if found is None or found[1] not in names:
        raise InvalidPlanError("place", f"{text!r} is none; write as {names[-1]}.1")
    return names.index(found[1]), int(found[2]) - 1
