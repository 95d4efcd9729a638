"""A piece as sound: tones into one mix, the mix into a room, the whole to one level.

Everything is a pure function of the piece and the seed, and no step depends on how many workers
share the task: the same seed gives the same samples.
"""

import zlib
from collections.abc import Sequence
from functools import cache
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from playlists.starter.catalog import MOODS, Mood
from playlists.starter.level import glide, leveled
from playlists.starter.score import Layer, Note, Piece, composed
from playlists.starter.space import convolved, placed, room
from playlists.starter.voices import (
    LOOP_FRAMES,
    NOISE_FRAMES,
    NOISES,
    STRUCK,
    SUSTAINED,
    noise_loop,
    struck_tone,
    sustained_loop,
)
from soundscape.units import Decibels, Frames, amplitude, frames_in

_SMALL_ROOM_S = 1.8
_BLOCK_FRAMES = 1 << 15

_LEAD_S = 16.0
"""Played before the piece begins and cut off, so that it fades in on sound that is all there."""

_SWELL_STEP = Frames(1 << 10)
_SWELL_STEPS = 422  # 9 s


def _generator(seed: int, title: str) -> np.random.Generator:
    """Return the piece's own source of chance: no other piece can shift it."""
    return np.random.default_rng([seed, zlib.crc32(title.encode())])


@cache
def _rising(length: Frames) -> NDArray[np.float32]:
    """Return the gain of a tone that grows, from 0.0 to 1.0; reversed, of one that dies away."""
    half = np.float32(0.5)
    return half - half * np.cos(np.linspace(0.0, np.pi, length, dtype=np.float32))


def _sides(note: Note) -> NDArray[np.float32]:
    """Return a note's gain in each channel, of shape (2, 1)."""
    gain = amplitude(Decibels(note.gain_db))
    return np.array([[gain * side] for side in placed(note.pan)], np.float32)


def _add_struck(mix: NDArray[np.float32], tone: NDArray[np.float32], note: Note) -> None:
    """Put a struck tone into the mix; what lies after its end is lost."""
    heard = mix[:, frames_in(note.start_s) :][:, : tone.shape[1]]
    heard += _sides(note) * tone[:, : heard.shape[1]]


def _add_held(
    mix: NDArray[np.float32], loop: NDArray[np.float32], note: Note, *, loop_start: int
) -> None:
    """Put a held tone into the mix; what lies before its begin or after its end is lost.

    It goes in by short blocks, which stay in the processor's cache.
    """
    voice, sides, begin = SUSTAINED[note.voice], _sides(note), frames_in(note.start_s)
    held, fall = frames_in(note.held_s), frames_in(voice.release_s)
    grows, dies = _rising(frames_in(min(voice.attack_s, note.held_s))), _rising(fall)[::-1]
    at, end = max(0, -begin), min(held + fall, mix.shape[1] - begin)
    while at < end:
        if at < grows.size:
            gain = grows[at:]
        elif at < held:
            gain = np.broadcast_to(np.float32(1.0), held - at)
        else:
            gain = dies[at - held :]
        turn = (loop_start + at) % loop.shape[1]
        part = loop[:, turn : turn + min(_BLOCK_FRAMES, end - at, gain.size)]
        until = at + part.shape[1]
        mix[:, begin + at : begin + until] += part * (sides * gain[: part.shape[1]])
        at = until


def _swell(length: Frames, depth_db: float, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return a slow gain that wanders: a new height every 9 s or so, reached without a corner.

    One number for each ``_SWELL_STEP``, enough of them to reach the end.
    """
    heights = rng.uniform(-depth_db, depth_db, length // (_SWELL_STEPS * _SWELL_STEP) + 3)
    turn = 0.5 - 0.5 * np.cos(np.pi * np.arange(_SWELL_STEPS) / _SWELL_STEPS)
    curve_db = (heights[:-1, None] + np.diff(heights)[:, None] * turn).ravel()
    return np.asarray(10.0 ** (curve_db / 20.0))


def _add_noise(
    mix: NDArray[np.float32], layer: Layer, pace: float, rng: np.random.Generator
) -> None:
    """Put a noise into the mix: two bands, each with its own slow swell."""
    gain = amplitude(Decibels(layer.gain_db(pace)))
    steps = _BLOCK_FRAMES // _SWELL_STEP
    for center_hz, octaves in NOISES[layer.voice]:
        loop = noise_loop(center_hz, octaves, rng)
        swell = gain * _swell(Frames(mix.shape[1]), 3.0, rng)
        for number, start in enumerate(range(0, mix.shape[1], _BLOCK_FRAMES)):
            heard = mix[:, start : start + _BLOCK_FRAMES]
            turn = start % NOISE_FRAMES  # a whole number of blocks
            part = loop[:, turn : turn + heard.shape[1]]
            heights = swell[number * steps : (number + 1) * steps + 1]
            heard += part * glide(heights, _SWELL_STEP, Frames(heard.shape[1]))


def mixed(notes: Sequence[Note], length: Frames, rng: np.random.Generator) -> NDArray[np.float32]:
    """Return the sum of all tones.

    Returns
    -------
    NDArray[np.float32], shape (2, length)
        Dry, of no special level.
    """
    mix = np.zeros((2, length), np.float32)
    notes = sorted(notes, key=lambda note: (note.voice, note.pitch, note.start_s))
    for (voice, pitch), played in groupby(notes, key=lambda note: (note.voice, note.pitch)):
        if voice in STRUCK:
            tone = struck_tone(STRUCK[voice], pitch, rng)
            for note in played:
                _add_struck(mix, tone, note)
        else:
            loop = sustained_loop(SUSTAINED[voice], pitch, rng)
            for note in played:
                _add_held(mix, loop, note, loop_start=int(rng.integers(LOOP_FRAMES)))
    return mix


def _room_for(mood: Mood, pace: float) -> tuple[float, float]:
    """Return reverberation time and share: what moves much stands in a small, dry room.

    A long room would smear quick tones into one loud wash.
    """
    lively = max(0.0, pace - 1.0)
    wet = mood.wet * (1.0 - 0.8 * min(pace, 1.0)) * (1.0 - 0.75 * lively)
    return max(_SMALL_ROOM_S, mood.reverberation_s * (1.0 - 0.7 * lively)), wet


def rendered(piece: Piece, *, seed: int) -> NDArray[np.float32]:
    """Return a finished piece at the session's rate.

    Parameters
    ----------
    piece : Piece
        What to play.
    seed : int
        The same seed gives the same samples.

    Returns
    -------
    NDArray[np.float32], shape (frames, 2)
        Integrated loudness, range, rise and peak as ``playlists.starter.level`` promises.
    """
    rng = _generator(seed, piece.title)
    mood = MOODS[piece.mood]
    notes = composed(piece, mood.layers, until_s=_LEAD_S + piece.length_s, rng=rng)
    mix = mixed(notes, frames_in(_LEAD_S + piece.length_s), rng)
    for layer in mood.layers:
        if layer.part == "noise" and layer.is_heard(piece.pace):
            _add_noise(mix, layer, piece.pace, rng)
    sound = convolved(mix, room(*_room_for(mood, piece.pace), rng))
    return leveled(sound[:, frames_in(_LEAD_S) :])
