"""What a library lacks for a plan, in words that say what to do about it.

What is lacking is not estimated but tried: the plan is solved once more with music that is not
there, of every energy that the arc asks for, at a price. What it takes of that is what is
lacking; and before it is said, it is tried whether just that much would do.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil
from pathlib import Path

from playlists.models import Analysis, BeatStrength, Rating, Track
from playlists.solver.attempt import Attempt, Task, attempted, tried
from playlists.solver.cost import target_at
from playlists.solver.layout import CUE_FADE_S, Placed, Slot
from playlists.solver.reserve import (
    RESERVE_AT_LEAST_S,
    energy_range,
    spare_tracks,
    total_length_s,
)
from soundscape.units import Decibels, Lufs, Seconds

PIECE_S = Seconds(330.0)
"""What is said to be lacking is counted in pieces of this length."""

_STEP = 0.05
_BAND = 0.1
_PRICES = (0.1, 0.04, 0.0)
"""What a second of missing music costs: first any real music within a tenth is preferred."""

_GROWTH = 3


@dataclass(frozen=True, slots=True)
class Lack:
    """Music that a plan needs and a library has not.

    Attributes
    ----------
    pieces : int
        How many pieces of five and a half minutes.
    energy : tuple[float, float]
        Their lowest and highest energy, 0-1.
    phases : tuple[str, ...]
        What they are for; empty for the reserve.
    """

    pieces: int
    energy: tuple[float, float]
    phases: tuple[str, ...]

    @property
    def minutes(self) -> int:
        """How much music that is."""
        return round(self.pieces * PIECE_S / 60.0)

    def words(self) -> str:
        """Return the sentence that says so."""
        low, high = (f"{energy:.2f}" for energy in self.energy)
        energy = low if low == high else f"{low} to {high}"
        music = f"{self.minutes} min of calm music with an energy of {energy}"
        if not self.phases:
            return f"The reserve lacks {music}: half an hour must be left unused."
        names = ", ".join(self.phases[:-1]), self.phases[-1]
        phases = " and ".join(filter(None, names))
        return f"About {music} are lacking, for {phases}."

    def pieces_of_it(self) -> tuple[Track, ...]:
        """Return tracks that stand for this music, spread over its energies."""
        low, high = self.energy
        return tuple(
            imagined(
                f"{'-'.join(self.phases)} {number}",
                low + (high - low) * (number + 0.5) / self.pieces,
            )
            for number in range(self.pieces)
        )


def imagined(name: str, energy: float) -> Track:
    """Return a calm track that does not exist, by nobody, of one energy (0-1) throughout."""
    return Track(
        content_hash=f"imagined {name} {energy:.4f}",
        path=Path(),
        title="",
        artist="",
        album="",
        analysis=Analysis(
            duration_s=PIECE_S,
            sample_rate_hz=48_000,
            channels=2,
            codec="",
            tempo_bpm=None,
            tempo_confidence=0.0,
            tempo_alternatives=(),
            beat_strength=BeatStrength.NONE,
            energy=energy,
            energy_curve=(),
            percussiveness=0.0,
            integrated_lufs=Lufs(-26.0),
            loudness_range_lu=0.0,
            true_peak_dbtp=Decibels(-12.0),
            loudness_curve=(),
            max_rise_lu_2s=0.0,
            max_jump_lu=0.0,
            brightness_hz=800.0,
            vocal_probability=0.0,
            voice_spans=(),
            lead_silence_s=Seconds(0.0),
            tail_silence_s=Seconds(0.0),
            fade_in_s=Seconds(0.0),
            fade_out_s=Seconds(0.0),
            audition_s=Seconds(0.0),
            loopability=0.0,
            analysis_version=0,
        ),
        # Whoever adds the music notes its licence, where only such music may be used.
        rating=Rating(licence="noted"),
    )


def lacking(
    task: Task, passed: tuple[Track, ...], is_plan: Callable[[Attempt], bool]
) -> tuple[Lack, ...]:
    """Return music that makes a plan possible; empty if none that was tried does.

    Parameters
    ----------
    task : Task
        What could not be filled.
    passed : tuple[Track, ...]
        All that passed the gates.
    is_plan : Callable[[Attempt], bool]
        Whether an attempt holds, its reserve left out.
    """
    supply = tuple(_supply(task.slots))
    for price in _PRICES:
        prices = {track.content_hash: price for track in supply}
        wishes = replace(task.wishes, surcharges=prices)
        found = tried(replace(task, wishes=wishes), (*passed, *supply))
        if not is_plan(found):
            continue
        lacks = _counted(task.slots, found.placed, frozenset(prices))
        for more in range(_GROWTH):
            grown = tuple(replace(lack, pieces=lack.pieces + more) for lack in lacks)
            complete = _with_reserve(task, passed, grown, is_plan)
            if complete is not None:
                return complete
    return ()


def _supply(slots: Sequence[Slot]) -> Iterator[Track]:
    """Yield music of every energy that is asked for, twice as much as would fill the time."""
    for index, slot in enumerate(slots):
        pieces = ceil(slot.length_s / (PIECE_S - CUE_FADE_S)) + 1
        for piece in range(pieces):
            share = (piece + 0.5) / pieces
            moment_s = slot.start_s + share * slot.length_s
            target = target_at(slot, moment_s)
            for copy, energy in enumerate({target, round(target / _STEP) * _STEP}):
                yield imagined(f"{index}.{piece}.{copy}", energy)


def _counted(
    slots: Sequence[Slot], placed: Sequence[Placed], priced: frozenset[str]
) -> tuple[Lack, ...]:
    """Return what a plan takes of music that is not there, by bands of energy."""
    bands: dict[int, list[Placed]] = {}
    for cue in placed:
        if cue.track.content_hash in priced:
            bands.setdefault(int(cue.track.energy / _BAND + 1e-9), []).append(cue)
    return tuple(
        Lack(
            pieces=len(cues),
            energy=(min(c.track.energy for c in cues), max(c.track.energy for c in cues)),
            phases=tuple(dict.fromkeys(slots[cue.slot].phase.name.value for cue in cues)),
        )
        for _, cues in sorted(bands.items())
    )


def _with_reserve(
    task: Task,
    passed: tuple[Track, ...],
    lacks: tuple[Lack, ...],
    is_plan: Callable[[Attempt], bool],
) -> tuple[Lack, ...] | None:
    """Return lacks with what the reserve then lacks; None if all that does not make a plan."""
    energy = energy_range(task.slots)
    for _ in range(_GROWTH):
        supplied = tuple(track for lack in lacks for track in lack.pieces_of_it())
        # Not improved, which is quicker: what is a plan then is one for ``solve``, too.
        found = attempted(replace(task, thorough=False), (*passed, *supplied))
        if not is_plan(found):
            return None
        used = frozenset(cue.track.content_hash for cue in found.placed)
        spare_s = total_length_s(spare_tracks(task.slots, (*passed, *supplied), used))
        # A piece more: with real music the plan may take another track than with this.
        short_s = RESERVE_AT_LEAST_S + PIECE_S - spare_s
        if short_s <= 0.0:
            return lacks
        spare = sum(lack.pieces for lack in lacks if not lack.phases)
        planned = tuple(lack for lack in lacks if lack.phases)
        lacks = (*planned, Lack(spare + ceil(short_s / PIECE_S), energy, ()))
    return None
