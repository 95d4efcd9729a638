"""Why a track stands where it does, in one plain sentence."""

import numpy as np

from playlists.models import Track
from playlists.solver.cost import energy_error_s, targets_at
from playlists.solver.curve import mean_energy
from playlists.solver.join import (
    BRIGHTNESS,
    CONFIDENT,
    ENERGY,
    LOUDNESS,
    TEMPO,
    entry_of,
    exit_of,
    join_terms_s,
)
from playlists.solver.layout import Placed, Slot
from soundscape.session.phases import PhasePlan
from soundscape.units import Seconds

_NEAR = 0.03
_HEARD_JOIN_S = 1.0


def why(slot: Slot, cue: Placed, *, before: Placed | None) -> str:
    """Return the sentence for one cue.

    Parameters
    ----------
    slot : Slot
        Its phase.
    cue : Placed
        The track in its place.
    before : Placed | None
        What it follows.
    """
    parts = [_energy(slot, cue), tempo_words(cue.track, slot.phase)]
    if before is not None:
        parts.append(_join(before, cue.track))
    return f"{'; '.join(parts)}."


def _energy(slot: Slot, cue: Placed) -> str:
    """Return how the energy that is heard lies to the line over the time it is heard."""
    heard_s = Seconds(cue.end_s - cue.start_s)
    wanted = float(targets_at(slot, np.linspace(cue.start_s, cue.end_s, 101)).mean())
    heard = mean_energy(cue.track, heard_s)
    off = energy_error_s(slot, cue) / heard_s
    miss = heard - wanted
    side = "near the" if abs(miss) <= _NEAR else "above the" if miss > 0.0 else "below the"
    phase = slot.phase.name.value
    return f"Energy {heard:.2f}, {side} {phase}'s {wanted:.2f} there, off by {off:.2f} a minute"


def tempo_words(track: Track, phase: PhasePlan) -> str:
    """Return how a track's tempo lies to what its phase likes."""
    tempo_bpm = track.analysis.tempo_bpm
    if tempo_bpm is None or track.analysis.tempo_confidence < CONFIDENT:
        return "no clear beat, which fits any phase"
    if phase.tempo_bpm is None:
        return f"{tempo_bpm:.0f} BPM, where any tempo fits"
    low_bpm, high_bpm = phase.tempo_bpm
    span = f"{low_bpm:.0f} to {high_bpm:.0f}"
    if low_bpm <= tempo_bpm <= high_bpm:
        return f"{tempo_bpm:.0f} BPM, within the {span} liked there"
    return f"{tempo_bpm:.0f} BPM, outside the {span} liked there"


def _join(before: Placed, track: Track) -> str:
    """Return what will be heard of the join to a track, if anything."""
    leaving, entering = exit_of(before.track, before.end_s - before.start_s), entry_of(track)
    terms_s = join_terms_s(leaving, entering)
    worst = int(np.argmax(terms_s))
    if terms_s[worst] < _HEARD_JOIN_S:
        return "it takes over smoothly"
    rises = bool(entering[worst] > leaving[worst])
    change = {
        BRIGHTNESS: "it comes in brighter" if rises else "it comes in darker",
        LOUDNESS: "it comes in louder" if rises else "it comes in softer",
        ENERGY: "it comes in livelier" if rises else "it comes in calmer",
        TEMPO: "its beat is another",
    }[worst]
    return f"{change} than what is before it goes"
