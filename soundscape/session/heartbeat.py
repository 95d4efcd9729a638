"""What a host's keeper hears of it, each second: that nothing hangs."""

import os
import sys

from soundscape.clock import Clock

BEAT_S = 1.0


class Heartbeat:
    """Writes a byte each second to whoever started this process.

    Parameters
    ----------
    clock : Clock
        Says when a second has passed.

    Attributes
    ----------
    is_heard : bool
        False once nobody is there to hear it.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._beaten_at = -BEAT_S
        self.is_heard = True

    def beat(self) -> None:
        """Beat if it is time to."""
        if self._clock.now() - self._beaten_at < BEAT_S:
            return
        self._beaten_at = self._clock.now()
        try:
            os.write(sys.stdout.fileno(), b".")
        except OSError:
            self.is_heard = False
