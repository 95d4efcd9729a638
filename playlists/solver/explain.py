"""Why a track stands where it does, in one plain sentence."""

from playlists.models import Track
from playlists.solver.layout import Placed
from soundscape.session.phases import PhasePlan

_NEAR = 0.03
_CONFIDENT = 0.5


def why(phase: PhasePlan, cue: Placed, *, targets: tuple[float, float]) -> str:
    """Return the sentence for one cue.

    Parameters
    ----------
    phase : PhasePlan
        Its phase.
    cue : Placed
        The track in its place.
    targets : tuple[float, float]
        Target energy (0-1) where it starts and where it ends.
    """
    middle = (targets[0] + targets[1]) / 2.0
    miss = cue.track.energy - middle
    side = "near" if abs(miss) <= _NEAR else "above" if miss > 0.0 else "below"
    energy = f"Energy {cue.track.energy:.2f}, {side} the {phase.name.value}'s {middle:.2f} there"
    return f"{energy}; {_tempo(cue.track, phase)}."


def _tempo(track: Track, phase: PhasePlan) -> str:
    tempo_bpm = track.analysis.tempo_bpm
    if tempo_bpm is None or track.analysis.tempo_confidence < _CONFIDENT:
        return "no clear beat, which fits any phase"
    if phase.tempo_bpm is None:
        return f"{tempo_bpm:.0f} BPM, where any tempo fits"
    low_bpm, high_bpm = phase.tempo_bpm
    placed = "within" if low_bpm <= tempo_bpm <= high_bpm else "outside"
    return f"{tempo_bpm:.0f} BPM, {placed} the {low_bpm:.0f} to {high_bpm:.0f} liked there"
