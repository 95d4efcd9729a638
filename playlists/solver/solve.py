"""From phases and a library to a sequence with its proof."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from playlists.models import Track
from playlists.solver.bound import least_cost_s
from playlists.solver.constraints import first_gate, music_length_s
from playlists.solver.cost import energy_error_s, total_cost_s
from playlists.solver.lacks import (
    BROKEN_RULE,
    EMPTY_LIBRARY,
    artist_words,
    energy_words,
    gate_words,
    reserve_words,
    shortages,
    supply_words,
)
from playlists.solver.layout import Placed, Slot, lay_out
from playlists.solver.pool import Wishes, pool_of
from playlists.solver.proof import (
    BOUNDARY_ERROR_AT_MOST_S,
    ENERGY_ERROR_AT_MOST,
    Proof,
    boundary_error_s,
    phase_proofs,
    repeats,
    ungated_tracks,
)
from playlists.solver.reserve import (
    NEAR_ENERGY,
    RESERVE_AT_LEAST_S,
    chosen_reserve,
    spare_tracks,
)
from playlists.solver.search import search
from soundscape.clock import Clock
from soundscape.units import Seconds


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be filled, and from what.

    Attributes
    ----------
    route : str
        Name of the route, for the proof.
    slots : tuple[Slot, ...]
        The phases.
    tracks : tuple[Track, ...]
        The whole library.
    avoid : frozenset[str]
        Tags that keep a track out, in lower case.
    wishes : Wishes
        What is liked, and the seed.
    """

    route: str
    slots: tuple[Slot, ...]
    tracks: tuple[Track, ...]
    avoid: frozenset[str]
    wishes: Wishes


@dataclass(frozen=True, slots=True)
class Found:
    """What was found.

    Attributes
    ----------
    placed : tuple[Placed, ...]
        The tracks in their places; empty if some phase could not be filled.
    reserve : tuple[Track, ...]
        Spare tracks.
    proof : Proof
        Whether that is a plan.
    """

    placed: tuple[Placed, ...]
    reserve: tuple[Track, ...]
    proof: Proof


def solve(task: Task, clock: Clock) -> Found:
    """Return the best sequence found, with the proof that it holds or what it lacks."""
    started_s = clock.now()
    kept_out = [(first_gate(track, task.avoid), track) for track in task.tracks]
    passed = tuple(track for gate, track in kept_out if gate is None)
    placed, reserve = _best(task, passed)
    missing = _missing(task, passed, placed, reserve)
    if missing:
        shut = [(gate, track) for gate, track in kept_out if gate is not None]
        missing = (*missing, *gate_words(shut))
    proof = _proof(task, placed, reserve, missing)
    bound = _lower_bound(task, passed) if passed else None
    seconds = clock.now() - started_s
    return Found(placed, reserve, replace(proof, lower_bound=bound, seconds=seconds))


def _best(task: Task, passed: tuple[Track, ...]) -> tuple[tuple[Placed, ...], tuple[Track, ...]]:
    """Return the tracks in their places and the reserve; thrift only where it is needed."""
    best: tuple[tuple[Placed, ...], tuple[Track, ...]] = ((), ())
    for thrifty in (False, True):
        placed = _placed(task, passed, replace(task.wishes, thrifty=thrifty))
        used = frozenset(cue.track.content_hash for cue in placed)
        reserve = chosen_reserve(spare_tracks(task.slots, passed, used)) if placed else ()
        if placed and _length_s(reserve) >= _length_s(best[1]):
            best = (placed, reserve)
        if _length_s(best[1]) >= RESERVE_AT_LEAST_S:
            break
    return best


def _placed(task: Task, passed: tuple[Track, ...], wishes: Wishes) -> tuple[Placed, ...]:
    if not passed:
        return ()
    picks = search(pool_of(task.slots, passed, wishes))
    if picks is None:
        return ()
    return lay_out(task.slots, [[passed[index] for index in phase] for phase in picks]) or ()


def _length_s(tracks: Sequence[Track]) -> Seconds:
    return Seconds(sum(map(music_length_s, tracks)))


def _proof(
    task: Task, placed: tuple[Placed, ...], reserve: tuple[Track, ...], missing: tuple[str, ...]
) -> Proof:
    length_s = task.slots[-1].end_s - task.slots[0].start_s
    return Proof(
        route=task.route,
        phases=phase_proofs(task.slots, placed),
        boundary_error_s=boundary_error_s(task.slots, placed) if placed else None,
        mean_energy_error=_mean_energy_error(task.slots, placed),
        ungated_tracks=ungated_tracks(task.slots, placed, task.avoid),
        reserve_s=_length_s(reserve),
        repeats=repeats(placed),
        cost=total_cost_s(task.slots, placed, task.wishes.liked) / length_s if placed else None,
        lower_bound=None,
        seconds=0.0,
        missing=missing,
    )


def _mean_energy_error(slots: tuple[Slot, ...], placed: tuple[Placed, ...]) -> float | None:
    if not placed:
        return None
    errors_s = sum(
        energy_error_s(slots[cue.slot], cue.track.energy, cue.start_s, cue.end_s) for cue in placed
    )
    return errors_s / (slots[-1].end_s - slots[0].start_s)


def _lower_bound(task: Task, passed: tuple[Track, ...]) -> float:
    costs_s = (least_cost_s(slot, passed, task.wishes.liked) for slot in task.slots)
    return sum(costs_s) / (task.slots[-1].end_s - task.slots[0].start_s)


def _missing(
    task: Task,
    passed: tuple[Track, ...],
    placed: tuple[Placed, ...],
    reserve: tuple[Track, ...],
) -> tuple[str, ...]:
    """Return what is lacking, before the gates' share in it is said."""
    if not task.tracks:
        return (EMPTY_LIBRARY,)
    if not placed:
        return _missing_music(task, passed)
    found = _misses(task, passed, placed)
    if _length_s(reserve) < RESERVE_AT_LEAST_S:
        found.append(reserve_words(task.slots, _length_s(reserve)))
    return tuple(found)


def _missing_music(task: Task, passed: tuple[Track, ...]) -> tuple[str, ...]:
    words, spare_s = shortages(task.slots, passed, NEAR_ENERGY)
    if words:
        short = spare_s < RESERVE_AT_LEAST_S
        return (*words, reserve_words(task.slots, spare_s)) if short else words
    if _placed(task, passed, replace(task.wishes, artists_apart=False)):
        return (artist_words(passed),)
    return (supply_words(task.slots, passed),)


def _misses(task: Task, passed: tuple[Track, ...], placed: tuple[Placed, ...]) -> list[str]:
    """Return in words where tracks in their places are no plan."""
    if (
        boundary_error_s(task.slots, placed) > BOUNDARY_ERROR_AT_MOST_S
        or repeats(placed)
        or ungated_tracks(task.slots, placed, task.avoid)
    ):
        return [BROKEN_RULE]
    error = _mean_energy_error(task.slots, placed)
    if error is None or error <= ENERGY_ERROR_AT_MOST:
        return []
    words, _ = shortages(task.slots, passed, ENERGY_ERROR_AT_MOST)
    phases = phase_proofs(task.slots, placed)
    worst = max(phases, key=lambda phase: phase.mean_energy_error or 0.0)
    return [
        energy_words(worst.name, worst.mean_energy_error or 0.0, worst.target_energy),
        *words,
    ]
