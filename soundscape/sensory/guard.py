"""What every light and screen passes last: it never jumps and never flashes, whatever is asked.

A level moves by at most ``SLEW_LIMIT_PER_S`` and turns round only after it has stood still for
a moment. So a change by a tenth takes a second, and nothing seen repeats at 3 to 30 Hz, where
flicker troubles people who are sensitive to it: the most that any request leaves there is an
effective value of ``FLICKER_FLOOR`` of full (a test tries to do worse).
"""

import numpy as np
from numpy.typing import NDArray

from soundscape.sensory.scene import SLEW_LIMIT_PER_S

REST_S = 0.25
"""A level stands still for so long before it turns round."""

FLICKER_FLOOR = 0.003
"""Effective value (root of the mean square) between 3 and 30 Hz, as a ratio of full level."""


class SlewGuard:
    """Holds some levels and lets them go only gently where they are asked to be.

    Parameters
    ----------
    longest_step_s : float
        However long nothing was shown, a step is no larger than this many seconds allow.
    """

    def __init__(self, longest_step_s: float) -> None:
        self._longest_step_s = longest_step_s
        self._levels: NDArray[np.float64] | None = None
        self._shown_s = 0.0
        self._way: NDArray[np.float64] = np.zeros(0)
        self._moved_s: NDArray[np.float64] = np.zeros(0)

    def toward(self, targets: NDArray[np.float64], now_s: float) -> NDArray[np.float64]:
        """Return the levels that may be shown now; they count once ``shown`` is told so.

        The first ones asked for are taken as they are: it is not known where the lamps were.

        Parameters
        ----------
        targets : NDArray[np.float64], shape (levels,)
            Where they are to be, 0-1; anything else is taken as the nearest of these.
        now_s : float
            On a clock that never goes back.

        Returns
        -------
        NDArray[np.float64], shape (levels,)
            Between what was shown and the targets.
        """
        wanted = np.clip(np.nan_to_num(targets), 0.0, 1.0)
        if self._levels is None:
            return wanted
        passed_s = min(max(0.0, now_s - self._shown_s), self._longest_step_s)
        step = SLEW_LIMIT_PER_S * passed_s
        change = np.clip(wanted - self._levels, -step, step)
        turns = np.sign(change) * self._way < 0.0
        change[turns & (now_s - self._moved_s < REST_S)] = 0.0
        return np.asarray(self._levels + change)

    def shown(self, levels: NDArray[np.float64], now_s: float) -> None:
        """Take note of what is shown now.

        Parameters
        ----------
        levels : NDArray[np.float64], shape (levels,)
            As ``toward`` returned them.
        now_s : float
            When.
        """
        if self._levels is None:
            self._way, self._moved_s = np.zeros(len(levels)), np.full(len(levels), now_s)
        else:
            way = np.sign(levels - self._levels)
            self._way = np.where(way == 0.0, self._way, way)
            self._moved_s = np.where(way == 0.0, self._moved_s, now_s)
        self._levels, self._shown_s = levels, now_s
