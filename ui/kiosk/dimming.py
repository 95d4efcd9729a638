"""How bright the patient's screen is: words, glow and the display's own light only ever glide."""

from dataclasses import dataclass

import numpy as np

from soundscape.sensory.backlight import Backlight
from soundscape.sensory.guard import SlewGuard

LONGEST_STEP_S = 0.2
LEAST = 0.02
"""The display's light at its lowest: an answer to a touch can be seen there at once."""

ANSWER = 0.25
GLOW = 0.10
STAFF = 0.50
"""What the display's light is to be for an answer, for a glow, and when staff leave the page."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the screen is to show.

    Attributes
    ----------
    words : str
        A line, or none.
    strength : float
        Of the words, 0-1.
    glow : float
        Of the glow, 0-1; 0 where none was chosen.
    light : float
        Of the display, 0-1.
    """

    words: str
    strength: float
    glow: float
    light: float


class Dimming:
    """Goes gently to what is wished, from black: it may begin in the middle of a session.

    Parameters
    ----------
    backlight : Backlight | None
        The display's own light, where it may be changed.
    now_s : float
        On the clock that all is told by.
    """

    def __init__(self, backlight: Backlight | None, now_s: float) -> None:
        self._backlight = backlight
        self._guard = SlewGuard(LONGEST_STEP_S)
        self._words = ""
        self._levels = np.zeros(2)
        self._guard.shown(self._levels, now_s)
        self._light_guard = SlewGuard(LONGEST_STEP_S)
        self._own = max(STAFF, self._read(now_s))
        self._written = -1.0

    def toward(self, wish: Wish, now_s: float) -> Wish:
        """Return what is shown now; other words come when those before have faded away."""
        if self._words != wish.words and self._levels[0] <= 0.0:
            self._words = wish.words
        strength = wish.strength if self._words == wish.words else 0.0
        self._levels = self._guard.toward(np.array([strength, wish.glow]), now_s)
        self._guard.shown(self._levels, now_s)
        words, glow = map(float, self._levels)
        return Wish(self._words, words, glow, self._lit(wish.light, now_s))

    def is_restored(self, now_s: float) -> bool:
        """Bring the display's light back to where it was found; return whether it is there."""
        return self._backlight is None or self._lit(self._own, now_s) >= self._own

    def _lit(self, brightness: float, now_s: float) -> float:
        wanted = np.array([max(LEAST, brightness)])
        lit = self._light_guard.toward(wanted, now_s)
        self._light_guard.shown(lit, now_s)
        if self._backlight is not None and lit[0] != self._written:
            try:
                self._backlight.show(float(lit[0]))
            except OSError:
                self._backlight = None  # the display has gone, or the right to it
        self._written = float(lit[0])
        return self._written

    def _read(self, now_s: float) -> float:
        """Return how bright the display is, and let its guard begin there."""
        if self._backlight is None:
            return 0.0
        level = self._backlight.level()
        self._light_guard.shown(np.array([level]), now_s)
        return level
