"""A piece as data, and the notes that it becomes.

A piece has a key, a pace and the layers of its mood. Pace runs from 0, where almost nothing
begins, to 1, where soft figures keep moving: it sets how long chords stand, how often tones
are struck and how far they come forward, and by that the energy that is measured later.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from playlists.starter.harmony import Chord, chords
from playlists.starter.voices import SUSTAINED

_OVERLAP_S = 2.0
_RESTS_ON = 3  # of every four chords, from 0
_DRONE_S = 24.0
_BRUSHED_ON = 2  # of the four half beats, from 0
_BRUSH_PITCH = 76
_SPARKS_HEARD = 0.7  # of the sixteenths of a bar
_SHAKER_PITCH = 101
_SHAKER_DB = (2.0, 5.0, 0.0, 5.0)
_DOUBLED_FROM = 0.6
_MELODY_LOWEST, _MELODY_HIGHEST = 60, 81
_LIVELY_FROM = 1.0


@dataclass(frozen=True, slots=True)
class Layer:
    """One part of a mood.

    Attributes
    ----------
    part : str
        What it plays: a key of ``PARTS``, or ``noise``.
    voice : str
        What plays it: a key of ``SUSTAINED``, ``STRUCK`` or ``NOISES``.
    still_db, moving_db : float
        Gain at pace 0 and at pace 1; between them it goes straight.
    enters : float
        The least pace at which it is heard.
    leaves : float
        The pace from which it is heard no more.
    """

    part: str
    voice: str
    still_db: float
    moving_db: float
    enters: float = 0.0
    leaves: float = 9.0

    def is_heard(self, pace: float) -> bool:
        """Return whether the layer plays at a pace."""
        return self.enters <= pace < self.leaves

    def gain_db(self, pace: float) -> float:
        """Return the layer's gain at a pace; above 1 only what enters there still grows."""
        share = pace if self.enters > _LIVELY_FROM else min(pace, _LIVELY_FROM)
        return self.still_db + (self.moving_db - self.still_db) * share


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of the starter library.

    Attributes
    ----------
    title, mood : str
        The mood is a key of ``playlists.starter.catalog.MOODS``.
    tonic : int
        MIDI pitch.
    mode : str
        A key of ``playlists.starter.harmony.MODES``.
    pace : float
        0-1.
    length_s : float
        Seconds from the first sample to the last.
    """

    title: str
    mood: str
    tonic: int
    mode: str
    pace: float
    length_s: float

    @property
    def beat_s(self) -> float:
        """Length of a beat: 48 a minute at pace 0, 68 at pace 1, and slower again above.

        What is livelier than that has more tones in a beat, not more beats.
        """
        lively = max(0.0, self.pace - _LIVELY_FROM)
        return 60.0 / (48.0 + 20.0 * min(self.pace, _LIVELY_FROM) - 14.0 * lively)

    @property
    def chord_s(self) -> float:
        """How long a chord stands: whole bars of four beats, four down to two of them."""
        return 4.0 * self.beat_s * round(4.0 - 2.0 * min(self.pace, _LIVELY_FROM))


@dataclass(frozen=True, slots=True)
class Note:
    """One tone.

    Attributes
    ----------
    voice : str
        A key of ``SUSTAINED`` or ``STRUCK``.
    start_s, held_s : float
        Seconds; a struck tone rings as long as it likes.
    pitch : int
        MIDI pitch.
    gain_db : float
        Relative to a tone of RMS 1.
    pan : float
        -1.0, left, to 1.0, right.
    """

    voice: str
    start_s: float
    held_s: float
    pitch: int
    gain_db: float
    pan: float


Part = Callable[[Piece, Layer, Sequence[Chord], np.random.Generator], Iterator[Note]]


def _drone(
    piece: Piece, layer: Layer, harmony: Sequence[Chord], rng: np.random.Generator
) -> Iterator[Note]:
    """Yield root and fifth of the key without end, each tone taking over from the last."""
    tonic = 36 + (piece.tonic - 36) % 12
    until_s = harmony[-1].start_s + harmony[-1].length_s
    overlap_s = SUSTAINED[layer.voice].attack_s
    for pitch, by_db in ((tonic, 0.0), (tonic + 7, -5.0), (tonic + 12, -3.0)):
        start_s = -float(rng.uniform(0.0, _DRONE_S / 2.0))
        while start_s < until_s:
            gain_db = layer.gain_db(piece.pace) + by_db + float(rng.uniform(-1.5, 0.5))
            yield Note(layer.voice, start_s, _DRONE_S, pitch, gain_db, 0.0)
            start_s += _DRONE_S - overlap_s


def _pad(
    piece: Piece, layer: Layer, harmony: Sequence[Chord], rng: np.random.Generator
) -> Iterator[Note]:
    """Yield the chords; a tone that two chords share is held through both."""
    gain_db = layer.gain_db(piece.pace)
    for number in range(len(harmony[0].voices)):
        pan = 0.5 * (number / (len(harmony[0].voices) - 1) - 0.5)
        start_s = harmony[0].start_s
        for pitch, held in groupby(harmony, key=lambda chord: chord.voices[number]):
            last = list(held)[-1]
            end_s = last.start_s + last.length_s * (1.0 + float(rng.uniform(0.0, 0.12)))
            own_db = gain_db + float(rng.uniform(-1.0, 1.0))
            yield Note(layer.voice, start_s, end_s + _OVERLAP_S - start_s, pitch, own_db, pan)
            start_s = end_s
    for chord in harmony:
        yield Note(layer.voice, chord.start_s, chord.length_s + 1.0, chord.bass + 12, gain_db, 0.0)


def _scale(chord: Chord, lowest: int, highest: int) -> list[int]:
    """Return the chord's tones in every octave of a range, ascending."""
    classes = {pitch % 12 for pitch in (*chord.voices, chord.bass)}
    return [pitch for pitch in range(lowest, highest + 1) if pitch % 12 in classes]


