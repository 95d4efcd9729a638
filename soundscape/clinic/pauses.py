"""How long somebody has to wait after wrong PINs.

A pause is counted by the machine's monotonic clock from the wrong PIN on, so that setting the
wall clock does nothing. That clock begins anew with the machine, and then the pause does too.
"""

from dataclasses import dataclass

from soundscape.units import Seconds

FREE_TRIES = 5
FIRST_PAUSE_S = Seconds(30.0)
LONGEST_PAUSE_S = Seconds(900.0)
DISABLED_AT = 100
_DOUBLINGS = 5


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment of the machine that no wall clock changes.

    Attributes
    ----------
    boot : str
        Which start of the machine.
    at_s : Seconds
        The monotonic clock.
    """

    boot: str
    at_s: Seconds


@dataclass(frozen=True, slots=True)
class Tries:
    """Wrong PINs in a row at one door.

    Attributes
    ----------
    wrong : int
        How many.
    last : Moment
        When the pause that follows the last of them began.
    """

    wrong: int
    last: Moment

    @property
    def is_disabled(self) -> bool:
        """Whether no PIN is taken any more until an administrator has reset it."""
        return self.wrong >= DISABLED_AT


def pause_after(wrong: int) -> Seconds:
    """Return how long to wait after so many wrong PINs in a row."""
    if wrong < FREE_TRIES:
        return Seconds(0.0)
    doublings = min(wrong - FREE_TRIES, _DOUBLINGS)
    return Seconds(min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2**doublings))


def begun_anew(tries: Tries, now: Moment) -> bool:
    """Return whether the machine has started again since, so that the pause has to as well."""
    return tries.last.boot != now.boot or now.at_s < tries.last.at_s


def wait_left(tries: Tries, now: Moment) -> Seconds:
    """Return how long is still to be waited at a door."""
    since = now if begun_anew(tries, now) else tries.last
    return Seconds(max(0.0, since.at_s + pause_after(tries.wrong) - now.at_s))
