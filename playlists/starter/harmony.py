"""Slow, consonant harmony: modes, a progression of open chords, and voices that barely move."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, cycle

import numpy as np

MODES = {
    "ionian": (0, 2, 4, 5, 7, 9, 11),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "lydian": (0, 2, 4, 6, 7, 9, 11),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10),
    "aeolian": (0, 2, 3, 5, 7, 8, 10),
}
"""Semitones above the tonic of each step of a mode."""

PROGRESSIONS = {
    "ionian": ((0, 5, 3, 4), (0, 2, 3, 0), (0, 3, 5, 3)),
    "dorian": ((0, 3, 0, 6), (0, 2, 3, 6), (0, 6, 3, 0)),
    "lydian": ((0, 1, 0, 4), (0, 4, 1, 0), (0, 2, 1, 4)),
    "mixolydian": ((0, 6, 3, 0), (0, 4, 6, 3), (0, 3, 6, 0)),
    "aeolian": ((0, 5, 2, 6), (0, 3, 5, 2), (0, 2, 5, 3)),
}
"""Steps that chords stand on: few, close together, and soon home again."""

COLORS = ((0, 4, 1), (0, 4, 2), (0, 4, 2, 1), (0, 4, 3), (0, 4, 2, 6))
"""Tones of a chord in scale steps above its root: open, plain, added ninth, suspended, seventh."""

HOME = (52, 57, 62, 67)
"""MIDI pitches that the four voices keep near."""

_LOWEST, _HIGHEST = 48, 74
_HARSH = {1, 11, 13}  # minor second, major seventh, minor ninth


@dataclass(frozen=True, slots=True)
class Chord:
    """What sounds together for a while.

    Attributes
    ----------
    start_s, length_s : float
        When, and how long until the next.
    bass : int
        MIDI pitch of the root, in the octave from 36.
    voices : tuple[int, ...]
        MIDI pitches above it, ascending.
    """

    start_s: float
    length_s: float
    bass: int
    voices: tuple[int, ...]


def semitones(mode: str, step: int) -> int:
    """Return how far a step of a mode lies above the tonic; steps past the octave go on."""
    octave, within = divmod(step, 7)
    return 12 * octave + MODES[mode][within]


def _voiced(previous: Sequence[int], classes: set[int]) -> tuple[int, ...]:
    """Return the nearest free pitch of these pitch classes for each voice."""
    taken: list[int] = []
    allowed = [pitch for pitch in range(_LOWEST, _HIGHEST + 1) if pitch % 12 in classes]
    for before, home in zip(previous, HOME, strict=True):
        free = [pitch for pitch in allowed if all(abs(pitch - other) > 1 for other in taken)]
        taken.append(min(free, key=lambda p: (abs(p - before) + 0.4 * abs(p - home), p)))
    return tuple(sorted(taken))


def _strain(voices: Sequence[int], previous: Sequence[int], bass: int, classes: set[int]) -> float:
    """Return how much a voicing moves, clashes and leaves out; lower is calmer."""
    moved = sum(abs(a - b) for a, b in zip(voices, previous, strict=True))
    harsh = sum(abs(a - b) in _HARSH for a, b in combinations(voices, 2))
    restless = sum((pitch - bass) % 12 in {1, 6} for pitch in voices)
    absent = len(classes - {pitch % 12 for pitch in voices})
    return moved + 9.0 * harsh + 9.0 * restless + 3.0 * absent


def chords(
    tonic: int, mode: str, *, chord_s: float, until_s: float, rng: np.random.Generator
) -> Iterator[Chord]:
    """Yield chords one after the other until a time is reached.

    The progression goes round; each time a chord takes the color that moves least from the last,
    with a little chance, so that no round is quite like the one before.

    Parameters
    ----------
    tonic : int
        MIDI pitch.
    mode : str
        A key of ``MODES``.
    chord_s, until_s : float
        Seconds for each chord, and to reach.
    rng : np.random.Generator
        Chooses the progression and the colors.
    """
    progressions = PROGRESSIONS[mode]
    steps = progressions[int(rng.integers(len(progressions)))]
    voices: tuple[int, ...] = HOME
    start_s = 0.0
    for step in cycle(steps):
        if start_s >= until_s:
            return
        root = tonic + semitones(mode, step)
        bass = 36 + (root - 36) % 12
        options = []
        for color in COLORS:
            classes = {(tonic + semitones(mode, step + tone)) % 12 for tone in color}
            candidate = _voiced(voices, classes)
            chance = float(rng.uniform(0.0, 4.0))
            options.append((_strain(candidate, voices, bass, classes) + chance, candidate))
        voices = min(options)[1]
        yield Chord(start_s, chord_s, bass, voices)
        start_s += chord_s
