"""A recipe performed: notes, drums and controllers in seconds, as a MIDI file."""

from pathlib import Path

import mido
import numpy as np

from benchmarks.tempo.ambient import ambient_notes
from benchmarks.tempo.notes import DRUM_CHANNEL, MELODIC, Note, Swell, sounding
from benchmarks.tempo.recipes import Recipe, chance
from benchmarks.tempo.score import Score

_TICKS_PER_BEAT = 960
_TICKS_PER_S = 2 * _TICKS_PER_BEAT  # at the 120 beats a minute that MIDI assumes
_KICK, _RIM, _SNARE, _CLOSED_HAT, _OPEN_HAT, _SHAKER, _CRASH, _RIDE = (
    36,
    37,
    38,
    42,
    46,
    70,
    49,
    51,
)
_STRUCK_S = 0.06
_SHORTEST_S = 0.5


def perform(recipe: Recipe, score: Score, path: Path, random: np.random.Generator) -> None:
    """Write the MIDI file of a recipe."""
    swells: list[Swell] = []
    if recipe.tempo_bpm is None:
        notes, swells = _without_beat(recipe, score, random)
    elif recipe.style == "ambient":
        notes = ambient_notes(recipe, score, random)
    else:
        notes = _played(recipe, score, random) + _drummed(recipe, score, random)
        if recipe.style == "rock":
            notes += _chugged(recipe, score, random)
    _write(path, recipe, notes, swells)


def _played(recipe: Recipe, score: Score, random: np.random.Generator) -> list[Note]:
    """Return the piece, from where it begins, again and again, as loosely as asked."""
    quarter_s = 60.0 / ((recipe.tempo_bpm or 60.0) * score.beat_quarters)
    bar = score.bar_quarters
    loop = np.ceil(score.end_quarters / bar - 1e-6) * bar
    first = np.floor(recipe.starts_at * loop / bar) * bar
    base, bar_accent, beat_accent = (
        random.uniform(55, 80),
        random.integers(4, 14),
        random.integers(6),
    )
    notes = []
    for start, length, pitch, part in score.notes:
        accent = bar_accent if start % bar == 0 else 0
        accent += beat_accent if start % score.beat_quarters == 0 else 0
        at = (start - first) % loop
        while at * quarter_s < recipe.length_s:
            late_s = random.normal(0, recipe.jitter_s) if recipe.jitter_s else 0.0
            velocity = int(np.clip(random.normal(base, 7) + accent, 25, 115))
            start_s = max(0.0, at * quarter_s + late_s)
            channel = MELODIC[part % len(MELODIC)]
            notes.append(Note(start_s, length * quarter_s * 0.97, pitch, velocity, channel))
            at += loop
    return notes


def _drummed(recipe: Recipe, score: Score, random: np.random.Generator) -> list[Note]:
    """Return the drums: a pattern of a bar, repeated, with the odd stroke left out or added."""
    if recipe.drums == "none":
        return []
    beat_s = 60.0 / (recipe.tempo_bpm or 60.0)
    beats = max(1, round(score.bar_quarters / score.beat_quarters))
    pattern = {"soft": _soft, "rock": _rock, "dance": _dance}[recipe.drums](beats, random)
    loudness = random.uniform(0.7, 1.15) if recipe.drums != "soft" else 1.0
    notes = []
    for bar in range(int(recipe.length_s / (beats * beat_s)) + 1):
        for beat, pitch, velocity in pattern:
            start_s = max(
                0.0, (bar * beats + beat) * beat_s + random.normal(0, recipe.jitter_s / 2)
            )
            if start_s < recipe.length_s and (recipe.drums == "soft" or chance(random, 0.96)):
                struck = int(np.clip(velocity * loudness + random.normal(0, 3), 15, 127))
                notes.append(Note(start_s, _STRUCK_S, pitch, struck, DRUM_CHANNEL))
    return notes


_Pattern = list[tuple[float, int, int]]


