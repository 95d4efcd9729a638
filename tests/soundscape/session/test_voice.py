"""A voice gives the frames of its track, the same whatever was read before."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from soundscape.errors import DecodeError
from soundscape.session.voice import REMEMBERED, Voice
from soundscape.units import Frames, frames_in

LENGTH = frames_in(40.0)
TRACK = np.random.default_rng(1).uniform(0.1, 0.5, (LENGTH, 2)).astype(np.float32)
CHUNK = 9_600


class Reel:
    """A track that was opened; damaged from some frame on."""

    def __init__(self, start: int, damaged_from: int) -> None:
        self.at, self.damaged_from, self.is_open = start, damaged_from, True

    def read(self, length: int) -> NDArray[np.float32]:
        """Return the next frames."""
        assert self.is_open, "nothing is read from a closed file"
        if self.at >= self.damaged_from:
            raise DecodeError("This file is damaged.")
        block = TRACK[self.at : self.at + length]
        self.at += len(block)
        return block

    def close(self) -> None:
        """Close the file."""
        self.is_open = False


class Shelf:
    """Opens the track, and remembers how often."""

    def __init__(self, damaged_from: int = 10 * LENGTH) -> None:
        self.damaged_from = damaged_from
        self.reels: list[Reel] = []

    def __call__(self, _path: Path, start: Frames) -> Reel:
        """Open the track at a frame."""
        self.reels.append(Reel(start, self.damaged_from))
        return self.reels[-1]


def expected(start: int, length: int) -> NDArray[np.float32]:
    track = TRACK[start : start + length]
    return np.concatenate([track, np.zeros((length - len(track), 2), np.float32)])


def read(voice: Voice, start: int, length: int = CHUNK) -> NDArray[np.float32]:
    return voice.read(Frames(start), Frames(length))


@pytest.mark.parametrize("length", [1_000, CHUNK, 48_000])
def test_a_track_is_read_from_end_to_end_and_then_there_is_silence(length: int) -> None:
    shelf = Shelf()
    voice = Voice(Path("a.flac"), shelf)

    for start in range(0, LENGTH + 4 * length, length):
        assert np.array_equal(read(voice, start, length), expected(start, length))
    assert len(shelf.reels) == 1


def test_going_back_a_little_opens_nothing_and_going_far_opens_again() -> None:
    shelf = Shelf()
    voice = Voice(Path("a.flac"), shelf)
    far = 2 * REMEMBERED
    read(voice, 0)
    read(voice, far)

    back = far - REMEMBERED // 2
    assert np.array_equal(read(voice, back), expected(back, CHUNK))
    assert len(shelf.reels) == 1
    assert np.array_equal(read(voice, 5), expected(5, CHUNK))
    assert [reel.is_open for reel in shelf.reels] == [False, True]


@pytest.mark.parametrize("start", [LENGTH - 100, LENGTH, LENGTH + 7, 5 * LENGTH])
def test_beyond_the_end_there_is_silence_wherever_reading_began(start: int) -> None:
    voice = Voice(Path("a.flac"), Shelf())
    read(voice, LENGTH - REMEMBERED // 2)

    assert np.array_equal(read(voice, start), expected(start, CHUNK))


def test_damage_is_silence_and_is_told() -> None:
    shelf = Shelf(damaged_from=96_000)
    voice = Voice(Path("a.flac"), shelf)
    read(voice, 0)

    lost = read(voice, 96_000)

    assert not lost.any()
    assert voice.fault == "This file is damaged."
    assert not shelf.reels[0].is_open
