"""From phases and a library to a sequence with its proof."""

from dataclasses import dataclass, field, replace

from playlists.models import Track
from playlists.solver.attempt import Attempt, Task, attempted, is_hopeless, tried
from playlists.solver.constraints import Rules, first_gate
from playlists.solver.cost import mean_energy_error, total_cost_s
from playlists.solver.lacks import Lack, lacking
from playlists.solver.layout import Placed, Slot
from playlists.solver.proof import (
    BOUNDARY_ERROR_AT_MOST_S,
    ENERGY_ERROR_AT_MOST,
    Proof,
    boundary_error_s,
    crowded,
    phase_proofs,
    repeats,
    ungated_tracks,
)
from playlists.solver.refusals import (
    BROKEN_RULE,
    EMPTY_LIBRARY,
    LOCKS_HINDER,
    SAME_LIST,
    artist_words,
    energy_words,
    gate_words,
    lock_words,
    supply_words,
)
from playlists.solver.reserve import RESERVE_AT_LEAST_S
from soundscape.clock import Clock
from soundscape.units import Seconds

_TRIES = 4
"""How many tracks of a list are left out in turn, to find one that the patient has not heard."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be filled, and from what.

    Attributes
    ----------
    route : str
        Name of the route, for the proof.
    task : Task
        The phases, and how they are wanted.
    tracks : tuple[Track, ...]
        The whole library.
    rules : Rules
        What is kept out.
    earlier : tuple[frozenset[str], ...]
        Content hashes of each list that this patient has heard and is not to hear again.
    """

    route: str
    task: Task
    tracks: tuple[Track, ...]
    rules: Rules = field(default_factory=Rules)
    earlier: tuple[frozenset[str], ...] = ()


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


def solve(order: Order, clock: Clock) -> Found:
    """Return the best sequence found, with the proof that it holds or what it lacks."""
    started_s = clock.now()
    gates = [first_gate(one, order.rules) for one in order.tracks]
    passed = tuple(one for gate, one in zip(gates, order.tracks, strict=True) if gate is None)
    attempt = _unheard(order, passed, _attempt(order, passed))
    missing, lacks = _missing(order, passed, attempt)
    if missing:
        gated = zip(gates, order.tracks, strict=True)
        missing = (*missing, *gate_words([(gate, one) for gate, one in gated if gate is not None]))
    proof = replace(proof_of(order, attempt), missing=missing, lacks=lacks)
    return Found(attempt.placed, attempt.reserve, replace(proof, seconds=clock.now() - started_s))


def _attempt(order: Order, passed: tuple[Track, ...]) -> Attempt:
    """Return the best attempt, or a worse one where only that is a plan with its reserve.

    Improving weighs all costs, so it may trade the arc or the reserve for better joins. What
    ``lacks`` has tried, without improving, is a plan for sure.
    """
    best = attempted(order.task, passed)
    if not best.placed or _holds(order, best) or is_hopeless(order.task.slots, best.placed):
        return best
    plain = attempted(replace(order.task, thorough=False), passed)
    return plain if _holds(order, plain) else best


def _holds(order: Order, attempt: Attempt) -> bool:
    held = is_plan(order.task.slots, order.rules, attempt)
    return held and attempt.reserve_s >= RESERVE_AT_LEAST_S


def _unheard(order: Order, passed: tuple[Track, ...], attempt: Attempt) -> Attempt:
    """Return an attempt that is no list the patient has heard, if there is one."""
    if _list(attempt) not in order.earlier:
        return attempt
    for heard in [cue.track.content_hash for cue in attempt.placed][:_TRIES]:
        others = tuple(one for one in passed if one.content_hash != heard)
        found = attempted(order.task, others)
        if is_plan(order.task.slots, order.rules, found) and _list(found) not in order.earlier:
            return found
    return attempt


def _list(attempt: Attempt) -> frozenset[str]:
    return frozenset(cue.track.content_hash for cue in attempt.placed)


def is_plan(slots: tuple[Slot, ...], rules: Rules, attempt: Attempt) -> bool:
    """Return whether an attempt holds, its reserve left out."""
    error = mean_energy_error(slots, attempt.placed)
    return (
        error is not None and error <= ENERGY_ERROR_AT_MOST and not _broken(slots, rules, attempt)
    )


def _broken(slots: tuple[Slot, ...], rules: Rules, attempt: Attempt) -> bool:
    return bool(
        boundary_error_s(slots, attempt.placed) > BOUNDARY_ERROR_AT_MOST_S
        or repeats(attempt.placed)
        or crowded(slots, attempt.placed)
        or ungated_tracks(slots, attempt.placed, rules)
    )


def proof_of(order: Order, attempt: Attempt) -> Proof:
    """Return the figures of an attempt; what it lacks is not yet said."""
    slots, placed = order.task.slots, attempt.placed
    cost_s = total_cost_s(slots, placed, order.task.wishes.taste)
    return Proof(
        route=order.route,
        phases=phase_proofs(slots, placed),
        boundary_error_s=boundary_error_s(slots, placed) if placed else None,
        mean_energy_error=mean_energy_error(slots, placed),
        ungated_tracks=ungated_tracks(slots, placed, order.rules),
        reserve_s=Seconds(attempt.reserve_s),
        repeats=repeats(placed),
        cost=cost_s / order.task.length_s if placed else None,
        lower_bound=attempt.least_s / order.task.length_s if placed else None,
        seconds=0.0,
        missing=(),
    )


def _missing(
    order: Order, passed: tuple[Track, ...], attempt: Attempt
) -> tuple[tuple[str, ...], tuple[Lack, ...]]:
    """Return what is lacking, in words and as music, before the gates' share in it is said."""
    task = order.task
    wanted = frozenset(task.locks.values())
    locked = {one.content_hash: one for one in order.tracks if one.content_hash in wanted}
    hindered = lock_words(task, order.rules, locked)
    if hindered:
        return hindered, ()
    if _holds(order, attempt):
        return ((SAME_LIST,), ()) if _list(attempt) in order.earlier else ((), ())
    if attempt.placed and _broken(task.slots, order.rules, attempt):
        return (BROKEN_RULE,), ()
    lacks = lacking(task, passed, lambda one: is_plan(task.slots, order.rules, one))
    if not lacks and task.locks:
        return (LOCKS_HINDER,), ()
    if not order.tracks:
        return (EMPTY_LIBRARY, *(lack.words() for lack in lacks)), lacks
    return (*_reasons(order, passed, attempt), *(lack.words() for lack in lacks)), lacks


def _reasons(order: Order, passed: tuple[Track, ...], attempt: Attempt) -> tuple[str, ...]:
    """Return why there is no plan, beside the music that is lacking."""
    task = order.task
    if not attempt.placed:
        crowded = replace(task, wishes=replace(task.wishes, spaced=False))
        if tried(crowded, passed).placed:
            return (artist_words(passed),)
        return (supply_words(task.slots, passed),)
    error = mean_energy_error(task.slots, attempt.placed)
    if error is None or error <= ENERGY_ERROR_AT_MOST:
        return ()
    phases = phase_proofs(task.slots, attempt.placed)
    worst = max(phases, key=lambda phase: phase.mean_energy_error or 0.0)
    return (energy_words(worst.name, worst.mean_energy_error or 0.0, worst.target_energy),)
