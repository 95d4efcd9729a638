"""A link to lamps that are not there: it asserts the protocol and remembers what it was sent."""

import numpy as np
from numpy.typing import NDArray

from soundscape.errors import LightsLostError

TRUSTED_AFTER_S = 2.0


class FakeLink:
    """Takes levels while it is not broken.

    Parameters
    ----------
    lead_s : float
        As a link has it.
    """

    def __init__(self, lead_s: float = 0.0) -> None:
        self.lead_s = lead_s
        self.trusted_after_s = TRUSTED_AFTER_S
        self.sent: list[tuple[float, NDArray[np.float64]]] = []
        self.broken = False
        self.closed = False

    def send(self, levels: NDArray[np.float64], now_s: float) -> None:
        """Remember levels, shape (channels,)."""
        assert not self.closed
        assert np.all((levels >= 0.0) & (levels <= 1.0))
        assert not self.sent or now_s >= self.sent[-1][0]
        if self.broken:
            raise LightsLostError("It is broken.")
        self.sent.append((now_s, levels.copy()))

    def close(self) -> None:
        """Close."""
        self.closed = True

    def curve(self) -> NDArray[np.float64]:
        """Return what was sent of the first channel, shape (times, 2): second and level."""
        return np.array([(now_s, float(levels[0])) for now_s, levels in self.sent])
