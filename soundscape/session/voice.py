"""One track while it sounds: decoded when needed, remembered a while, never twice different."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from soundscape.errors import DecodeError
from soundscape.units import CHANNELS, Frames, frames_in

REMEMBERED = frames_in(20.0)
"""More than the ring is ahead, so that a change of plan need not decode a track again."""

_READ = frames_in(0.5)


class Stream(Protocol):
    """Decoded sound, read in order."""

    def read(self, length: Frames) -> NDArray[np.float32]:
        """Return the next frames, fewer at the end."""

    def close(self) -> None:
        """Close the file."""


Opener = Callable[[Path, Frames], Stream]
"""Opens a file at a frame of the session's rate."""


class Voice:
    """Random access to a track's frames, cheap near where it was last read.

    Parameters
    ----------
    path : Path
        The stored file.
    opener : Opener
        How to open it.
    """

    def __init__(self, path: Path, opener: Opener) -> None:
        self._path = path
        self._opener = opener
        self._samples = np.zeros((REMEMBERED, CHANNELS), np.float32)
        self._stream: Stream | None = None
        self._first = 0
        self._next = 0
        self.fault = ""
        self.until = Frames(0)

    def read(self, start: Frames, length: Frames) -> NDArray[np.float32]:
        """Return some frames of the track; silence beyond its end, or once it cannot be decoded.

        Returns
        -------
        NDArray[np.float32], shape (length, channels)
            A new array.
        """
        try:
            self._reach(start, start + length)
        except DecodeError as error:
            self.fault = str(error)
            self._forget(start + length)
        out = np.zeros((length, CHANNELS), np.float32)
        for at, size in _runs(max(start, self._first), min(start + length, self._next)):
            place = at % REMEMBERED
            out[at - start : at - start + size] = self._samples[place : place + size]
        return out

    def close(self) -> None:
        """Close the file."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def _reach(self, start: int, end: int) -> None:
        """Decode until all frames of a stretch are remembered, or the track has ended."""
        oldest = max(self._first, self._next - REMEMBERED)
        if self._stream is None or start < oldest or start > self._next + 2 * REMEMBERED:
            self.close()
            self._first = self._next = start
            self._stream = self._opener(self._path, Frames(start))
        while self._next < end:
            block = self._stream.read(_READ)
            if not len(block):  # beyond the end of the track there is silence
                block = np.zeros((end - self._next, CHANNELS), np.float32)
            for at, size in _runs(self._next, self._next + len(block)):
                place, taken = at % REMEMBERED, at - self._next
                self._samples[place : place + size] = block[taken : taken + size]
            self._next += len(block)

    def _forget(self, at: int) -> None:
        self.close()
        self._first = self._next = at


def _runs(start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield (first frame, length) of the stretches that lie unbroken in what is remembered."""
    while start < end:
        size = min(end - start, REMEMBERED - start % REMEMBERED)
        yield start, size
        start += size
