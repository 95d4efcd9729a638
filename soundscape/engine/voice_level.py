"""Brings a voice to its level, and holds its peaks under a limit."""

import numpy as np
from numpy.typing import NDArray

from soundscape.units import Decibels, Frames, amplitude, frames_in

BLOCK = frames_in(0.005)
_RECOVERY = 0.05
"""What of a reduction is given back in each block: most of it in a fifth of a second."""


class VoiceLevel:
    """A fixed gain and a limiter that looks one block ahead.

    The gain does not follow the voice: nothing pumps, and a pause stays as quiet as the room.

    Parameters
    ----------
    gain_db : Decibels
        From the microphone's level to the one that is heard.
    peak_dbfs : Decibels
        No sample leaves above it.
    """

    def __init__(self, gain_db: Decibels, peak_dbfs: Decibels) -> None:
        self._gain = amplitude(gain_db)
        self._limit = amplitude(peak_dbfs)
        self._waiting = np.zeros(0, np.float32)
        self._share = 1.0
        self._most = 1.0

    def leveled(self, block: NDArray[np.float32]) -> NDArray[np.float32]:
        """Take a block and return the one before it at its level; none at first.

        Parameters
        ----------
        block : NDArray[np.float32], shape (frames,)
            From the microphone.

        Returns
        -------
        NDArray[np.float32], shape (frames,)
            What is not a number is silence.
        """
        arrived = np.nan_to_num(block * self._gain, posinf=0.0, neginf=0.0)
        peak = float(np.abs(arrived).max(initial=0.0))
        most = 1.0 if peak <= self._limit else self._limit / peak
        recovered = self._share + (1.0 - self._share) * _RECOVERY
        share = min(self._most, most, recovered)  # both blocks that meet here stay below
        length = Frames(len(self._waiting))
        leaving = self._waiting * np.linspace(self._share, share, length, endpoint=False)
        self._waiting, self._most, self._share = arrived, most, share
        return leaving.astype(np.float32)
