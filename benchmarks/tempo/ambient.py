"""Slow music over a piece's chords: held pads, a broken chord that goes round, a soft bass.

Its notes are even, and mostly shorter than a beat; that its beat is slow is said by the bass,
the accents and the changes of chord. Scores have little of the kind, calm music much.
"""

import numpy as np

from benchmarks.tempo.notes import MELODIC, Note, sounding
from benchmarks.tempo.recipes import Recipe, chance
from benchmarks.tempo.score import Score

_BEATS_PER_BAR = 4
_STEP_OF_MOMENTS = 5


def ambient_notes(recipe: Recipe, score: Score, random: np.random.Generator) -> list[Note]:
    """Return the notes of an ambient piece over a score's chords."""
    beat_s = 60.0 / (recipe.tempo_bpm or 60.0)
    chord_beats = _BEATS_PER_BAR * int(random.integers(1, 5))
    per_beat = int(random.choice([1, 2, 2, 2, 3, 4]))
    moments = sorted({start for start, *_ in score.notes})
    has_bass, has_melody = chance(random, 0.75), chance(random, 0.5)
    around = np.concatenate([np.arange(4), [2, 1]]) if chance(random, 0.5) else np.arange(4)
    accent = int(random.integers(0, 14))
    notes: list[Note] = []
    for number in range(int(recipe.length_s / (chord_beats * beat_s)) + 1):
        place = (number * _STEP_OF_MOMENTS) % len(moments)
        chord = sorted(set(sounding(score, moments[place])))[:4] or [60]
        start_s, length_s = number * chord_beats * beat_s, chord_beats * beat_s
        notes += [
            Note(start_s + random.uniform(0, 0.05), length_s, pitch, 48, MELODIC[0])
            for pitch in chord
        ]
        for step in range(chord_beats * per_beat):
            pitch = chord[around[step % len(around)] % len(chord)] + 12
            louder = accent if step % (_BEATS_PER_BAR * per_beat) == 0 else 0
            at_s = start_s + step * beat_s / per_beat + random.normal(0, recipe.jitter_s)
            velocity = int(random.normal(58, 4)) + louder
            notes.append(Note(max(0.0, at_s), 1.5 * beat_s, pitch, velocity, MELODIC[1]))
        for beat in range(chord_beats):
            at_s = max(0.0, start_s + beat * beat_s + random.normal(0, recipe.jitter_s))
            if has_bass and beat % 2 == 0:
                notes.append(Note(at_s, beat_s, 36 + chord[0] % 12, 62, MELODIC[2]))
            if has_melody and chance(random, 0.25):
                pitch = int(random.choice(chord)) + 12
                notes.append(Note(at_s, 2 * beat_s, pitch, 66, MELODIC[3]))
    return [note for note in notes if note.start_s < recipe.length_s]