def _melody(
    piece: Piece, layer: Layer, harmony: Sequence[Chord], rng: np.random.Generator
) -> Iterator[Note]:
    """Yield one phrase of a few tones again and again, bent to each chord, then a rest.

    The rhythm and the shape are drawn once for the piece: what returns can be recognized.
    """
    count = 3 + round(2.0 * piece.pace)
    shape = np.cumsum(rng.choice((-2, -1, -1, 1, 1, 2), count))
    shape -= shape[-1]
    gaps = rng.choice((2, 2, 3, 4), count) * piece.beat_s
    for number, chord in enumerate(harmony):
        tones = _scale(chord, _MELODY_LOWEST, _MELODY_HIGHEST)
        if number % 4 == _RESTS_ON:
            continue
        start_s = chord.start_s + piece.beat_s * (1 if number % 2 else 2)
        middle = len(tones) // 2 + (number % 2)
        for step, gap_s in zip(shape, gaps, strict=True):
            if start_s + gap_s > chord.start_s + chord.length_s:
                break
            pitch = tones[int(np.clip(middle + step, 0, len(tones) - 1))]
            late_s = abs(float(rng.normal(0.0, 0.03)))
            gain_db = layer.gain_db(piece.pace) + float(rng.uniform(-2.5, 0.0))
            pan = 0.35 * float(np.sin(chord.start_s / 40.0))
            yield Note(layer.voice, start_s + late_s, float(gap_s), pitch, gain_db, pan)
            start_s += float(gap_s)


def _drops(
    piece: Piece, layer: Layer, harmony: Sequence[Chord], rng: np.random.Generator
) -> Iterator[Note]:
    """Yield single high tones, here and there, far apart in time and place."""
    for chord in harmony:
        tones = _scale(chord, 67, 86)
        wait_s = 9.0 - 5.0 * min(piece.pace, _LIVELY_FROM)
        start_s = chord.start_s + float(rng.uniform(0.0, wait_s))
        while start_s < chord.start_s + chord.length_s:
            gain_db = layer.gain_db(piece.pace) + float(rng.uniform(-5.0, 0.0))
            pan = float(rng.uniform(-0.7, 0.7))
            yield Note(layer.voice, start_s, 0.0, int(rng.choice(tones)), gain_db, pan)
            start_s += wait_s * float(rng.uniform(0.6, 1.5))


def _figure(
    piece: Piece, layer: Layer, harmony: Sequence[Chord], rng: np.random.Generator
) -> Iterator[Note]:
    """Yield a broken chord that goes round: one tone a beat, two above pace 0.45, three above 0.8.

    It swells and sinks over 40 s, and no tone comes to the hundredth on its place.
    """
    per_beat = 1 + (piece.pace > 0.45) + 2 * (piece.pace > 0.75)  # noqa: PLR2004 - said in the docstring
    orders = ((0, 2, 1, 3), (0, 1, 2, 3, 2, 1), (0, 2, 3, 1, 2, 3))
    order = orders[int(rng.integers(len(orders)))]
    gap_s = piece.beat_s / per_beat
    for chord in harmony:
        tones = _scale(chord, 55, 76)[1:5]
        for number in range(round(chord.length_s / gap_s)):
            start_s = chord.start_s + number * gap_s
            swell_db = 1.5 * float(np.sin(2.0 * np.pi * start_s / 40.0))
            accent_db = 0.0 if number % (4 * per_beat) == 0 else -1.5
            gain_db = layer.gain_db(piece.pace) + swell_db + accent_db
            pan = 0.5 * float(np.sin(number * 0.7))
            late_s = abs(float(rng.normal(0.0, 0.008)))
            pitch = tones[order[number % len(order)] % len(tones)]
            gain_db += float(rng.uniform(-1.0, 0.0))
            yield Note(layer.voice, start_s + late_s, gap_s, pitch, gain_db, pan)
            if piece.pace > _DOUBLED_FROM:
                yield Note(layer.voice, start_s + late_s, gap_s, pitch + 12, gain_db - 3.0, -pan)


