"""Fills the sound card's blocks. Runs in the audio callback: no file, lock, log or queue.

While the ring runs ahead, a block is the ring's samples times the master level, and what staff
say meanwhile, through the guard, and nothing else. When the ring runs low the block crossfades to
the safe bed, and back when there is enough again; where there is no bed, to silence.
"""

import numpy as np
from numpy.typing import NDArray

from soundscape.dsp.fades import equal_power
from soundscape.engine.automation import (
    RETURN_LENGTH,
    Lane,
    Ramp,
    amplitudes,
    return_ramps,
)
from soundscape.engine.guard import guard
from soundscape.engine.ring import AFTER_LONG_BREAK, NO_END, Field, Ring
from soundscape.engine.sentry import Sentry
from soundscape.engine.speech import Speech
from soundscape.units import Frames, frames_in

LOW = frames_in(4.0)
"""Below so much ahead the bed is faded in; it is there a second before the ring is dry."""

ENOUGH = frames_in(6.0)
BED_FADE = frames_in(3.0)
SHUNNED = RETURN_LENGTH
"""The ring must have been sound for so long before it is heard again; the bed has risen then."""

LONG_BREAK_S = 10.0
"""After a longer break staff say when the sound comes back."""

_PEAK_SCALE = 1_000_000


class OutputBlock:
    """The state of what is being heard.

    Parameters
    ----------
    ring : Ring
        What the host writes.
    bed : NDArray[np.float32], shape (frames, channels)
        A loop that is heard when nothing else can be; may have no frames, or come later.
    """

    def __init__(self, ring: Ring, bed: NDArray[np.float32]) -> None:
        self.ramps: tuple[Ramp, ...] = ()
        self._ring = ring
        self.bed = bed
        self._share = 1.0
        self._to_ring = True
        self._peak = 0.0
        self._break: tuple[Ramp, ...] = ()
        self._sentry = Sentry()
        self._speech = Speech(ring)
        self._shunned = 0

    @property
    def is_cut(self) -> bool:
        """True while nothing but silence is given."""
        return bool(self._ring.get(Field.CUT))

    def cut(self) -> None:
        """Give nothing but silence from now on, and stand still; from any thread."""
        if not self.is_cut:
            self._ring.set(Field.CUT, 1)

    def come_back(self, silent_s: float) -> None:
        """Fade in from here, after a break that nobody planned; in the callback.

        After a long one nothing comes back by itself: nobody knows who wears the headphones.

        Parameters
        ----------
        silent_s : float
            How long nothing was heard.
        """
        ring = self._ring
        if self.is_cut or not ring.get(Field.PLAYING):
            return
        ring.set(Field.BREAK_MS, round(silent_s * 1000.0))
        if silent_s > LONG_BREAK_S:
            ring.set(Field.CUT, AFTER_LONG_BREAK)
            return
        position = Frames(ring.get(Field.POSITION))
        self._rise(position, share=self._share)
        ring.set(Field.BREAK_FRAME, position)
        ring.set(Field.BREAKS, ring.get(Field.BREAKS) + 1)  # last: who sees it reads the others

    @property
    def finished(self) -> bool:
        """True once the session's last frame was given to the card."""
        end = self._ring.get(Field.END)
        return end != NO_END and self._ring.get(Field.POSITION) >= end

    def fill(self, out: NDArray[np.float32]) -> None:
        """Fill a block and move on by its length; silence before the start and after the end.

        Parameters
        ----------
        out : NDArray[np.float32], shape (frames, channels)
            Filled whole.
        """
        if self.is_cut:
            out[:] = 0.0  # and no heartbeat: the host starts another holder
            return
        ring = self._ring
        ring.set(Field.BLOCKS, ring.get(Field.BLOCKS) + 1)
        if not ring.get(Field.PLAYING):
            out[:] = 0.0
            return
        position = Frames(ring.get(Field.POSITION))
        self._mix(out, position)
        if self._break and position > self._break[0].start + RETURN_LENGTH:
            self._break = ()
        level = amplitudes((*self.ramps, *self._break), position, Frames(len(out)))
        if level is not None:
            np.multiply(out, level[:, None], out=out, casting="same_kind")
        self._speech.add_to(out, position, self.ramps)
        self._silence_after_end(out, position)
        ring.set(Field.GUARDED, ring.get(Field.GUARDED) + guard(out))
        self._meter(out)
        ring.set(Field.POSITION, position + len(out))

    def _mix(self, out: NDArray[np.float32], position: Frames) -> None:
        ahead = self._ahead(position)
        is_enough = ahead >= (LOW if self._to_ring else ENOUGH)
        self._to_ring = is_enough and not self._shunned
        if self._to_ring and self._share == 0.0 and not len(self.bed):
            self._rise(position, share=1.0)
        if self._to_ring and self._share == 1.0:
            self._take(position, out)
            return
        self._count(Frames(len(out)), ahead)
        shares = self._moved_share(Frames(len(out)))
        readable = max(0, min(len(out), ahead))
        out[readable:] = 0.0
        if readable:
            self._take(position, out[:readable])
        out *= equal_power(shares)[:, None].astype(np.float32)
        bed = self.bed  # which may be laid at this very moment
        if len(bed):
            places = (position + np.arange(len(out))) % len(bed)
            out += bed[places] * equal_power(1.0 - shares)[:, None].astype(np.float32)

    def _take(self, position: Frames, out: NDArray[np.float32]) -> None:
        """Read the ring, unless what it holds cannot have been meant.

        From such a block on the ring is silent, while the bed rises, until it has been sound for
        a while; then it comes back by the usual fade.
        """
        self._ring.read_into(position, out)
        if self._sentry.lets_pass(out):
            if self._shunned and self._share == 0.0:
                self._shunned = max(0, self._shunned - len(out))
            if self._shunned:
                out[:] = 0.0
            return
        out[:] = 0.0 if self._shunned else self._sentry.instead(Frames(len(out)))
        if self._share == 1.0:
            self._rise(Frames(position + len(out)), share=0.0)
        self._shunned = SHUNNED
        self._ring.set(Field.REFUSED, self._ring.get(Field.REFUSED) + 1)

    def _rise(self, position: Frames, *, share: float) -> None:
        """Let what follows a silence, the ring or the bed, rise from nothing as after a break."""
        self._share = share
        self._break = return_ramps(position, Lane.BREAK)

    def _ahead(self, position: Frames) -> int:
        """Return how many frames the ring holds; what lies after the end counts as held."""
        written, end = self._ring.get(Field.WRITTEN), self._ring.get(Field.END)
        if end != NO_END and written >= end:
            return max(written - position, int(ENOUGH))
        return written - position

    def _moved_share(self, length: Frames) -> NDArray[np.float64]:
        """Return the ring's share over a block, on its way to all or nothing."""
        step = (1.0 if self._to_ring else -1.0) / BED_FADE
        shares: NDArray[np.float64] = np.clip(
            self._share + step * np.arange(1, length + 1), 0.0, 1.0
        )
        self._share = float(shares[-1])
        self._ring.set(Field.ON_BED, int(self._share < 1.0))
        return shares

    def _count(self, length: Frames, ahead: int) -> None:
        field = Field.BED_FRAMES if len(self.bed) else Field.DRY_FRAMES
        if len(self.bed) or ahead < length or self._shunned:
            self._ring.set(field, self._ring.get(field) + length)

    def _silence_after_end(self, out: NDArray[np.float32], position: Frames) -> None:
        end = self._ring.get(Field.END)
        if end != NO_END and position + len(out) > end:
            out[max(0, end - position) :] = 0.0

    def _meter(self, out: NDArray[np.float32]) -> None:
        """Publish the highest sample, falling by about 20 dB/s."""
        peak = float(max(out.max(initial=0.0), -out.min(initial=0.0)))
        self._peak = max(peak, self._peak * 0.95)
        self._ring.set(Field.PEAK, int(self._peak * _PEAK_SCALE))
