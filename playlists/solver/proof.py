"""The proof of a plan: what was asked, what was found, and by how much it misses.

It is computed from where the tracks lie, not from the search, so that a fault of the search
shows here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from playlists.solver.constraints import (
    ALBUM_APART_S,
    ARTIST_APART_S,
    Rules,
    album_of,
    artist_of,
    first_gate,
    may_sound_in,
    music_length_s,
)
from playlists.solver.cost import energy_error_s
from playlists.solver.curve import mean_energy
from playlists.solver.explain import why
from playlists.solver.lacks import Lack
from playlists.solver.layout import Placed, Slot
from soundscape.units import Seconds

BOUNDARY_ERROR_AT_MOST_S = Seconds(15.0)
ENERGY_ERROR_AT_MOST = 0.08


@dataclass(frozen=True, slots=True)
class Heard:
    """A track's place in the proof.

    Attributes
    ----------
    track, title, artist : str
        Content hash and names.
    start_s, end_s : Seconds
        From the session's start, without the crossfades' overlap.
    energy : float
        Mean of what is heard of it, 0-1.
    energy_error : float
        Mean over its time of |energy - target|.
    why : str
        Why it stands there, in one sentence.
    """

    track: str
    title: str
    artist: str
    start_s: Seconds
    end_s: Seconds
    energy: float
    energy_error: float
    why: str


@dataclass(frozen=True, slots=True)
class PhaseProof:
    """One phase of the proof.

    Attributes
    ----------
    name : str
        Of the phase.
    start_s, end_s : Seconds
        From the session's start.
    target_energy : tuple[float, float]
        At its start and end.
    mean_energy_error : float | None
        Mean over its time of |energy - target|; None where nothing is planned.
    tracks : tuple[Heard, ...]
        In order.
    """

    name: str
    start_s: Seconds
    end_s: Seconds
    target_energy: tuple[float, float]
    mean_energy_error: float | None
    tracks: tuple[Heard, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """Whether a plan holds, and the figures that say so.

    Attributes
    ----------
    route : str
        Of the plan.
    phases : tuple[PhaseProof, ...]
        In order.
    boundary_error_s : Seconds | None
        Largest distance of a first cue from its phase's start, or time left without music.
    mean_energy_error : float | None
        Over the whole session.
    ungated_tracks, repeats : int
        Tracks that a gate should have kept out; tracks heard before. Both must be 0.
    reserve_s : Seconds
        Music kept unused that would fit.
    cost, lower_bound : float | None
        Mean cost of the solution; no solution from these tracks can cost less than the bound.
    seconds : float
        Time it took.
    missing : tuple[str, ...]
        What the library lacks, in words; empty if the plan holds.
    lacks : tuple[Lack, ...]
        The music among it: with that much more the plan succeeds.
    """

    route: str
    phases: tuple[PhaseProof, ...]
    boundary_error_s: Seconds | None
    mean_energy_error: float | None
    ungated_tracks: int
    reserve_s: Seconds
    repeats: int
    cost: float | None
    lower_bound: float | None
    seconds: float
    missing: tuple[str, ...]
    lacks: tuple[Lack, ...] = ()

    @property
    def ok(self) -> bool:
        """True if nothing is missing."""
        return not self.missing

    def to_json(self) -> dict[str, object]:
        """Return the proof as ``soundscape plan --json`` prints it."""
        return {
            "ok": self.ok,
            "route": self.route,
            "phases": [_phase_json(phase) for phase in self.phases],
            "boundary_error_s": _rounded(self.boundary_error_s),
            "mean_energy_error": _rounded(self.mean_energy_error),
            "ungated_tracks": self.ungated_tracks,
            "reserve_s": _rounded(self.reserve_s),
            "repeats": self.repeats,
            "cost": _rounded(self.cost),
            "lower_bound": _rounded(self.lower_bound),
            "seconds": _rounded(self.seconds),
            "missing": list(self.missing),
        }


def _phase_json(phase: PhaseProof) -> Mapping[str, object]:
    return {
        "name": phase.name,
        "start_s": _rounded(phase.start_s),
        "end_s": _rounded(phase.end_s),
        "target_energy": [_rounded(energy) for energy in phase.target_energy],
        "mean_energy_error": _rounded(phase.mean_energy_error),
        "tracks": [
            {
                "track": heard.track,
                "title": heard.title,
                "artist": heard.artist,
                "start_s": _rounded(heard.start_s),
                "end_s": _rounded(heard.end_s),
                "energy": _rounded(heard.energy),
                "energy_error": _rounded(heard.energy_error),
                "why": heard.why,
            }
            for heard in phase.tracks
        ],
    }


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 4)


def phase_proofs(slots: Sequence[Slot], placed: Sequence[Placed]) -> tuple[PhaseProof, ...]:
    """Return the proof's phases; without tracks where none are placed."""
    return tuple(_phase_proof(index, slots, placed) for index in range(len(slots)))


