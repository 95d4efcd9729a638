"""An output with no sound card, driven by a clock; ships, for rehearsals and machines without."""

import threading

import numpy as np

from soundscape.clock import Clock
from soundscape.engine.output_block import OutputBlock
from soundscape.engine.ring import NO_END, Field, Ring
from soundscape.units import CHANNELS, SESSION_RATE_HZ, Seconds

BLOCK_FRAMES = 1024


class NullOutput:
    """Takes blocks at the pace a card would, or faster.

    Parameters
    ----------
    block : OutputBlock
        What fills the blocks.
    ring : Ring
        Looked at when faster than real time: virtual time waits for the host.
    clock : Clock
        What paces it.
    scale : float
        How many seconds of session pass in one second.
    """

    def __init__(self, block: OutputBlock, ring: Ring, *, clock: Clock, scale: float) -> None:
        self._block = block
        self._ring = ring
        self._clock = clock
        self._scale = scale
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._pace, name="null output", daemon=True)

    def start(self) -> None:
        """Begin to take blocks."""
        self._thread.start()

    def close(self) -> None:
        """Take no more."""
        self._closing.set()
        self._thread.join()

    @property
    def is_alive(self) -> bool:
        """True while blocks are taken."""
        return self._thread.is_alive()

    def _pace(self) -> None:
        samples = np.zeros((BLOCK_FRAMES, CHANNELS), np.float32)
        begun: Seconds = self._clock.now()
        taken = 0
        while not self._closing.is_set():
            due = (self._clock.now() - begun) * self._scale * SESSION_RATE_HZ
            while taken < due and not self._closing.is_set():
                if self._must_wait():
                    begun = self._clock.now()
                    taken = 0
                    break
                self._block.fill(samples)
                taken += BLOCK_FRAMES
            self._closing.wait(BLOCK_FRAMES / SESSION_RATE_HZ / max(self._scale, 1.0))

    def _must_wait(self) -> bool:
        """Return whether to wait for the host: never in real time, where a card would not."""
        if self._scale <= 1.0 or not self._ring.get(Field.PLAYING):
            return False
        end, written = self._ring.get(Field.END), self._ring.get(Field.WRITTEN)
        if end != NO_END and written >= end:
            return False
        return written - self._ring.get(Field.POSITION) < 5 * SESSION_RATE_HZ
