"""The host's hand on the holder: starts it, feeds its ring, and replaces it when it dies."""

import contextlib
import os
import signal
import sys
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from subprocess import TimeoutExpired
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from soundscape.clock import Clock
from soundscape.engine.automation import Ramp, ramp_in, return_ramps, with_ramp
from soundscape.engine.pin import PIN_FILE
from soundscape.engine.ring import AFTER_LONG_BREAK, CAPACITY, NO_END, Field, Ring
from soundscape.engine.ring_file import (
    BED_FILE,
    RING_FILE,
    create_ring,
    open_ring,
    ring_folder,
)
from soundscape.errors import DeviceLostError, EngineError, SessionError
from soundscape.session.files import Terms
from soundscape.session.remains import forget
from soundscape.session.spare import Spare
from soundscape.units import CHANNELS, SESSION_RATE_HZ, Frames, frames_in
from soundscape.wire import Caller, address_of

if TYPE_CHECKING:
    import subprocess

SAFE_AHEAD = frames_in(0.3)
"""What lies nearer to the position than this may already be on its way to the card."""

BLEND = frames_in(0.1)
STALLED_S = 1.0
START_S = 10.0
LEAVE_S = 3.0
LOOK_S = 0.02


@dataclass(frozen=True, slots=True)
class Outage:
    """A stretch in which nothing was heard that should have been.

    Attributes
    ----------
    frame : Frames
        The session's frame at its beginning.
    since_s : float
        When it began, on the host's clock.
    silent_s : float
        How long it lasted, in seconds of real time.
    """

    frame: Frames
    since_s: float
    silent_s: float


