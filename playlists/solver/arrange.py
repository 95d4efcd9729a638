"""A plan whose tracks a therapist has put in their places: nothing is searched, all is proved."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from playlists.models import Track
from playlists.solver.alternatives import Alternative, alternatives
from playlists.solver.attempt import Attempt, Task
from playlists.solver.constraints import first_gate, may_sound_in
from playlists.solver.layout import Joins, kept_join, lay_out
from playlists.solver.proof import Proof, crowded
from playlists.solver.reserve import chosen_reserve, spare_tracks
from playlists.solver.solve import Found, Order, is_plan, proof_of
from soundscape.clock import Clock
from soundscape.errors import InvalidPlanError
from soundscape.session.plan import Join

MAY_NOT_BE_USED = (
    "One of these tracks may not be used, for what the library says of it, a tag that is avoided,"
    " or a file that is not there: take another track."
)
DO_NOT_FILL = (
    "With these tracks a phase is full too early or not to its end: take a shorter or a longer"
    " track, or find the music anew."
)
NOT_CALM = (
    "In the phases return and ground only music with a loudness range of at most 8 LU may stand:"
    " take another track there."
)
TOO_SOON = (
    "With these tracks an artist comes again within 20 minutes, or an album twice in a row: take"
    " another track."
)
OFF_THE_ARC = (
    "With these tracks the plan is farther from the arc than a plan may be: take another track,"
    " or find the music anew."
)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Which track stands where.

    Attributes
    ----------
    picks : tuple[tuple[str, ...], ...]
        For each phase the contents of its tracks, in order.
    joins : Joins
        Joins that are not the usual ones.
    """

    picks: tuple[tuple[str, ...], ...]
    joins: Joins = field(default_factory=dict)

    @property
    def tracks(self) -> frozenset[str]:
        """All contents."""
        return frozenset(content for row in self.picks for content in row)

    def with_track(self, place: tuple[int, int], track: str) -> "Arrangement":
        """Return it with another track in a place; all others stay."""
        phase, number = place
        row = self.picks[phase]
        changed = (*row[:number], track, *row[number + 1 :])
        return replace(self, picks=(*self.picks[:phase], changed, *self.picks[phase + 1 :]))

    def with_join(self, place: tuple[int, int], join: Join) -> "Arrangement":
        """Return it with another join into a place, kept within what is allowed."""
        return replace(self, joins={**self.joins, place: kept_join(join)})


def arrangement_of(proof: Proof, joins: Joins) -> Arrangement:
    """Return what stands where in a plan, with its joins that are not the usual ones.

    Raises
    ------
    InvalidPlanError
        If nothing stands where a join is to lead.
    """
    picks = tuple(tuple(heard.track for heard in phase.tracks) for phase in proof.phases)
    for phase, number in joins:
        if number >= len(picks[phase]) or (phase, number) == (0, 0):
            where = f"{proof.phases[phase].name}.{number + 1}"
            raise InvalidPlanError("join", f"no track hands over to {where} in this plan")
    kept = {place: kept_join(join) for place, join in joins.items()}
    return Arrangement(picks, kept)


def arranged(order: Order, arrangement: Arrangement, clock: Clock) -> Found:
    """Return an arrangement with its proof, or what is wrong with it.

    No lower bound is given: it would have to be sought, which takes longer than all else.
    """
    started_s = clock.now()
    task = order.task
    passed = _passed(order)
    picks = _tracks(task, arrangement, passed)
    placed = lay_out(task.slots, picks, arrangement.joins) if picks else None
    reserve = chosen_reserve(spare_tracks(task.slots, passed, arrangement.tracks))
    attempt = Attempt(placed or (), reserve)
    fault = _fault(order, attempt) if picks else MAY_NOT_BE_USED
    proof = replace(
        proof_of(order, attempt),
        lower_bound=None,
        missing=(fault,) if fault else (),
        seconds=clock.now() - started_s,
    )
    return Found(attempt.placed, reserve, proof)


def _fault(order: Order, attempt: Attempt) -> str:
    """Return why an arrangement is no plan, in one sentence; empty where it is one."""
    slots, placed = order.task.slots, attempt.placed
    if not placed:
        return DO_NOT_FILL
    if not all(may_sound_in(one.track, slots[one.slot].phase.name) for one in placed):
        return NOT_CALM
    if crowded(slots, placed):
        return TOO_SOON
    return "" if is_plan(slots, order.rules, attempt) else OFF_THE_ARC


def swaps(
    order: Order, arrangement: Arrangement, place: tuple[int, int]
) -> tuple[Alternative, ...]:
    """Return the tracks that could stand in a place while all others stay, the best first."""
    passed = _passed(order)
    picks = _tracks(order.task, arrangement, passed)
    placed = lay_out(order.task.slots, picks) if picks else None
    if placed is None:
        return ()
    number = sum(len(row) for row in arrangement.picks[: place[0]]) + place[1]
    return alternatives(order.task, placed, number, passed)


def _passed(order: Order) -> tuple[Track, ...]:
    return tuple(one for one in order.tracks if first_gate(one, order.rules) is None)


def _tracks(
    task: Task, arrangement: Arrangement, passed: Sequence[Track]
) -> Sequence[Sequence[Track]]:
    """Return the tracks of an arrangement; none where one is not there or may not be used."""
    there = task.complete(one for one in passed if one.content_hash in arrangement.tracks)
    known = {track.content_hash: track for track in there}
    if any(content not in known for row in arrangement.picks for content in row):
        return ()
    return [[known[content] for content in row] for row in arrangement.picks]