def _pulse(
    piece: Piece, layer: Layer, harmony: Sequence[Chord], rng: np.random.Generator
) -> Iterator[Note]:
    """Yield the bass as a soft heartbeat: the first and third beat, and a light one before."""
    for chord in harmony:
        for number in range(round(chord.length_s / piece.beat_s)):
            late_s = abs(float(rng.normal(0.0, 0.006)))
            start_s = chord.start_s + number * piece.beat_s + late_s
            gain_db = layer.gain_db(piece.pace) - (0.0 if number % 2 == 0 else 5.0)
            yield Note(layer.voice, start_s, 0.0, chord.bass + 12, gain_db, 0.0)


def _brush(
    piece: Piece, layer: Layer, harmony: Sequence[Chord], rng: np.random.Generator
) -> Iterator[Note]:
    """Yield a brushed drum between the beats, as soft as breath."""
    for chord in harmony:
        for number in range(2 * round(chord.length_s / piece.beat_s)):
            start_s = chord.start_s + 0.5 * number * piece.beat_s
            start_s += abs(float(rng.normal(0.0, 0.008)))
            gain_db = layer.gain_db(piece.pace) - (0.0 if number % 4 == _BRUSHED_ON else 5.0)
            yield Note(layer.voice, start_s, 0.0, _BRUSH_PITCH, gain_db, 0.2)


def _spark(
    piece: Piece, layer: Layer, harmony: Sequence[Chord], rng: np.random.Generator
) -> Iterator[Note]:
    """Yield short high tones, four a beat, that go up and down the chord like light on water.

    Which of the sixteen of a bar are played is drawn once for the piece.
    """
    gap_s = piece.beat_s / 4.0
    heard = rng.random(16) < _SPARKS_HEARD
    heard[::4] = True
    for chord in harmony:
        tones = _scale(chord, 67, 91)
        for number in range(round(chord.length_s / gap_s)):
            if not heard[number % 16]:
                continue
            start_s = chord.start_s + number * gap_s + abs(float(rng.normal(0.0, 0.004)))
            step = number % (2 * len(tones) - 2)
            pitch = tones[min(step, 2 * len(tones) - 2 - step)]
            gain_db = layer.gain_db(piece.pace) - (0.0 if number % 4 == 0 else 2.0)
            gain_db += 1.5 * float(np.sin(2.0 * np.pi * start_s / 31.0)) + float(
                rng.uniform(-1.0, 0.0)
            )
            yield Note(
                layer.voice, start_s, 0.0, pitch, gain_db, 0.6 * float(np.sin(number * 0.9))
            )


def _shaker(
    piece: Piece, layer: Layer, harmony: Sequence[Chord], rng: np.random.Generator
) -> Iterator[Note]:
    """Yield a shaker, four soft strokes a beat, heavier on the beat's second half."""
    gap_s = piece.beat_s / 4.0
    for chord in harmony:
        for number in range(round(chord.length_s / gap_s)):
            start_s = chord.start_s + number * gap_s + abs(float(rng.normal(0.0, 0.004)))
            gain_db = (
                layer.gain_db(piece.pace) - _SHAKER_DB[number % 4] + float(rng.uniform(-0.8, 0.0))
            )
            yield Note(layer.voice, start_s, 0.0, _SHAKER_PITCH, gain_db, -0.25)


PARTS: dict[str, Part] = {
    "drone": _drone,
    "pad": _pad,
    "melody": _melody,
    "drops": _drops,
    "figure": _figure,
    "pulse": _pulse,
    "brush": _brush,
    "spark": _spark,
    "shaker": _shaker,
}
"""What a layer may play."""


def composed(
    piece: Piece, layers: Sequence[Layer], *, until_s: float, rng: np.random.Generator
) -> list[Note]:
    """Return every tone of a piece, in no special order.

    Parameters
    ----------
    piece : Piece
        Key, pace and mode; its length is not looked at.
    layers : Sequence[Layer]
        Those that are no noise and whose pace has come are played.
    until_s : float
        Chords begin from 0 until then.
    rng : np.random.Generator
        Makes every choice.
    """
    harmony = list(
        chords(piece.tonic, piece.mode, chord_s=piece.chord_s, until_s=until_s, rng=rng)
    )
    playing = (layer for layer in layers if layer.part in PARTS and layer.is_heard(piece.pace))
    return [note for layer in playing for note in PARTS[layer.part](piece, layer, harmony, rng)]
