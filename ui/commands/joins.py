"""Joins of a plan on the command line, as ``deepen.2=breath:6:3``."""

import argparse
import math

from playlists.routes import Route
from playlists.solver.layout import Joins, joins_in
from soundscape.errors import InvalidPlanError
from soundscape.session.cues import Shape
from soundscape.session.plan import Join
from soundscape.units import Seconds
from ui.commands.places import kept, place_of

_WRITTEN = "write as deepen.2=even:12, deepen.2=straight:6 or deepen.2=breath:6:3"
_SHAPES = {"even": Shape.EQUAL_POWER, "straight": Shape.LINEAR, "breath": Shape.EQUAL_POWER}


def add_joins(parser: argparse.ArgumentParser) -> None:
    """Declare the option that says how tracks hand over."""
    parser.add_argument(
        "--join",
        action="append",
        default=[],
        metavar="PLACE=JOIN",
        help="how the track before hands over to a place: even or straight with seconds of"
        " crossfade, as deepen.2=even:12, or deepen.2=breath:6:3 with seconds of each fade and of"
        " silence; may be given again",
    )


def joins_of(options: argparse.Namespace, route: Route) -> Joins:
    """Return the joins that are not the usual ones: those of the plan kept, then those said.

    What is no place or no join is refused with ``InvalidPlanError``.
    """
    joins = {} if options.keep is None else joins_in(kept(options.keep, route))
    for text in options.join:
        where, _, said = text.partition("=")
        joins[place_of(where, route)] = _join(said)
    return joins


def _join(text: str) -> Join:
    way, *lengths = text.split(":")
    if way not in _SHAPES or len(lengths) != (2 if way == "breath" else 1):
        raise InvalidPlanError("join", f"{text!r} is none; {_WRITTEN}")
    return Join(_seconds(lengths[0]), _SHAPES[way], *map(_seconds, lengths[1:]))


def _seconds(text: str) -> Seconds:
    try:
        length_s = float(text)
    except ValueError:
        length_s = math.nan
    if not length_s > 0.0:
        raise InvalidPlanError("join", f"{text!r} is no length in seconds; {_WRITTEN}")
    return Seconds(length_s)
