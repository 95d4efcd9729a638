"""Two people's words on one thing: which holds, and what is to be decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from playlists.bundle.parcel import Brought
from playlists.workbench import RATING, Workbench


class Keep(StrEnum):
    """Whose word holds where both sides said something else."""

    OURS = "ours"
    THEIRS = "theirs"
    NEWER = "newer"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A thing that both sides have, each in its own way.

    Attributes
    ----------
    kind, name, title : str
        Which thing, and what people call it.
    ours, theirs : str
        When each was last changed and by whom; empty where not known.
    kept : Keep
        Whose word holds now: ``OURS`` or ``THEIRS``.
    is_settled : bool
        Somebody said which to keep; otherwise it was left as it is.
    """

    kind: str
    name: str
    title: str
    ours: str
    theirs: str
    kept: Keep
    is_settled: bool


@dataclass(frozen=True, slots=True)
class Settled:
    """What is to be done with the things of a bundle.

    Attributes
    ----------
    taken : tuple[Brought, ...]
        They are new here, or hold in a conflict.
    conflicts : tuple[Conflict, ...]
        Where both sides said something else.
    same : int
        Things that both sides have alike.
    left_out : int
        Ratings of tracks that nobody here knows.
    """

    taken: tuple[Brought, ...]
    conflicts: tuple[Conflict, ...]
    same: int
    left_out: int


def settle(bench: Workbench, things: Iterable[Brought], keep: Keep | None) -> Settled:
    """Return what is to be done with things, where ours stay unless somebody says otherwise."""
    taken, conflicts, same, left_out = [], [], 0, 0
    for thing in things:
        ours = bench.history.now(thing.kind, thing.name)
        if ours == thing.value:
            same += 1
        elif thing.kind == RATING and bench.library.track(thing.name) is None:
            left_out += 1
        elif ours is None:
            taken.append(thing)
        else:
            conflict = _conflict(bench, thing, keep)
            conflicts.append(conflict)
            if conflict.kept is Keep.THEIRS:
                taken.append(thing)
    return Settled(tuple(taken), tuple(conflicts), same, left_out)


def _conflict(bench: Workbench, thing: Brought, keep: Keep | None) -> Conflict:
    """Return a conflict with whose word holds; the newer one only where both dates are known."""
    when, who = bench.history.last_change(thing.kind, thing.name)
    holds = keep
    if keep is Keep.NEWER:
        known = bool(when and thing.wall_time)
        holds = (Keep.THEIRS if thing.wall_time > when else Keep.OURS) if known else None
    return Conflict(
        kind=thing.kind,
        name=thing.name,
        title=_title(bench, thing),
        ours=f"{when} {who}".strip(),
        theirs=f"{thing.wall_time} {thing.who}".strip(),
        kept=holds or Keep.OURS,
        is_settled=holds is not None,
    )


def _title(bench: Workbench, thing: Brought) -> str:
    """Return what people call a thing."""
    if thing.kind == RATING:
        track = bench.library.track(thing.name)
        return track.title if track is not None else thing.name
    title = thing.value.get("title", thing.name)
    return title if isinstance(title, str) else thing.name