def _phase_proof(index: int, slots: Sequence[Slot], placed: Sequence[Placed]) -> PhaseProof:
    slot = slots[index]
    cues = [cue for cue in placed if cue.slot == index]
    error_s = sum(energy_error_s(slot, cue) for cue in cues)
    first = sum(cue.slot < index for cue in placed)
    return PhaseProof(
        name=slot.phase.name.value,
        start_s=slot.start_s,
        end_s=slot.end_s,
        target_energy=(slot.phase.energy[0][1], slot.phase.energy[-1][1]),
        mean_energy_error=error_s / slot.length_s if cues else None,
        tracks=tuple(
            Heard(
                track=cue.track.content_hash,
                title=cue.track.title,
                artist=cue.track.artist,
                start_s=cue.start_s,
                end_s=cue.end_s,
                energy=mean_energy(cue.track, Seconds(cue.end_s - cue.start_s)),
                energy_error=energy_error_s(slot, cue) / (cue.end_s - cue.start_s),
                why=why(slot, cue, before=placed[place - 1] if place else None),
            )
            for place, cue in enumerate(cues, start=first)
        ),
    )


def boundary_error_s(slots: Sequence[Slot], placed: Sequence[Placed]) -> Seconds:
    """Return the largest fault of timing in seconds.

    Looked at are how far each phase's first cue starts from the phase, gaps between cues, and
    how much too early a phase's last music ends.
    """
    faults_s = [0.0]
    for index, slot in enumerate(slots):
        cues = [cue for cue in placed if cue.slot == index]
        if not cues:
            faults_s.append(slot.length_s)
            continue
        faults_s.append(abs(cues[0].start_s - slot.start_s))
        for before, after in pairwise(cues):
            runs_out_s = before.start_s + before.source_length_s
            faults_s.append(after.start_s + after.join.overlap_s - runs_out_s)
        faults_s.append(slot.sounds_until_s - cues[-1].start_s - cues[-1].source_length_s)
    return Seconds(max(faults_s))


def repeats(placed: Sequence[Placed]) -> int:
    """Return how many cues play a track that was heard before."""
    return len(placed) - len({cue.track.content_hash for cue in placed})


def crowded(slots: Sequence[Slot], placed: Sequence[Placed]) -> int:
    """Return how many cues come too soon after one like them, or may not sound in their phase."""
    found = 0
    for place, cue in enumerate(placed):
        earlier = placed[:place]
        found += not may_sound_in(cue.track, slots[cue.slot].phase.name)
        found += any(_is_near(cue, one) for one in earlier)
    return found


def _is_near(cue: Placed, earlier: Placed) -> bool:
    """Return whether an artist or an album is heard again too soon."""
    apart_s = cue.start_s - earlier.end_s
    artist, album = artist_of(cue.track), album_of(cue.track)
    return bool(
        (artist and artist == artist_of(earlier.track) and apart_s < ARTIST_APART_S)
        or (album and album == album_of(earlier.track) and apart_s < ALBUM_APART_S)
    )


def ungated_tracks(slots: Sequence[Slot], placed: Sequence[Placed], rules: Rules) -> int:
    """Return how many cues a gate should have kept out."""
    return sum(
        first_gate(cue.track, rules) is not None
        or not may_sound_in(cue.track, slots[cue.slot].phase.name)
        or cue.source_length_s > music_length_s(cue.track)
        for cue in placed
    )
