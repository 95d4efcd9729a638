"""The process at the sound card: it gives finished samples to the headphones, and nothing else.

No decoding, no library, no window. It is started by the host and outlives it: while there is
no host it plays what the ring holds, then the safe bed. Run as
``python -m soundscape.engine.holder RUNTIME [--device NAME] [--scale X]``.
"""

import argparse
import os
import signal
import sys
import threading
from dataclasses import asdict, replace
from importlib import import_module
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from soundscape.clock import MachineClock
from soundscape.engine.automation import Lane, Ramp, ramp_in, with_ramp
from soundscape.engine.endpoints import NULL_DEVICE
from soundscape.engine.null_output import NullOutput
from soundscape.engine.outlet import Outlet, is_back, restore_default
from soundscape.engine.output_block import OutputBlock
from soundscape.engine.ring import Field
from soundscape.engine.ring_file import BED_FILE, RING_FILE, open_ring
from soundscape.engine.sound_server import pulsectl_module
from soundscape.errors import DeviceLostError
from soundscape.units import CHANNELS, Frames, frames_in
from soundscape.wire import Message, Server, address_of

LOOK_S = 0.25
HALT_FADE = frames_in(0.5)
LINGER_LOOKS = 40
"""How long it stays after the session's last frame when nobody tells it to go: 10 s."""


class Output(Protocol):
    """A card, or what stands for it."""

    @property
    def is_alive(self) -> bool:
        """True while blocks are taken."""

    def start(self) -> None:
        """Begin to take blocks."""

    def close(self) -> None:
        """Take no more."""


class Holder:
    """Owns the output and answers the host.

    Parameters
    ----------
    runtime : Path
        The chair's private folder, with the ring and the bed.
    device : str | None
        The sound device's name; ``null`` for none, None for the system's choice.
    scale : float
        Seconds of session in a second, without a sound card.
    """

    def __init__(self, runtime: Path, *, device: str | None, scale: float) -> None:
        self._runtime = runtime
        self._ring = open_ring((runtime / RING_FILE).resolve())
        self._block = OutputBlock(self._ring, _bed(runtime / BED_FILE))
        self._device = device
        self._scale = scale
        self._output: Output | None = None
        self._halted: Ramp | None = None
        self._lock = threading.Lock()
        self.leaving = threading.Event()
        self._ring.set(Field.HOLDER_PID, os.getpid())
        self._server = Server(address_of(runtime, "holder"), self._answer)

    def stay(self) -> None:
        """Return when told to leave, or some time after the session's end."""
        looks_after_end = 0
        while not self.leaving.wait(LOOK_S) and looks_after_end < LINGER_LOOKS:
            looks_after_end = looks_after_end + 1 if self._block.finished else 0
        if self._output is not None:
            self._output.close()
        if self._device != NULL_DEVICE:
            restore_default()
        self._server.close()

    def _answer(self, question: Message) -> Message:
        with self._lock:
            match question.get("do"):
                case "open":
                    told = tuple(map(ramp_in, question["ramps"]))
                    halted = self._halted
                    self._block.ramps = told if halted is None else with_ramp(told, halted)
                    return self._open()
                case "look":
                    return {"ok": True, "back": self._is_back()}
                case "ramp":
                    return self._ramp(question)
                case "halt":
                    return self._halt()
                case "bed":
                    self._block.bed = _bed(self._runtime / BED_FILE)
                case "quit":
                    self.leaving.set()
            return self._state()

    def _state(self) -> Message:
        return {"ok": True, "ramps": [asdict(ramp) for ramp in self._block.ramps]}

    def _open(self) -> Message:
        """Open the sound card; anew where it was open, but is heard no more."""
        if self._output is not None:
            if self._output.is_alive:
                return {"ok": True}
            self._output.close()
            self._output = None
        try:
            output = self._made_output()
            output.start()
            self._output = output
        except DeviceLostError as error:
            return {"ok": False, "why": str(error)}
        return {"ok": True}

    def _is_back(self) -> bool:
        return self._device == NULL_DEVICE or is_back(self._runtime, self._device)

    def _made_output(self) -> Output:
        if self._device == NULL_DEVICE:
            clock = MachineClock()
            return NullOutput(self._block, self._ring, clock=clock, scale=self._scale)
        return Outlet(self._block, self._ring, self._runtime, device=self._device)

    def _halt(self) -> Message:
        """Fade out now, at the word of somebody who does not wait for the host."""
        if self._halted is None:
            now = Frames(self._ring.get(Field.POSITION))
            self._halted = Ramp(Lane.STOP, now, HALT_FADE, 0.0)
            self._block.ramps = with_ramp(self._block.ramps, self._halted)
            self._ring.set(Field.HALTED, 1)
        return {"ok": True}

    def _ramp(self, question: Message) -> Message:
        """Take a change of level; one that comes too late begins at once.

        A stop that has begun goes on as it began: the host learns of it later, to record it.
        """
        ramp = ramp_in(question["ramp"])
        if ramp.lane is Lane.STOP and self._halted is not None:
            return {"ok": True, "start": self._halted.start}
        now = Frames(self._ring.get(Field.POSITION))
        ramp = replace(ramp, start=Frames(max(ramp.start, now)))
        self._block.ramps = with_ramp(self._block.ramps, ramp)
        return {"ok": True, "start": ramp.start}


def _bed(path: Path) -> NDArray[np.float32]:
    """Return the loop that the host left, shape (frames, channels); none if it left none."""
    try:
        samples = np.fromfile(path, np.float32)
    except OSError:
        samples = np.zeros(0, np.float32)
    return samples[: len(samples) // CHANNELS * CHANNELS].reshape(-1, CHANNELS)


def _told_to_begin(device: str | None) -> bool:
    """Load what takes time, and wait; return False if whoever would tell is gone."""
    if device != NULL_DEVICE:
        import_module("soundscape.engine.device")
        pulsectl_module()
    return bool(sys.stdin.readline())


def main() -> None:
    """Hold the sound card until the session has ended."""
    parser = argparse.ArgumentParser(prog="holder")
    parser.add_argument("runtime", type=Path)
    parser.add_argument("--device")
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--wait", action="store_true", help="begin only when told, by a line")
    options = parser.parse_args()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl+C at the command is the host's affair
    if options.wait and not _told_to_begin(options.device):
        return
    holder = Holder(options.runtime, device=options.device, scale=options.scale)
    signal.signal(signal.SIGTERM, lambda *_: holder.leaving.set())
    holder.stay()


if __name__ == "__main__":
    main()
