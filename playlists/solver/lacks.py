"""What a library lacks for a plan, in words that say what to do about it."""

from collections.abc import Iterable, Iterator, Sequence

from playlists.models import Track
from playlists.solver.constraints import (
    Gate,
    artist_of,
    is_calm,
    may_sound_in,
    music_length_s,
)
from playlists.solver.cost import target_at
from playlists.solver.layout import CUE_FADE_S, Slot
from playlists.solver.reserve import RESERVE_AT_LEAST_S, energy_range, spare_tracks
from soundscape.units import Seconds

EMPTY_LIBRARY = (
    "The library is empty: run `soundscape starter` for built-in sounds, or"
    " `soundscape library add DIR` for your own music."
)
BROKEN_RULE = (
    "The order that was found breaks a rule it was to keep, which is a fault of this program:"
    " try another seed, and report it."
)
_SLICE_S = 60.0
_BAND = 0.1
_CLOSE = 0.01
_GATE_WORDS = {
    Gate.ABSENT: "until found again: bring the folder back or run `soundscape library add DIR`",
    Gate.AVOIDED: "because of a mark or tag to avoid",
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


def shortages(
    slots: Sequence[Slot], tracks: Sequence[Track], near: float
) -> tuple[tuple[str, ...], Seconds]:
    """Return a sentence for each band of energy that lacks music, and how much is left over.

    Minutes of music are dealt to minutes of the session whose target energy is near, from the
    least energetic up, each taking the least energetic that will do; where all phases allow
    more than ``return`` and ``ground`` do, what those could not use goes first. It is an
    estimate: how tracks fit end to end is left out.

    Parameters
    ----------
    slots : Sequence[Slot]
        The phases.
    tracks : Sequence[Track]
        All that passed the gates.
    near : float
        How far from its target a track's energy may be, 0-1.

    Returns
    -------
    tuple[tuple[str, ...], Seconds]
        The sentences, the calmest band first; the music in untouched tracks that would do
        for a reserve.
    """
    supply = _Supply(tracks)
    bands: dict[int, list[tuple[float, int]]] = {}
    for target, index in sorted(_minutes_of(slots)):
        if not supply.take(slots[index], target, near):
            bands.setdefault(int(target / _BAND), []).append((target, index))
    found = tuple(_band_words(slots, minutes) for minutes in bands.values())
    spare_s = sum(map(music_length_s, spare_tracks(slots, supply.untouched(), frozenset())))
    return found, Seconds(spare_s)


def reserve_words(slots: Sequence[Slot], spare_s: float) -> str:
    """Return the sentence for a reserve that is too small."""
    low, high = energy_range(slots)
    return (
        f"The reserve lacks {_minutes(RESERVE_AT_LEAST_S - spare_s)} min of music with an energy"
        f" of {low:.2f} to {high:.2f} and a loudness range of at most 8 LU: half an hour must be"
        " left unused."
    )


def artist_words(tracks: Sequence[Track]) -> str:
    """Return the sentence for a library with too few artists to keep them apart."""
    artists = len({artist_of(track) for track in tracks} - {""})
    return (
        f"The music is long enough, but by only {_counted(artists, 'artist')}: none may be heard"
        " twice within 20 minutes, so add music by others."
    )


def supply_words(slots: Sequence[Slot], tracks: Sequence[Track]) -> str:
    """Return the sentence for tracks that would do by minutes but cannot be laid end to end."""
    wanted_s = slots[-1].end_s - slots[0].start_s
    return (
        f"The fitting music, {_amount(tracks)}, cannot fill {_minutes(wanted_s)} min without a"
        " repeat: add more, also for the phases return and ground, whose music needs a loudness"
        " range of at most 8 LU."
    )


def energy_words(worst: str, error: float, target: tuple[float, float]) -> str:
    """Return the sentence for a plan whose energy misses its arc."""
    return (
        f"No order of the tracks comes near enough to the arc; {worst} misses by {error:.2f} on"
        f" average: add music with an energy of {min(target):.2f} to {max(target):.2f}."
    )


def _amount(tracks: Sequence[Track]) -> str:
    minutes = _minutes(sum(track.analysis.duration_s for track in tracks))
    return f"{_counted(len(tracks), 'track')} ({minutes} min)"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _minutes(seconds: float) -> int:
    return max(1, round(seconds / 60.0))


def _minutes_of(slots: Sequence[Slot]) -> Iterator[tuple[float, int]]:
    """Yield the target energy of each minute of the session, with its phase."""
    for index, slot in enumerate(slots):
        for place in range(round(slot.length_s / _SLICE_S)):
            yield target_at(slot, slot.start_s + (place + 0.5) * _SLICE_S), index


def _band_words(slots: Sequence[Slot], minutes: Sequence[tuple[float, int]]) -> str:
    low, high = minutes[0][0], minutes[-1][0]
    energy = f"{low:.2f}" if high - low < _CLOSE else f"{low:.2f} to {high:.2f}"
    names = [slots[index].phase.name.value for index in sorted({index for _, index in minutes})]
    return (
        f"About {_minutes(len(minutes) * _SLICE_S)} min of music with an energy of {energy} are"
        f" lacking, for {' and '.join(filter(None, (', '.join(names[:-1]), names[-1])))}."
    )


class _Supply:
    """Minutes of music not yet dealt out."""

    def __init__(self, tracks: Iterable[Track]) -> None:
        self._tracks = sorted(tracks, key=lambda track: (is_calm(track), track.energy))
        self._left_s = [music_length_s(track) - CUE_FADE_S for track in self._tracks]

    def take(self, slot: Slot, target: float, near: float) -> bool:
        """Take a minute of music that will do; return whether there was any."""
        for place, track in enumerate(self._tracks):
            fits = abs(track.energy - target) <= near and may_sound_in(track, slot.phase.name)
            if fits and self._left_s[place] >= _SLICE_S / 2.0:
                self._left_s[place] -= _SLICE_S
                return True
        return False

    def untouched(self) -> list[Track]:
        """Return the tracks of which nothing was taken."""
        return [
            track
            for track, left_s in zip(self._tracks, self._left_s, strict=True)
            if left_s >= music_length_s(track) - CUE_FADE_S
        ]
