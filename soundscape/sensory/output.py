"""What shows light: a link to some lamps, which nothing reaches but through its guard."""

from collections.abc import Sequence
from enum import StrEnum
from itertools import chain
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from soundscape.errors import LightsLostError
from soundscape.sensory.fixtures import Fixture
from soundscape.sensory.guard import SlewGuard
from soundscape.sensory.mixing import Light, channels_of

ASKED_EVERY_S = 0.25
"""So often a lost link is tried."""


class Link(Protocol):
    """A way to some lamps."""

    lead_s: float
    """The lamps reach what they are sent only so much later; they are told so much sooner."""

    trusted_after_s: float
    """A link that failed is well again when it has not failed for so long."""

    def send(self, levels: NDArray[np.float64], now_s: float) -> None:
        """Show levels, as soon as the lamps take them; ``LightsLostError`` if they cannot.

        Parameters
        ----------
        levels : NDArray[np.float64], shape (channels,)
            Of all fixtures in their order, 0-1.
        now_s : float
            On a clock that never goes back.
        """

    def close(self) -> None:
        """Let go; the lamps keep what they show."""


class LinkState(StrEnum):
    """Whether the lamps can be reached."""

    OK = "ok"
    LOST = "lost"


class Output:
    """Some lamps behind a guard.

    While the link is lost the guarded levels stand still, as the lamps do, so that they go on
    gently from there when it is back.

    Parameters
    ----------
    name : str
        What staff are told of it.
    fixtures : Sequence[Fixture]
        Its lamps.
    link : Link
        The way to them; nobody else may use it.
    longest_step_s : float
        As the guard takes it.
    """

    def __init__(
        self, name: str, fixtures: Sequence[Fixture], link: Link, *, longest_step_s: float
    ) -> None:
        self.name = name
        self.fixtures = tuple(fixtures)
        self.state = LinkState.OK
        self.lead_s = link.lead_s
        self._link = link
        self._guard = SlewGuard(longest_step_s)
        self._levels: NDArray[np.float64] | None = None
        self._failed_s = 0.0
        self._tried_s = 0.0

    def show(self, lights: Sequence[Light], now_s: float) -> bool:
        """Bring the lamps nearer to what is wanted; return whether they are there.

        Parameters
        ----------
        lights : Sequence[Light]
            One for each fixture, in their order.
        now_s : float
            On a clock that never goes back.
        """
        mixed = map(channels_of, self.fixtures, lights)
        wanted = np.fromiter(chain.from_iterable(mixed), np.float64)
        if self.state is LinkState.LOST:
            self._try_again(wanted, now_s)
            return False
        levels = self._guard.toward(wanted, now_s)
        if self._sent(levels, now_s):
            self._levels = levels
        return bool(np.array_equal(levels, wanted))

    def close(self) -> None:
        """Let the lamps be, as they are."""
        self._link.close()

    def _try_again(self, wanted: NDArray[np.float64], now_s: float) -> None:
        """Send what the lamps had, until that has not failed for a while."""
        if now_s - self._tried_s < ASKED_EVERY_S:
            return
        levels = wanted if self._levels is None else self._levels
        if self._sent(levels, now_s):
            self._levels = levels
            if now_s - self._failed_s >= self._link.trusted_after_s:
                self.state = LinkState.OK

    def _sent(self, levels: NDArray[np.float64], now_s: float) -> bool:
        self._tried_s = now_s
        try:
            self._link.send(levels, now_s)
        except LightsLostError:
            self.state, self._failed_s = LinkState.LOST, now_s
            return False
        self._guard.shown(levels, now_s)
        return True
