"""Sentences that refuse a plan, each with what to do about it."""

from collections.abc import Mapping, Sequence

from playlists.models import Track
from playlists.solver.attempt import Task
from playlists.solver.constraints import Gate, Rules, artist_of, first_gate
from playlists.solver.layout import Slot

EMPTY_LIBRARY = (
    "The library is empty: run `soundscape starter` for built-in sounds, or"
    " `soundscape library add DIR` for your own music."
)
BROKEN_RULE = (
    "The order that was found breaks a rule it was to keep, which is a fault of this program:"
    " try another seed, and report it."
)
SAME_LIST = (
    "This patient has heard this list before and the library holds no other: add music, or allow"
    " the same list again."
)
LOCKS_HINDER = "With the tracks that are locked no order keeps all rules: unlock one."
_GATE_WORDS = {
    Gate.ABSENT: "until found again: bring the folder back or run `soundscape library add DIR`",
    Gate.AVOIDED: "because of a mark or tag to avoid",
    Gate.LICENCE: "until a licence is noted: `soundscape library rate`",
    Gate.VOICE: "because of a voice: say so with `soundscape library rate` if that is wrong",
    Gate.UNCHECKED: "until a person says whether someone sings: `soundscape library approve`",
    Gate.SHORT: "for lasting less than 2 minutes",
    Gate.STARTLE: "for a rise of more than 8 LU within 2 seconds, which could startle",
    Gate.RANGE: "for a loudness range above 12 LU",
}


def gate_words(kept_out: Sequence[tuple[Gate, Track]]) -> tuple[str, ...]:
    """Return one sentence for each gate that kept tracks out."""
    found = []
    for gate, words in _GATE_WORDS.items():
        tracks = [track for shut, track in kept_out if shut is gate]
        if tracks:
            found.append(f"{_amount(tracks)} cannot be used {words}.")
    return tuple(found)


def artist_words(tracks: Sequence[Track]) -> str:
    """Return the sentence for a library with too few artists to keep them apart."""
    artists = len({artist_of(track) for track in tracks} - {""})
    return (
        f"The music is long enough, but by only {_artists(artists)}: none may be heard"
        " twice within 20 minutes, nor two tracks of an album in a row, so add music by others."
    )


def supply_words(slots: Sequence[Slot], tracks: Sequence[Track]) -> str:
    """Return the sentence for tracks that would do by minutes but cannot be laid end to end."""
    wanted_s = slots[-1].end_s - slots[0].start_s
    return (
        f"The fitting music, {_amount(tracks)}, cannot fill {_minutes(wanted_s)} min without a"
        " repeat: add more, also for the phases return and ground, whose music needs a loudness"
        " range of at most 8 LU."
    )


def energy_words(phase: str, error: float, target: tuple[float, float]) -> str:
    """Return the sentence for a plan whose energy misses its arc."""
    return (
        f"No order of the tracks comes near enough to the arc; {phase} misses by {error:.2f} on"
        f" average: add music with an energy of {min(target):.2f} to {max(target):.2f}."
    )


def lock_words(task: Task, rules: Rules, known: Mapping[str, Track]) -> tuple[str, ...]:
    """Return one sentence for each track that is locked to a place and cannot be used.

    Of the library no more need to be known, by content hash, than those that are locked.
    """
    found = []
    for (slot, _), locked in task.locks.items():
        track = known.get(locked)
        gate = first_gate(track, rules) if track else None
        name = f"“{track.title}”" if track else locked[:12]
        phase = task.slots[slot].phase.name.value
        if track is None:
            found.append(f"{name}, locked in {phase}, is not in the library: unlock it.")
        elif gate is not None:
            found.append(
                f"{name}, locked in {phase}, cannot be used {_GATE_WORDS[gate]}; or unlock it."
            )
    return tuple(found)


def _amount(tracks: Sequence[Track]) -> str:
    minutes = _minutes(sum(track.analysis.duration_s for track in tracks))
    return f"{_tracks(len(tracks))} ({minutes} min)"


def _tracks(count: int) -> str:
    return "1 track" if count == 1 else f"{count} tracks"


def _artists(count: int) -> str:
    return "1 artist" if count == 1 else f"{count} artists"


def _minutes(seconds: float) -> int:
    return max(1, round(seconds / 60.0))
