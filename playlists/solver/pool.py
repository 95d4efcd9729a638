"""What the search needs to know of every track in every phase, as arrays looked up by index."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from playlists.models import Track
from playlists.solver.constraints import (
    ALBUM_APART_S,
    ARTIST_APART_S,
    CALM_PHASES,
    album_of,
    artist_of,
    is_calm,
    music_length_s,
)
from playlists.solver.cost import Taste, cut_s, rate, targets_at
from playlists.solver.curve import BIN_S, Curves, bin_counts, bin_middles_s, curves_of
from playlists.solver.join import entry_of, exit_of
from playlists.solver.layout import CUE_FADE_S, Slot, latest_next_s

BEST_SEED = 1
"""The seed that prefers nothing but the best."""

_LIKING = 0.004
"""How much error any other seed's liking for one track or another may cost."""

_THRIFT = 0.15
"""What it costs to spend a track that calm phases need where any track would do."""

_PROFILE_S = 60.0
_PROFILE_RANK = 4

Picks = tuple[tuple[int, ...], ...]
"""For each phase, the indices of its tracks in order."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a search is asked for beyond the phases.

    Attributes
    ----------
    taste : Taste
        What is liked, and what the patient knows.
    seed : int
        Which of the good solutions to prefer; 1 is the best that is found.
    thrifty : bool
        Save tracks that calm phases need.
    spaced : bool
        No artist twice within 20 minutes, no album twice running.
    surcharges : Mapping[str, float]
        What a second of some tracks costs beside, by content hash.
    """

    taste: Taste
    seed: int
    thrifty: bool = False
    spaced: bool = True
    surcharges: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Laid:
    """Each member of a room as if it began at one moment; arrays of shape (members,).

    Attributes
    ----------
    ends_s : NDArray[np.float64]
        When the next track begins.
    lasts : NDArray[np.bool_]
        Whether it would last until the phase's end.
    costs_s : NDArray[np.float64]
        What it costs, its joins left out.
    """

    ends_s: NDArray[np.float64]
    lasts: NDArray[np.bool_]
    costs_s: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Room:
    """A phase with the tracks that may sound in it, its members.

    Attributes
    ----------
    slot : Slot
        The phase.
    members : NDArray[np.int64], shape (members,)
        Their indices in the pool, rising.
    lengths_s : NDArray[np.float64], shape (members,)
        Their music's lengths.
    curves : Curves
        Their energies, no further than the phase is long.
    rates, leanings : NDArray[np.float64], shape (members,)
        Cost for each second other than energy's; what the search adds to it to choose otherwise.
    ahead_s : NDArray[np.float64], shape (steps + 1,)
        A guess of what the rest of the phase costs from each step on.
    step_s : float
        How long a step is.
    tolls_s : NDArray[np.float64] | None, shape (members,)
        What each is worth elsewhere, in seconds of full error, where that is known; it guides
        the search and is no part of the cost.
    """

    slot: Slot
    members: NDArray[np.int64]
    lengths_s: NDArray[np.float64]
    curves: Curves
    rates: NDArray[np.float64]
    leanings: NDArray[np.float64]
    ahead_s: NDArray[np.float64]
    step_s: float = _PROFILE_S
    tolls_s: NDArray[np.float64] | None = None
    _laid: dict[float, Laid] = field(default_factory=dict, repr=False)

    def laid(self, start_s: float) -> Laid:
        """Return what every member would cost from a start within the phase on."""
        if start_s not in self._laid:
            self._laid[start_s] = self._lay(start_s)
        return self._laid[start_s]

    def guess_s(self, times_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return a guess of what the phase costs from moments on, in seconds; shape (moments,)."""
        steps = (times_s - self.slot.start_s) / self.step_s
        return np.interp(steps, np.arange(self.ahead_s.size), self.ahead_s)

    def _lay(self, start_s: float) -> Laid:
        ends_s, lasts = ends_of(self.slot, self.lengths_s, start_s)
        heard_s = ends_s - start_s
        curves = self.curves
        owners = np.repeat(np.arange(self.members.size), curves.counts)
        places = np.arange(owners.size) - curves.firsts[owners]
        longest = int(curves.counts.max())
        targets = targets_at(self.slot, bin_middles_s(start_s, longest))
        weights_s = np.clip(heard_s[owners] - BIN_S * places, 0.0, BIN_S)
        errors_s = np.abs(curves.energies - targets[places]) * weights_s
        costs_s = np.add.reduceat(errors_s, curves.firsts)
        costs_s += (self.rates + self.leanings) * heard_s + cut_s(heard_s, self.lengths_s)
        return Laid(ends_s, lasts, costs_s)


def ends_of(
    slot: Slot, lengths_s: NDArray[np.float64], start_s: float
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return when what follows tracks begun at one moment begins, and which last to the end.

    The same rules as ``layout.lay_out``; arrays of shape (tracks,).
    """
    lasts = start_s + lengths_s >= slot.sounds_until_s
    next_s = np.minimum(start_s + lengths_s - CUE_FADE_S, latest_next_s(slot, start_s))
    return np.where(lasts, slot.end_s, next_s), lasts


@dataclass(frozen=True, slots=True)
class Spacing:
    """Tracks of one kind that are not to be heard again soon.

    Attributes
    ----------
    kinds : NDArray[np.int64], shape (tracks,)
        A number for each artist or album; -1 where hearing the same again soon is no fault.
    apart_s : float
        From the end of one to the start of the next.
    """

    kinds: NDArray[np.int64]
    apart_s: float

    def unlike(self, heard: Sequence[int]) -> NDArray[np.bool_]:
        """Return which tracks are of no kind that was heard; shape (tracks,)."""
        free = np.ones(self.kinds.size + 1, np.bool_)
        free[self.kinds[np.array(heard, np.int64)]] = False
        free[-1] = True
        return free[self.kinds]

    def next_s(self, later: Sequence[tuple[int, float]]) -> NDArray[np.float64]:
        """Return when the next of each track's kind starts, of those that are still to come.

        Shape (tracks,); infinite where none is. What comes are indices and starts, in order.
        """
        starts_s = np.full(self.kinds.size + 1, np.inf)
        for index, start_s in reversed(later):
            starts_s[self.kinds[index]] = start_s
        starts_s[-1] = np.inf
        return starts_s[self.kinds]


@dataclass(frozen=True, slots=True)
class Pool:
    """Tracks that passed the gates, seen from every phase.

    Attributes
    ----------
    slots : tuple[Slot, ...]
        The phases.
    tracks : tuple[Track, ...]
        In a fixed order; everything below is indexed by it.
    rooms : tuple[Room, ...]
        One for each phase.
    curves : Curves
        Energies of each.
    entries : NDArray[np.float64], shape (tracks, 4)
        How each comes in, as of ``join.entry_of``.
    spacings : tuple[Spacing, ...]
        What is kept apart.
    """

    slots: tuple[Slot, ...]
    tracks: tuple[Track, ...]
    rooms: tuple[Room, ...]
    curves: Curves
    entries: NDArray[np.float64]
    spacings: tuple[Spacing, ...]
    _exits: dict[tuple[int, float], NDArray[np.float64]] = field(default_factory=dict, repr=False)

    def exit(self, index: int, heard_s: float) -> NDArray[np.float64]:
        """Return how a track goes after some seconds, as of ``join.exit_of``; shape (4,)."""
        if (index, heard_s) not in self._exits:
            bins = self.curves.of(index)
            self._exits[index, heard_s] = exit_of(self.tracks[index], heard_s, bins)
        return self._exits[index, heard_s]


def pool_of(slots: tuple[Slot, ...], tracks: Sequence[Track], wishes: Wishes) -> Pool:
    """Return the arrays for tracks that passed the gates; at least one.

    A phase in which no track may sound gets no members.
    """
    curves = curves_of(tracks)
    calm = np.array([is_calm(track) for track in tracks])
    rooms = []
    for slot in slots:
        allowed = calm if slot.phase.name in CALM_PHASES else np.ones(len(tracks), np.bool_)
        rooms.append(room_of(slot, tracks, curves, (np.flatnonzero(allowed), wishes)))
    return Pool(
        slots=slots,
        tracks=tuple(tracks),
        rooms=tuple(rooms),
        curves=curves,
        entries=np.array([entry_of(one, curves.of(index)) for index, one in enumerate(tracks)]),
        spacings=_spacings(tracks) if wishes.spaced else (),
    )


def room_of(
    slot: Slot,
    tracks: Sequence[Track],
    curves: Curves,
    asked: tuple[NDArray[np.int64], Wishes],
) -> Room:
    """Return a phase with some of the tracks.

    What is asked is their indices, rising, of shape (members,), and how they are wanted.
    """
    members, wishes = asked
    here = [tracks[index] for index in members]
    room = Room(
        slot=slot,
        members=members,
        lengths_s=np.array([music_length_s(track) for track in here]),
        curves=_shortened(curves, members, slot),
        rates=np.array([rate(track, slot, wishes.taste) for track in here]),
        leanings=np.array([_leaning(track, slot, wishes) for track in here]),
        ahead_s=np.zeros(1),
    )
    return replace(room, ahead_s=_profile(room))


def _shortened(curves: Curves, members: NDArray[np.int64], slot: Slot) -> Curves:
    """Return members' curves as far as a phase can hear them."""
    most = int(bin_counts(np.array([slot.length_s]))[0])
    counts = np.minimum(curves.counts[members], most)
    firsts = np.cumsum(counts) - counts
    owners = np.repeat(np.arange(members.size), counts)
    places = np.arange(owners.size) - firsts[owners] + curves.firsts[members][owners]
    return Curves(curves.energies[places], firsts, counts)


def _leaning(track: Track, slot: Slot, wishes: Wishes) -> float:
    saved = wishes.thrifty and slot.phase.name not in CALM_PHASES and is_calm(track)
    surcharge = wishes.surcharges.get(track.content_hash, 0.0)
    return surcharge + _LIKING * _liking(track, wishes.seed) + _THRIFT * saved


def _liking(track: Track, seed: int) -> float:
    """Return a number 0-1 that hangs on seed and track alone, so that a library may grow."""
    if seed == BEST_SEED:
        return 0.0
    digest = hashlib.sha256(f"{seed} {track.content_hash}".encode()).digest()
    return int.from_bytes(digest[:4], "big") / 2**32


def _profile(room: Room) -> NDArray[np.float64]:
    """Return what the phase costs from each minute on, if good tracks could be had throughout."""
    slot = room.slot
    minutes = max(1, round(slot.length_s / _PROFILE_S))
    if room.members.size == 0:
        return np.zeros(minutes + 1)
    costs_s = np.zeros(minutes + 1)
    for minute in range(minutes):
        start_s = slot.start_s + minute * _PROFILE_S
        laid = room.laid(start_s)
        rates = np.sort(laid.costs_s / np.maximum(laid.ends_s - start_s, 1.0))
        costs_s[minute] = _PROFILE_S * rates[min(_PROFILE_RANK, rates.size - 1)]
    return np.cumsum(costs_s[::-1])[::-1]


def _spacings(tracks: Sequence[Track]) -> tuple[Spacing, ...]:
    return (
        Spacing(_numbers(tracks, artist_of), ARTIST_APART_S),
        Spacing(_numbers(tracks, album_of), ALBUM_APART_S),
    )


def _numbers(tracks: Sequence[Track], kind_of: Callable[[Track], str]) -> NDArray[np.int64]:
    names = [kind_of(track) for track in tracks]
    numbers = {name: number for number, name in enumerate(sorted(set(names) - {""}))}
    return np.array([numbers.get(name, -1) for name in names], np.int64)
