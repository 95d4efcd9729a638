"""Which files can be trusted with a patient's ears; each refusal says why in one sentence."""

import numpy as np
from numpy.typing import NDArray

from soundscape.errors import RejectedFileError
from soundscape.units import SESSION_RATE_HZ, Seconds

SHORTEST_S, LONGEST_S = Seconds(20.0), Seconds(4 * 3600.0)
_TOO_LONG = "This file is longer than 4 hours; split it first."
_LOUDEST = 10.0 ** (6.0 / 20.0)
_QUIETEST = 10.0 ** (-60.0 / 20.0)
_BAD_PACKETS = 0.01
_DECODED = 0.98


class Admission:
    """What must hold of a file, checked while it is decoded."""

    def __init__(self) -> None:
        self._frames = 0
        self._peak = 0.0

    @property
    def duration_s(self) -> Seconds:
        """How much was heard so far."""
        return Seconds(self._frames / SESSION_RATE_HZ)

    def expect(self, declared_s: Seconds | None) -> None:
        """Hear how long the file claims to be, before decoding it.

        Raises
        ------
        RejectedFileError
            If that is too long; to find out by decoding would take too long as well.
        """
        if declared_s is not None and declared_s > LONGEST_S:
            raise RejectedFileError(_TOO_LONG)

    def take(self, block: NDArray[np.float32]) -> None:
        """Take the next block, of shape (frames, 2), at 48 kHz.

        Raises
        ------
        RejectedFileError
            If the file is broken, much too loud or too long.
        """
        self._frames += len(block)
        peak = float(np.abs(block).max(initial=0.0))
        self._peak = max(self._peak, peak)
        if not np.isfinite(peak):
            raise RejectedFileError("This file holds broken samples; convert it from its source.")
        if peak > _LOUDEST:
            raise RejectedFileError("This file's peaks are far beyond full scale; it is damaged.")
        if self.duration_s > LONGEST_S:
            raise RejectedFileError(_TOO_LONG)

    def judge(self, *, declared_s: Seconds | None, packets: int, bad_packets: int) -> None:
        """Judge the whole file, once all of it was taken.

        Parameters
        ----------
        declared_s : Seconds | None
            The length that the file claims, if it claims one.
        packets, bad_packets : int
            Packets of the file, and those of them that could not be decoded.

        Raises
        ------
        RejectedFileError
            If the file is damaged, too short or silent.
        """
        if bad_packets > packets * _BAD_PACKETS:
            raise RejectedFileError("This file is damaged: too much of it cannot be decoded.")
        if declared_s is not None and self.duration_s < declared_s * _DECODED:
            raise RejectedFileError("This file is damaged or cut off: a part of it is missing.")
        if self.duration_s < SHORTEST_S:
            raise RejectedFileError("This file is shorter than 20 seconds.")
        if self._peak < _QUIETEST:
            raise RejectedFileError("This file is silent.")
