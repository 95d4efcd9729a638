"""Where tracks fall in time when they follow each other through the phases.

The session's timeline lays cues out by the same rules (tests/playlists/test_compiler.py holds
them together): a phase's first cue starts with the phase; each next one starts before the end
of the one before it by its crossfade, or after it by a gap; the last plays on through the
crossfade into the next phase.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from playlists.models import Track
from playlists.solver.constraints import music_length_s
from soundscape.session.phases import Phase, PhasePlan, energy_at, nominal_spans
from soundscape.session.plan import LONGEST_GAP_S, Join, SessionPlan
from soundscape.units import Seconds

CUE_FADE_S = Seconds(8.0)
USUAL_JOIN = Join(CUE_FADE_S)
FADE_RANGE_S = (Seconds(2.0), Seconds(20.0))
"""How short and long a therapist may make a crossfade within a phase."""

GAP_RANGE_S = (Seconds(1.0), LONGEST_GAP_S)
"""How short and long a breath of silence may be, where there is one."""

GAP_FADE_RANGE_S = (Seconds(4.0), FADE_RANGE_S[1])
"""The fades beside it: music that comes out of silence is not to startle."""

Joins = Mapping[tuple[int, int], Join]
"""Joins into tracks, by phase and place in it from 0, that are not the usual ones."""

MARGIN_S = Seconds(1.0)
"""A phase's last music lasts this much longer than its crossfade needs."""

SHORTEST_LAST_S = Seconds(85.0)
"""A phase's last cue is not to be begun just before it is left; the one before is cut instead.

The shortest music (120 s) lasts this long and the longest crossfade (30 s) beyond it."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A phase as a stretch of the session that music has to fill.

    Attributes
    ----------
    phase : PhasePlan
        What is wanted there.
    start_s, end_s : Seconds
        From the session's start.
    sounds_until_s : Seconds
        Until when its last music must last.
    brightness_hz : tuple[float, float] | None
        Range of brightness that is liked, softly; None is any.
    """

    phase: PhasePlan
    start_s: Seconds
    end_s: Seconds
    sounds_until_s: Seconds
    brightness_hz: tuple[float, float] | None = None

    @property
    def length_s(self) -> Seconds:
        """How long it lasts."""
        return Seconds(self.end_s - self.start_s)


@dataclass(frozen=True, slots=True)
class Placed:
    """A track in its place.

    Attributes
    ----------
    track : Track
        What sounds.
    slot : int
        In which phase.
    start_s, end_s : Seconds
        From its own start to the start of the next: the time that it answers for.
    source_length_s : Seconds
        How much of its music may sound.
    join : Join
        How the one before hands over to it.
    """

    track: Track
    slot: int
    start_s: Seconds
    end_s: Seconds
    source_length_s: Seconds
    join: Join


def kept_join(join: Join) -> Join:
    """Return a join as a therapist asks for it, within what is allowed."""
    if not join.gap_s:
        return replace(join, fade_s=_within(join.fade_s, FADE_RANGE_S))
    gap_s = _within(join.gap_s, GAP_RANGE_S)
    return replace(join, fade_s=_within(join.fade_s, GAP_FADE_RANGE_S), gap_s=gap_s)


def _within(length_s: Seconds, range_s: tuple[Seconds, Seconds]) -> Seconds:
    return Seconds(min(max(length_s, range_s[0]), range_s[1]))


def joins_in(plan: SessionPlan) -> dict[tuple[int, int], Join]:
    """Return the joins of a plan that are not the usual ones; how long a phase's own is is not."""
    found: dict[tuple[int, int], Join] = {}
    count: Counter[int] = Counter()
    for cue in plan.cues:
        number = count[cue.phase]
        count[cue.phase] += 1
        join = cue.join if number else replace(USUAL_JOIN, shape=cue.shape)
        if join != USUAL_JOIN:
            found[cue.phase, number] = join
    return found


def slots_of(
    phases: tuple[PhasePlan, ...],
    delivery_s: Seconds,
    brightness_hz: Callable[[Phase], tuple[float, float] | None] = lambda _: None,
) -> tuple[Slot, ...]:
    """Return the stretches that a route's phases make if all goes as planned.

    Parameters
    ----------
    phases : tuple[PhasePlan, ...]
        The phases.
    delivery_s : Seconds
        Planned time from the start of the dose to its end.
    brightness_hz : Callable[[Phase], tuple[float, float] | None]
        Which brightness is liked in a phase.
    """
    overlaps_s = [*(phase.fade_s + MARGIN_S for phase in phases[1:]), 0.0]
    spans_s = nominal_spans(phases, delivery_s)
    return tuple(
        Slot(phase, start_s, end_s, Seconds(end_s + overlap_s), brightness_hz(phase.name))
        for phase, (start_s, end_s), overlap_s in zip(phases, spans_s, overlaps_s, strict=True)
    )


def rest_of(slot: Slot, from_s: Seconds) -> Slot:
    """Return what is left of a slot from a moment within it, its line as it was."""
    done = (from_s - slot.start_s) / slot.length_s
    now = energy_at(slot.phase, done)
    left = [(fraction, energy) for fraction, energy in slot.phase.energy if fraction > done]
    points = ((0.0, now), *(((at - done) / (1.0 - done), energy) for at, energy in left))
    return replace(slot, phase=replace(slot.phase, energy=points), start_s=from_s)


def latest_next_s(slot: Slot, start_s: float) -> float:
    """Return when the cue after one that starts at ``start_s`` must have begun at the latest.

    That leaves a phase's last cue that long, or half of what is left where that is less. Since
    no music is shorter than two minutes, it still outlasts the crossfade that follows.
    """
    return slot.end_s - min(SHORTEST_LAST_S, (slot.end_s - start_s) / 2.0)


def lay_out(
    slots: Sequence[Slot], picks: Sequence[Sequence[Track]], joins: Joins | None = None
) -> tuple[Placed, ...] | None:
    """Return the tracks in their places; None if a phase has too few, too short or too many.

    Parameters
    ----------
    slots : Sequence[Slot]
        The phases.
    picks : Sequence[Sequence[Track]]
        For each phase its tracks, in order.
    joins : Joins | None
        Joins that are not the usual ones; None is none. Where a phase begins only the shape
        counts: its route says how long its fade is, and nothing waits for a gap there.
    """
    joins = joins or {}
    placed: list[Placed] = []
    for index, (slot, tracks) in enumerate(zip(slots, picks, strict=True)):
        start_s: float = slot.start_s
        for place, track in enumerate(tracks):
            length_s = music_length_s(track)
            is_last = start_s + length_s >= slot.sounds_until_s
            if is_last is not (place == len(tracks) - 1):
                return None
            end_s = slot.end_s
            if not is_last:
                overlap_s = joins.get((index, place + 1), USUAL_JOIN).overlap_s
                natural_s = start_s + length_s - overlap_s
                end_s = Seconds(min(natural_s, latest_next_s(slot, start_s)))
                length_s = Seconds(min(length_s, end_s - start_s + overlap_s))
            join = joins.get((index, place), USUAL_JOIN)
            if not place:
                join = Join(slot.phase.fade_s, join.shape)
            placed.append(Placed(track, index, Seconds(start_s), end_s, length_s, join))
            start_s = end_s
        if not tracks:
            return None
    return tuple(placed)
