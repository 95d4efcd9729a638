"""The process of an open microphone: it lives while a button is held, and keeps nothing.

What is said goes through shared memory to the process at the sound card. None of it is written
to a file, and what was last said is overwritten when the microphone closes. Run as
``python -m soundscape.engine.talk RING --gain-db X --peak-dbfs X [--microphone NAME]``; it ends
when its input is closed, and prints one sentence if the microphone cannot be heard.
"""

import argparse
import os
import sys
import threading
from pathlib import Path

import numpy as np

from soundscape.engine.ring import Field, Ring
from soundscape.engine.ring_file import open_ring
from soundscape.engine.voice_level import BLOCK, VoiceLevel
from soundscape.errors import EngineError
from soundscape.microphone import leave_no_dump, opened
from soundscape.units import Frames, frames_in

LONGEST = frames_in(30.0)
"""Nobody speaks longer without letting go: a button that is stuck must not leave it open."""


def speak(
    ring: Ring, microphone: str | None, level: VoiceLevel, released: threading.Event
) -> None:
    """Bring what is said into the ring until the button is released.

    What cannot be heard is refused with ``MicrophoneError``.

    Parameters
    ----------
    ring : Ring
        The session's.
    microphone : str | None
        The source's name; None for the system's choice.
    level : VoiceLevel
        Brings it to its level.
    released : threading.Event
        Set when it must be closed.
    """
    written = Frames(0)
    ring.set(Field.SPEECH_WRITTEN, 0)
    try:
        with opened(microphone, BLOCK) as stream:
            ring.set(Field.SPEECH_OPEN, 1)
            while not released.is_set() and written < LONGEST:
                block = np.frombuffer(stream.read(BLOCK, exception_on_overflow=False), np.float32)
                words = level.leveled(block)
                ring.write_speech(written, words)
                written = Frames(written + len(words))
    finally:
        ring.forget_speech()


def _await_release(released: threading.Event) -> None:
    """Wait until whoever started this lets go, or is gone."""
    while os.read(sys.stdin.fileno(), 64):  # without the lock that Python's own reader holds
        continue
    released.set()


def main() -> None:
    """Open a microphone while the input is open."""
    parser = argparse.ArgumentParser(prog="talk")
    parser.add_argument("ring", type=Path)
    parser.add_argument("--microphone")
    parser.add_argument("--gain-db", type=float, required=True)
    parser.add_argument("--peak-dbfs", type=float, required=True)
    options = parser.parse_args()
    leave_no_dump()
    released = threading.Event()
    threading.Thread(target=_await_release, args=(released,), daemon=True).start()
    try:
        level = VoiceLevel(options.gain_db, options.peak_dbfs)
        speak(open_ring(options.ring), options.microphone, level, released)
    except EngineError as error:
        sys.stdout.write(f"{error}\n")
        sys.exit(1)


if __name__ == "__main__":
    main()
