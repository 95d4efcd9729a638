"""A piece as sound: tones into one mix, the mix into a room, the whole to one level.

Everything is a pure function of the piece and the seed, and no step depends on how many workers
share the task: the same seed gives the same samples.
"""

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from playlists.starter.catalog import MOODS, Mood
from playlists.starter.level import glide, leveled
from playlists.starter.score import Layer, Note, Piece, composed
from playlists.starter.space import convolved, placed, room
from playlists.starter.voices import (
    NOISES,
    STRUCK,
    SUSTAINED,
    Sustained,
    noise_loop,
    struck_tone,
    sustained_loop,
)
from soundscape.units import Decibels, Frames, amplitude, frames_in

_SMALL_ROOM_S = 1.8

_LEAD_S = 16.0
"""Played before the piece begins and cut off, so that it fades in on sound that is all there."""

_SWELL_S, _SWELL_STEP_S = 9.0, 0.02


def _generator(seed: int, title: str) -> np.random.Generator:
    """Return the piece's own source of chance: no other piece can shift it."""
    return np.random.default_rng([seed, zlib.crc32(title.encode())])


def _looped(loop: NDArray[np.float32], start: int, length: Frames) -> NDArray[np.float32]:
    """Return a stretch of an endless loop, as a copy."""
    stretch = np.empty((2, length), np.float32)
    done = 0
    while done < length:
        part = loop[:, start : start + length - done]
        stretch[:, done : done + part.shape[1]] = part
        done += part.shape[1]
        start = 0
    return stretch


def _shape(tone: NDArray[np.float32], voice: Sustained, held_s: float) -> None:
    """Give a held tone its rise and its fall, in place."""
    rise = frames_in(min(voice.attack_s, held_s))
    fall = tone.shape[1] - frames_in(held_s)
    tone[:, :rise] *= np.float32(0.5) - np.float32(0.5) * np.cos(
        np.linspace(0.0, np.pi, rise, dtype=np.float32)
    )
    tone[:, -fall:] *= np.float32(0.5) + np.float32(0.5) * np.cos(
        np.linspace(0.0, np.pi, fall, dtype=np.float32)
    )


class _Players:
    """The voices of one piece: each tone is made once and played wherever it is wanted."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._tones: dict[tuple[str, int], NDArray[np.float32]] = {}

    def tone(self, note: Note) -> NDArray[np.float32]:
        """Return a note's samples, before gain and place, of shape (2, frames)."""
        key = note.voice, note.pitch
        if note.voice in STRUCK:
            if key not in self._tones:
                self._tones[key] = struck_tone(STRUCK[note.voice], note.pitch, self._rng)
            return self._tones[key]
        voice = SUSTAINED[note.voice]
        if key not in self._tones:
            self._tones[key] = sustained_loop(voice, note.pitch, self._rng)
        start = int(self._rng.integers(self._tones[key].shape[1]))
        length = frames_in(note.held_s) + frames_in(voice.release_s)
        tone = _looped(self._tones[key], start, Frames(length))
        _shape(tone, voice, note.held_s)
        return tone


def _add(mix: NDArray[np.float32], tone: NDArray[np.float32], note: Note) -> None:
    """Put a tone into the mix; what lies before its begin or after its end is lost."""
    begin = frames_in(note.start_s)
    skipped = max(0, -begin)
    at = begin + skipped
    length = min(tone.shape[1] - skipped, mix.shape[1] - at)
    if length <= 0:
        return
    gain = amplitude(Decibels(note.gain_db))
    for channel, side in enumerate(placed(note.pan)):
        heard = tone[channel, skipped : skipped + length]
        mix[channel, at : at + length] += np.float32(gain * side) * heard


def _swell(length: Frames, depth_db: float, rng: np.random.Generator) -> NDArray[np.float32]:
    """Return a slow gain that wanders: a new height every 9 s or so, reached without a corner."""
    steps = round(_SWELL_S / _SWELL_STEP_S)
    every = frames_in(_SWELL_STEP_S)
    heights = rng.uniform(-depth_db, depth_db, length // (steps * every) + 3)
    turn = 0.5 - 0.5 * np.cos(np.pi * np.arange(steps) / steps)
    curve_db = (heights[:-1, None] + np.diff(heights)[:, None] * turn).ravel()
    return glide(10.0 ** (curve_db / 20.0), every, length)


def _add_noise(
    mix: NDArray[np.float32], layer: Layer, pace: float, rng: np.random.Generator
) -> None:
    """Put a noise into the mix: two bands, each with its own slow swell."""
    gain = amplitude(Decibels(layer.gain_db(pace)))
    for center_hz, octaves in NOISES[layer.voice]:
        loop = noise_loop(center_hz, octaves, rng)
        swell = np.float32(gain) * _swell(Frames(mix.shape[1]), 3.0, rng)
        for start in range(0, mix.shape[1], loop.shape[1]):
            end = min(start + loop.shape[1], mix.shape[1])
            mix[:, start:end] += loop[:, : end - start] * swell[start:end]


def mixed(notes: Sequence[Note], length: Frames, rng: np.random.Generator) -> NDArray[np.float32]:
    """Return the sum of all tones.

    Returns
    -------
    NDArray[np.float32], shape (2, length)
        Dry, of no special level.
    """
    mix = np.zeros((2, length), np.float32)
    players = _Players(rng)
    for note in sorted(notes, key=lambda note: (note.voice, note.pitch, note.start_s)):
        _add(mix, players.tone(note), note)
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