class Player:
    """Owns the ring and, through it, what is heard.

    Parameters
    ----------
    runtime : Path
        The chair's private folder.
    terms : Terms
        Which device, how fast.
    clock : Clock
        For the holder's heartbeat.
    spare : Spare
        The process at the sound card that waits to begin; nothing, or the next one, is loaded.
    """

    def __init__(self, runtime: Path, terms: Terms, clock: Clock, spare: Spare) -> None:
        self._runtime = runtime
        self._terms = terms
        self._clock = clock
        self._caller = Caller(address_of(runtime, "holder"))
        self._teller = Caller(address_of(runtime, "holder"), timeout_s=STALLED_S)
        self._process: subprocess.Popen[bytes] | None = None
        self._spare = spare
        self._blocks = -1
        self._beat_at: float = clock.now()
        self._outage: Outage | None = None
        self._reopened: tuple[Ramp, ...] = ()
        self.ramps: tuple[Ramp, ...] = ()
        self.return_ramps: tuple[Ramp, ...] = ()
        self.ring: Ring

    def adopt(self, session: str, recorded: tuple[Ramp, ...]) -> bool:
        """Attach to a session's ring; return whether there still is one.

        The level is what its holder says; a holder that is gone too is replaced by
        ``reopen``, with the level that was recorded.
        """
        file = self._shared_file(session)
        if (self._runtime / RING_FILE).resolve() != file or not file.exists():
            return False
        self.ring = open_ring(file)
        try:
            held = self._caller.ask({"do": "state"})["ramps"]
        except SessionError:
            self.ramps = recorded
        else:
            self.ramps = tuple(ramp_in(each) for each in held)
        return True

    def prepare(self, session: str) -> None:
        """Make a new ring; the session names its shared memory."""
        link = self._runtime / RING_FILE
        file = self._shared_file(session)
        self._clear_away(link.resolve())
        link.unlink(missing_ok=True)
        link.symlink_to(file)
        self.ring = create_ring(file)
        for name in (BED_FILE, PIN_FILE):
            (self._runtime / name).unlink(missing_ok=True)

    def take_bed(self) -> None:
        """Let the holder take the bed that was laid; one that cannot does so when it begins."""
        with contextlib.suppress(SessionError):
            self._teller.ask({"do": "bed"})

    def start_at(self, at: Frames, ramps: tuple[Ramp, ...], written: Frames) -> None:
        """Let a new ring begin at a frame, fading in, with the level that ramps had led to.

        Parameters
        ----------
        at : Frames
            The first frame that will be heard.
        ramps : tuple[Ramp, ...]
            Every change of level before it.
        written : Frames
            Where rendering begins, at or before it.
        """
        self.ring.set(Field.POSITION, at)
        self.ring.set(Field.WRITTEN, written)
        for ramp in (*ramps, *return_ramps(at)):
            self.ramps = with_ramp(self.ramps, ramp)

    def _clear_away(self, old: Path) -> None:
        """End a holder that was left by a session whose host is gone: two must never sound."""
        with contextlib.suppress(EngineError):
            self.ring = open_ring(old)
            with contextlib.suppress(SessionError):
                self._caller.ask({"do": "quit"})
            self._end_holder()
            old.unlink()

    def begin_holder(self) -> None:
        """Start the process at the sound card, which makes itself ready meanwhile."""
        self._process = self._spare.take()

    def start_holder(self) -> None:
        """Let the process at the sound card, which is started if need be, open the device.

        A process that does not answer, or a device that cannot be opened, is ``DeviceLostError``.
        """
        self._await_process(self._process or self._spare.take())
        self._open(self.ramps)

    def _start_process(self) -> None:
        self._await_process(self._spare.take())

    def _await_process(self, process: "subprocess.Popen[bytes]") -> None:
        """Return once the process at the sound card answers.

        Raises
        ------
        DeviceLostError
            If it does not.
        """
        self._process = process
        begun = self._clock.now()
        while process.poll() is None and self._clock.now() - begun < START_S:
            if self._answers():
                return
            self._clock.sleep(LOOK_S)
        raise DeviceLostError("The process at the sound card does not start; start again.")

    def _answers(self) -> bool:
        try:
            return bool(self._caller.ask({"do": "state"}).get("ok"))
        except SessionError:
            return False

    @property
    def ring_file(self) -> Path:
        """The session's ring."""
        return (self._runtime / RING_FILE).resolve()

    def position(self) -> Frames:
        """Return the next frame that the card will be given."""
        return Frames(self.ring.get(Field.POSITION))

    def heard(self) -> Frames:
        """Return the frame that is being heard."""
        late = self.ring.get(Field.LATENCY) if self.ring.get(Field.PLAYING) else 0
        return Frames(max(0, self.position() - late))

    def add_ramp(self, ramp: Ramp) -> Ramp:
        """Change the master level; return the ramp as it begins, later if its frame has passed.

        A holder that does not answer is looked after; its successor is told every ramp.
        """
        if self._outage is None:
            try:
                start = self._teller.ask({"do": "ramp", "ramp": asdict(ramp)})["start"]
                ramp = replace(ramp, start=Frames(int(start)))
            except SessionError:
                self._beat_at = self._clock.now() - STALLED_S
        self.ramps = with_ramp(self.ramps, ramp)
        return ramp

    def set_end(self, end: Frames | None) -> None:
        """Say where the session's sound ends."""
        self.ring.set(Field.END, NO_END if end is None else end)

    def play(self) -> None:
        """Let the sound begin."""
        self.ring.set(Field.PLAYING, 1)

    def append(self, start: Frames, block: NDArray[np.float32]) -> None:
        """Write a chunk behind what is written.

        Parameters
        ----------
        start : Frames
            Its first frame.
        block : NDArray[np.float32], shape (frames, channels)
            Rendered samples.
        """
        self.ring.write(start, block)
        self.ring.set(Field.WRITTEN, start + len(block))

    def rewrite(self, start: Frames, block: NDArray[np.float32]) -> bool:
        """Replace what is written from a frame on; return whether it had to be blended in.

        Where the new sound differs already at the first frame that can still be changed, it is
        blended in over a tenth of a second.

        Parameters
        ----------
        start : Frames
            The block's first frame.
        block : NDArray[np.float32], shape (frames, channels)
            Rendered samples, at least up to where the ring is written.
        """
        first = max(start, self.position() + SAFE_AHEAD)
        fresh = block[first - start :]
        stale = np.empty((min(BLEND, len(fresh)), block.shape[1]), np.float32)
        self.ring.read_into(Frames(first), stale)
        is_late = first > start and not np.array_equal(stale, fresh[: len(stale)])
        if is_late:
            share = np.linspace(0.0, 1.0, len(stale), dtype=np.float32)[:, None]
            fresh = fresh.copy()
            fresh[: len(stale)] = stale * (1.0 - share) + fresh[: len(stale)] * share
        self.ring.write(Frames(first), fresh)
        self.ring.set(Field.WRITTEN, start + len(block))
        return is_late

    def skip(self, start: Frames) -> None:
        """Leave silence up to a frame, where the ring has fallen behind what is heard."""
        written = self.ring.get(Field.WRITTEN)
        gap = min(start - written, int(CAPACITY))
        self.ring.write(Frames(start - gap), np.zeros((gap, CHANNELS), np.float32))
        self.ring.set(Field.WRITTEN, start)

    @property
    def lost_since_s(self) -> float | None:
        """When an outage began, on the host's clock; None while all is well."""
        return None if self._outage is None else self._outage.since_s

    def is_sounding(self) -> bool:
        """Return whether the card takes blocks; once it does not, ``reopen`` is to be called.

        The heartbeat is the count of blocks given to the card, never a timer. A holder that
        died or stands still is ended; one that has cut its own sound stays, to open anew.
        """
        if self._outage is not None:
            return False
        blocks, now = self.ring.get(Field.BLOCKS), self._clock.now()
        is_dead = self._process is not None and self._process.poll() is not None
        cut = self.ring.get(Field.CUT)
        if not is_dead and not cut:
            if blocks != self._blocks:
                self._blocks, self._beat_at = blocks, now
            if now - self._beat_at < STALLED_S:
                self._spare.keep()
                return True
        since_s = self._beat_at
        if cut == AFTER_LONG_BREAK:  # which another host may have slept through
            since_s = min(since_s, now - self.ring.get(Field.BREAK_MS) / 1000.0)
        self._outage = Outage(self.position(), since_s, 0.0)
        if not cut:
            self._end_holder()
        return False

    def pass_time(self) -> None:
        """Let the position go on during an outage: the session's time passes unheard."""
        if self._outage is not None:
            passed_s = (self._clock.now() - self._outage.since_s) * self._terms.scale
            here = self._outage.frame + round(passed_s * SESSION_RATE_HZ)
            self.ring.set(Field.POSITION, max(here, self.position()))

    def reopen(self) -> None:
        """Open the sound card again: it comes back by a fade. A hung server lets this wait.

        Time must not be let pass meanwhile, and it is over only with ``end_outage``. While the
        card cannot be opened this is refused with ``DeviceLostError``; try again later.
        """
        back = return_ramps(self.position())
        ramps = self.ramps
        for ramp in back:
            ramps = with_ramp(ramps, ramp)
        if not self._is_there():
            self._end_holder()
            self._start_process()
        self._open(ramps)
        self._reopened, self.return_ramps = ramps, back

    def end_outage(self) -> Outage:
        """Take up what was opened again; return what was not heard."""
        assert self._outage is not None, "only what was lost can be back"  # noqa: S101
        self._blocks, self._beat_at = self.ring.get(Field.BLOCKS), self._clock.now()
        outage = replace(self._outage, silent_s=self._beat_at - self._outage.since_s)
        told = [ramp for ramp in self.ramps if ramp not in self._reopened]
        self._outage, self.ramps = None, self._reopened
        for ramp in told:  # while it was being opened
            self.add_ramp(ramp)
        return outage

    def is_device_back(self) -> bool:
        """Return whether the sound card could be opened again, without doing so."""
        if not self._is_there():
            self._end_holder()
            self._start_process()
        try:
            return bool(self._caller.ask({"do": "look"}).get("back"))
        except SessionError:
            return False

    def _is_there(self) -> bool:
        is_dead = self._process is not None and self._process.poll() is not None
        return not is_dead and self._answers()

    def _open(self, ramps: tuple[Ramp, ...]) -> None:
        question = {"do": "open", "ramps": [asdict(ramp) for ramp in ramps]}
        try:
            answer = self._caller.ask(question)
        except SessionError as error:
            self._end_holder()  # it hangs in the sound server, and may for ever
            raise DeviceLostError("The sound server does not answer; wait a moment.") from error
        if not answer.get("ok"):
            raise DeviceLostError(str(answer.get("why")))

    def end(self) -> None:
        """Let the holder go and remove what it shared."""
        self._spare.close()
        try:
            self._teller.ask({"do": "quit"})
            if self._process is not None:
                self._process.wait(LEAVE_S)
        except (SessionError, TimeoutExpired):
            self._end_holder()
        forget(self._runtime)

    def _shared_file(self, session: str) -> Path:
        return (ring_folder() / f"{self._runtime.name}-{session}").resolve()

    def _end_holder(self) -> None:
        self._caller.close()
        self._teller.close()
        pid = self.ring.get(Field.HOLDER_PID)
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        elif pid:
            try:
                os.kill(pid, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
            except OSError:
                return  # it is gone already
