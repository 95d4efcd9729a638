"""Finished samples in shared memory, addressed by absolute frame.

The host writes ahead, the holder reads. Either may die: the file stays until the session ends,
so that the other goes on and a successor finds everything in place. A frame is always at the
same place, so writing it again replaces it.
"""

from enum import IntEnum
from mmap import mmap

import numpy as np
from numpy.typing import NDArray

from soundscape.units import CHANNELS, Frames

CAPACITY = Frames(1 << 20)
"""21.8 s at 48 kHz."""

SPEECH_CAPACITY = Frames(1 << 15)
"""0.7 s of one channel."""

_HEADER_BYTES = 4096
_SPEECH_BYTES = _HEADER_BYTES + CAPACITY * 4 * CHANNELS
SIZE_BYTES = _SPEECH_BYTES + SPEECH_CAPACITY * 4
NO_END = -1
AFTER_LONG_BREAK = 2
"""The value of ``CUT`` when the machine has slept, or all stood still: staff should be asked."""


class Field(IntEnum):
    """Numbers that the processes share; each has one writer, named in its comment."""

    MAGIC = 0
    WRITTEN = 1  # host: the ring holds sound up to this frame
    END = 2  # host: the session's sound ends at this frame; NO_END while not known
    PLAYING = 3  # host: 1 once the holder may leave the start
    POSITION = 4  # holder: the next frame that the card will be given
    BLOCKS = 5  # holder: blocks given to the card, its heartbeat
    BED_FRAMES = 6  # holder: frames in which the safe bed was heard
    DRY_FRAMES = 7  # holder: frames for which there was neither ring nor bed
    UNDERRUNS = 8  # holder: blocks that the card reported as late
    GUARDED = 9  # holder: samples that the guard had to change
    PEAK = 10  # holder: highest sample of the last second, in millionths of full scale
    LATENCY = 11  # holder: frames between giving and hearing
    HOLDER_PID = 12  # holder
    ON_BED = 13  # holder: 1 while the bed is heard
    CUT = 14  # holder: not 0 once the sound was cut, as it would be heard elsewhere or nowhere
    BREAKS = 15  # holder: breaks that nobody planned, after which it came back by itself
    BREAK_FRAME = 16  # holder: the frame on which it came back last
    BREAK_MS = 17  # holder: how long nothing was heard then
    VOLUME_CHANGES = 18  # holder: how often the system's volume was put back
    REFUSED = 19  # holder: blocks of the ring that cannot have been meant
    HALTED = 20  # holder: 1 once it was told to stop past the host
    SPEECH_OPEN = 21  # microphone, while it runs; else the host: 1 while a microphone is open
    SPEECH_WRITTEN = 22  # microphone: frames of speech since it was opened


class Ring:
    """A view of the shared samples; as many as there are processes.

    Parameters
    ----------
    memory : mmap
        ``SIZE_BYTES`` of shared memory, from ``ring_file``.
    """

    def __init__(self, memory: mmap) -> None:
        self._fields = np.frombuffer(memory, np.int64, _HEADER_BYTES // 8)
        self._samples = np.frombuffer(
            memory, np.float32, CAPACITY * CHANNELS, _HEADER_BYTES
        ).reshape(CAPACITY, CHANNELS)
        self._speech = np.frombuffer(memory, np.float32, SPEECH_CAPACITY, _SPEECH_BYTES)

    def get(self, field: Field) -> int:
        """Return one of the shared numbers."""
        return int(self._fields[field])

    def set(self, field: Field, value: int) -> None:
        """Set one of the shared numbers; only its writer may."""
        self._fields[field] = value

    def write(self, start: Frames, block: NDArray[np.float32]) -> None:
        """Put a block at its frames.

        Parameters
        ----------
        start : Frames
            Its first frame.
        block : NDArray[np.float32], shape (frames, channels)
            At most ``CAPACITY`` frames.
        """
        _put(self._samples, start, block)

    def read_into(self, start: Frames, block: NDArray[np.float32]) -> None:
        """Copy the samples of some frames into a block.

        Parameters
        ----------
        start : Frames
            The first frame.
        block : NDArray[np.float32], shape (frames, channels)
            Filled whole.
        """
        _get(self._samples, start, block)

    def write_speech(self, start: Frames, block: NDArray[np.float32]) -> None:
        """Put words, shape (frames,), behind those before them."""
        _put(self._speech, start, block)
        self.set(Field.SPEECH_WRITTEN, start + len(block))

    def read_speech_into(self, start: Frames, block: NDArray[np.float32]) -> None:
        """Copy words into a block, shape (frames,)."""
        _get(self._speech, start, block)

    def forget_speech(self) -> None:
        """Close the way of the words, and leave none of them in memory."""
        self.set(Field.SPEECH_OPEN, 0)
        self._speech[:] = 0.0


def _put(samples: NDArray[np.float32], start: Frames, block: NDArray[np.float32]) -> None:
    place = start % len(samples)
    first = min(len(block), len(samples) - place)
    samples[place : place + first] = block[:first]
    samples[: len(block) - first] = block[first:]


def _get(samples: NDArray[np.float32], start: Frames, block: NDArray[np.float32]) -> None:
    place = start % len(samples)
    first = min(len(block), len(samples) - place)
    block[:first] = samples[place : place + first]
    block[first:] = samples[: len(block) - first]