def _soft(beats: int, random: np.random.Generator) -> _Pattern:
    pattern: _Pattern = [(beat, _CLOSED_HAT, 38) for beat in range(beats)]
    pattern.append((0, _KICK, 70))
    if beats > 1:
        pattern.append((beats // 2, _RIM, 52))
    if chance(random, 0.5):
        pattern += [(beat + 0.5, _SHAKER, 30) for beat in range(beats)]
    return pattern


def _rock(beats: int, random: np.random.Generator) -> _Pattern:
    """Return kick and snare in turn, at half, usual or double time, under steady cymbals."""
    every = float(random.choice([0.5, 1.0, 1.0, 1.0, 1.0, 2.0]))
    strokes = np.arange(0, beats, every)
    pattern: _Pattern = [
        (float(at), (_KICK, _SNARE)[place % 2], 105) for place, at in enumerate(strokes)
    ]
    step = float(random.choice([0.25, 0.5, 0.5, 1.0]))
    cymbal = int(random.choice([_CLOSED_HAT, _OPEN_HAT, _RIDE]))
    pattern += [(float(at), cymbal, 80 if at % 1 == 0 else 62) for at in np.arange(0, beats, step)]
    kicks = float(random.choice([0.25, 0.5, 0.5]))
    fills = random.choice([0.0, 0.3, 1.0], p=[0.35, 0.4, 0.25])
    pattern += [
        (float(at), _KICK, 92) for at in np.arange(0, beats, kicks) if chance(random, fills)
    ]
    return [*pattern, (0.0, _CRASH, 80)] if chance(random, 0.3) else pattern


def _dance(beats: int, random: np.random.Generator) -> _Pattern:
    pattern: _Pattern = [(beat, _KICK, 112) for beat in range(beats)]
    pattern += [(beat + 0.5, _OPEN_HAT, 80) for beat in range(beats)]
    if chance(random, 0.6):
        pattern += [(beat, _SNARE, 92) for beat in range(1, beats, 2)]
    if chance(random, 0.5):
        pattern += [(float(at), _CLOSED_HAT, 60) for at in np.arange(0, beats, 0.25)]
    return pattern


def _chugged(recipe: Recipe, score: Score, random: np.random.Generator) -> list[Note]:
    """Return power chords over the piece's bass, in a rhythm of a bar."""
    quarter_s = 60.0 / ((recipe.tempo_bpm or 60.0) * score.beat_quarters)
    step = float(random.choice([0.25, 0.5, 0.5, 1.0])) * score.beat_quarters
    places = max(1, round(score.bar_quarters / step))
    plays = random.random(places) < random.choice([0.6, 0.85, 1.0])
    plays[0] = True
    channel = MELODIC[-1]
    notes = []
    for number in range(int(recipe.length_s / (step * quarter_s))):
        heard = sounding(score, number * step % score.end_quarters)
        if not heard or not plays[number % places]:
            continue
        root = 40 + min(heard) % 12
        start_s = max(0.0, number * step * quarter_s + random.normal(0, recipe.jitter_s / 2))
        velocity = 100 if number % places == 0 else int(random.integers(78, 98))
        notes += [
            Note(start_s, step * quarter_s * 0.8, root + above, velocity, channel)
            for above in (0, 7, 12)
        ]
    return notes


def _without_beat(
    recipe: Recipe, score: Score, random: np.random.Generator
) -> tuple[list[Note], list[Swell]]:
    """Return chords of the piece, each held for as long as chance has it, and their swells."""
    moments = sorted({start for start, *_ in score.notes})
    notes: list[Note] = []
    at_s, place = 0.0, int(recipe.starts_at * len(moments))
    shortest_s, longest_s = (8.0, 25.0) if recipe.style in {"drone", "noise"} else (3.5, 11.0)
    while at_s < recipe.length_s:
        chord = sorted(set(sounding(score, moments[place % len(moments)])))[:5]
        place += 3
        held_s = float(np.exp(random.uniform(np.log(shortest_s), np.log(longest_s))))
        for channel, pitch in enumerate(chord):
            start_s = at_s + random.uniform(0, 0.35) * held_s
            end_s = min(recipe.length_s, at_s + held_s * random.uniform(0.9, 1.35))
            if end_s - start_s >= _SHORTEST_S:
                velocity = int(random.uniform(40, 75))
                notes.append(Note(start_s, end_s - start_s, pitch, velocity, MELODIC[channel]))
        at_s += held_s
    if recipe.style == "chimes":
        notes += _chimes(recipe, score, random)
    return notes, _swelling(recipe, random)


def _chimes(recipe: Recipe, score: Score, random: np.random.Generator) -> list[Note]:
    """Return single struck notes at moments that know nothing of each other."""
    pitches = [pitch for _, _, pitch, _ in score.notes]
    apart_s = random.uniform(0.6, 3.0)
    starts_s = np.cumsum(random.exponential(apart_s, int(recipe.length_s / apart_s * 1.2)))
    return [
        Note(
            float(start_s), 2.0, int(random.choice(pitches)) + 12, int(random.uniform(35, 75)),
            MELODIC[-1],
        )
        for start_s in starts_s[starts_s < recipe.length_s]
    ]  # fmt: skip


def _swelling(recipe: Recipe, random: np.random.Generator) -> list[Swell]:
    """Return each channel's slow swells, or a drone's tremolo: periodic, but nothing begins."""
    if recipe.style not in {"swells", "drone"}:
        return []
    moments_s = np.arange(0, recipe.length_s, 0.04)
    swells = []
    same_hz = float(np.exp(random.uniform(np.log(0.08), np.log(6.0))))
    for channel in range(5):
        slow_hz = random.uniform(0.04, 0.2)
        rate_hz = same_hz if recipe.style == "drone" else slow_hz
        phase = random.uniform(0, 2 * np.pi)
        wander = (
            np.cumsum(random.normal(0, 0.05, len(moments_s))) if recipe.style == "swells" else 0
        )
        depth = random.uniform(0.2, 0.45)
        shape = 1 - depth + depth * np.sin(2 * np.pi * rate_hz * moments_s + phase + wander)
        swells += [
            Swell(float(at_s), MELODIC[channel], float(level))
            for at_s, level in zip(moments_s, shape, strict=True)
        ]
    return swells


def _write(path: Path, recipe: Recipe, notes: list[Note], swells: list[Swell]) -> None:
    """Write a MIDI file of one track."""
    messages: list[tuple[int, int, mido.Message]] = []
    for place, channel in enumerate(MELODIC):
        program = recipe.programs[min(place, len(recipe.programs) - 1)]
        if recipe.style == "rock" and channel == MELODIC[-1]:
            program = 30
        if recipe.style == "chimes" and channel == MELODIC[-1]:
            program = 46 if recipe.starts_at else 11
        pan = (64, 40, 88, 52, 76)[place % 5]
        messages += [
            (0, 0, mido.Message("program_change", channel=channel, program=program)),
            (0, 0, mido.Message("control_change", channel=channel, control=10, value=pan)),
            (0, 0, mido.Message("control_change", channel=channel, control=91, value=80)),
        ]
    for swell in swells:
        value = int(np.clip(127 * swell.expression, 0, 127))
        change = mido.Message("control_change", channel=swell.channel, control=11, value=value)
        messages.append((int(swell.at_s * _TICKS_PER_S), 1, change))
    for note in notes:
        start = round(note.start_s * _TICKS_PER_S)
        end = max(start + 40, round((note.start_s + note.length_s) * _TICKS_PER_S))
        pitch = int(np.clip(note.pitch, 0, 127))
        on = {"channel": note.channel, "note": pitch}
        messages += [
            (start, 3, mido.Message("note_on", velocity=note.velocity, **on)),
            (end, 2, mido.Message("note_off", **on)),
        ]
    messages.sort(key=lambda each: each[:2])
    track, before = mido.MidiTrack(), 0
    for at, _, message in messages:
        track.append(message.copy(time=at - before))
        before = at
    mido.MidiFile(ticks_per_beat=_TICKS_PER_BEAT, tracks=[track]).save(path)
