"""What staff say, on its way from the microphone into the headphones. Runs in the audio callback.

The words are heard as far as the music is lowered for them: not before its fade has begun, and no
longer than that holds. So no word can add to music at its full level, and none begins by a step.
"""

import numpy as np
from numpy.typing import NDArray

from soundscape.dsp.fades import raised_cosine
from soundscape.engine.automation import DUCKED, Lane, Ramp, lane_amplitude
from soundscape.engine.ring import Field, Ring
from soundscape.units import Frames, frames_in

CUSHION = frames_in(0.005)
"""So much is kept waiting at first, and so much more each time that it was not enough."""

MOST_CUSHION = frames_in(0.06)
TOO_LATE = frames_in(0.05)
"""Words that wait so much longer than they must are passed over, to be near again."""

EDGE = frames_in(0.005)
"""The fade at both ends of a stretch of words."""


class Speech:
    """Reads the words that a microphone's process writes, a little behind it.

    Parameters
    ----------
    ring : Ring
        Where they are written.
    """

    def __init__(self, ring: Ring) -> None:
        self._ring = ring
        self._at = Frames(0)
        self._flows = False
        self._cushion = CUSHION

    def add_to(self, out: NDArray[np.float32], position: Frames, ramps: tuple[Ramp, ...]) -> None:
        """Add the next words to a block; nothing while no microphone is open.

        Parameters
        ----------
        out : NDArray[np.float32], shape (frames, channels)
            What is heard besides.
        position : Frames
            Its first frame.
        ramps : tuple[Ramp, ...]
            The changes of level, of which those for talk open the way.
        """
        if not self._ring.get(Field.SPEECH_OPEN):
            self._at, self._flows, self._cushion = Frames(0), False, CUSHION
            return
        frames = np.arange(position, position + len(out))
        lowered = 1.0 - lane_amplitude(ramps, Lane.TALK, frames)
        words = self._next(Frames(len(out))) * (lowered / (1.0 - DUCKED))
        out += words[:, None].astype(np.float32)

    def _next(self, length: Frames) -> NDArray[np.float32]:
        """Return as many frames of words, shape (length,); silence where they do not come."""
        words = np.zeros(length, np.float32)
        written = self._ring.get(Field.SPEECH_WRITTEN)
        wanted = length + self._cushion
        if written - self._at > wanted + TOO_LATE:
            self._flows = False
        begins = not self._flows
        if begins:
            if written - self._at < wanted:
                return words
            self._at, self._flows = Frames(written - wanted), True
        there = min(length, written - self._at)
        self._ring.read_speech_into(self._at, words[:there])
        self._at = Frames(self._at + there)
        edge = raised_cosine(np.arange(min(EDGE, there)) / EDGE).astype(np.float32)
        if begins:
            words[: len(edge)] *= edge
        if there < length:
            words[there - len(edge) : there] *= edge[::-1]
            self._flows = False
            self._cushion = Frames(min(self._cushion + CUSHION, MOST_CUSHION))
        return words
