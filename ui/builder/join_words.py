"""The ways in which one track may hand over to the next, and what each is called."""

from dataclasses import replace
from enum import StrEnum

from playlists.solver.layout import GAP_RANGE_S, kept_join
from soundscape.session.cues import Shape
from soundscape.session.plan import NO_GAP_S, Join
from soundscape.units import Seconds
from ui.words import _, decimal

USUAL_GAP_S = Seconds(2.0)


class Way(StrEnum):
    """How one track hands over to the next."""

    EVEN = "even"
    STRAIGHT = "straight"
    BREATH = "breath"


def titles() -> dict[str, str]:
    """Return what each way is called."""
    return {
        Way.EVEN: _("Even"),
        Way.STRAIGHT: _("Straight"),
        Way.BREATH: _("Breath"),
    }


def meaning(way: Way) -> str:
    """Return what is heard of a way, in one sentence."""
    return {
        Way.EVEN: _("They cross, and stay as loud together as each is alone: for most pieces."),
        Way.STRAIGHT: _(
            "They cross in straight lines: for two that share one sound; others dip by 3 dB"
            " midway."
        ),
        Way.BREATH: _("The first fades to its end, then silence, then the next fades in."),
    }[way]


def way_of(join: Join) -> Way:
    """Return the way of a join."""
    if join.gap_s:
        return Way.BREATH
    return Way.EVEN if join.shape is Shape.EQUAL_POWER else Way.STRAIGHT


def in_way(join: Join, way: Way) -> Join:
    """Return a join that goes another way, as long as it was as far as that is allowed."""
    if way is Way.BREATH:
        gap_s = max(join.gap_s, min(USUAL_GAP_S, GAP_RANGE_S[1]))
        return kept_join(replace(join, shape=Shape.EQUAL_POWER, gap_s=Seconds(gap_s)))
    shape = Shape.LINEAR if way is Way.STRAIGHT else Shape.EQUAL_POWER
    return replace(join, shape=shape, gap_s=NO_GAP_S)


def seconds_text(length_s: float) -> str:
    """Return a length in seconds, without a decimal where there is none."""
    count = decimal(length_s, 0 if float(length_s).is_integer() else 1)
    return _("{count} s").format(count=count)


def join_text(join: Join) -> str:
    """Return a join in a few words."""
    way = way_of(join)
    length_s = join.gap_s if way is Way.BREATH else join.fade_s
    return f"{titles()[way]}, {seconds_text(length_s)}"
