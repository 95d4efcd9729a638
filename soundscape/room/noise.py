"""Measures the room's noise, in a short process of its own. The only module that imports pyaudio.

What leaves this process is two numbers. The sound itself is in its memory for a second, and on no
disk: not even where it crashes. It ends when a session begins. Run as
``python -m soundscape.room.noise --seconds 10 [--microphone NAME] [--ends-with FILE]``; it prints
one object of JSON, with the numbers or with the error.
"""

import argparse
import json
import os
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from soundscape.errors import MicrophoneError
from soundscape.room.weighting import LevelMeter
from soundscape.units import SESSION_RATE_HZ, frames_in

if TYPE_CHECKING:
    import pyaudio

SERVER = "pulse"
"""What PortAudio calls PulseAudio and PipeWire, whichever source the environment names."""

_BLOCK_FRAMES = frames_in(0.1)
_SKIPPED_FRAMES = frames_in(0.3)  # many microphones begin with a thump


@dataclass(frozen=True, slots=True)
class Reading:
    """What was measured.

    Attributes
    ----------
    level_db : float
        Mean over the time, in dBFS(A).
    loudest_db : float
        Of the loudest second, in dBFS(A).
    """

    level_db: float
    loudest_db: float


def measured(microphone: str | None, *, seconds: float, ends_with: Path | None) -> Reading:
    """Return how loud it is at a microphone.

    Parameters
    ----------
    microphone : str | None
        The source's name; None for the system's choice.
    seconds : float
        How long to listen; at least 1.
    ends_with : Path | None
        The running session's ring: where it changes a session begins, and nothing is measured.

    Raises
    ------
    MicrophoneError
        If it cannot be heard, or a session begins.
    """
    before = _trace(ends_with)
    audio, stream = _opened(microphone)
    meter = LevelMeter()
    try:
        stream.read(_SKIPPED_FRAMES, exception_on_overflow=False)
        for _ in range(round(seconds * SESSION_RATE_HZ / _BLOCK_FRAMES)):
            if _trace(ends_with) != before:
                raise MicrophoneError("A session begins; the microphone is closed.")
            block = stream.read(_BLOCK_FRAMES, exception_on_overflow=False)
            meter.add(np.frombuffer(block, np.float32))
    except OSError as error:
        raise MicrophoneError("The microphone has gone; check the plug.") from error
    finally:
        stream.close()
        audio.terminate()
    return Reading(meter.level_db(), meter.loudest_db())


def _opened(microphone: str | None) -> "tuple[pyaudio.PyAudio, pyaudio.Stream]":
    """Return PortAudio and an open stream from a microphone.

    Raises
    ------
    MicrophoneError
        If there is none that can be heard.
    """
    try:
        import pyaudio  # noqa: PLC0415 -- where PortAudio is missing, a sentence says so
    except ImportError as error:
        raise MicrophoneError(
            "Microphones need PyAudio and PortAudio; install the project again."
        ) from error
    if microphone is not None:
        os.environ["PULSE_SOURCE"] = microphone  # PortAudio has one name for all of the server's
        os.environ["PULSE_PROP"] = "node.dont-reconnect=true"
    audio = pyaudio.PyAudio()
    try:
        stream = audio.open(
            SESSION_RATE_HZ,
            1,
            pyaudio.paFloat32,
            input=True,
            input_device_index=_number_of(audio, microphone),
            frames_per_buffer=_BLOCK_FRAMES,
        )
    except (OSError, MicrophoneError) as error:
        audio.terminate()
        named = f"the microphone '{microphone}'" if microphone else "any microphone"
        raise MicrophoneError(f"The system cannot open {named}; check the plug.") from error
    return audio, stream


def _number_of(audio: "pyaudio.PyAudio", microphone: str | None) -> int | None:
    """Return PortAudio's number for a microphone; None for its default.

    Raises
    ------
    MicrophoneError
        If there is none of that name.
    """
    inputs = {
        str(info["name"]): number
        for number in range(audio.get_device_count())
        if (info := audio.get_device_info_by_index(number))["maxInputChannels"]
    }
    if sys.platform == "linux" and SERVER in inputs:
        return inputs[SERVER]
    if microphone is not None and microphone not in inputs:
        raise MicrophoneError(f"There is no microphone '{microphone}'.")
    return None if microphone is None else inputs[microphone]


def _trace(path: Path | None) -> tuple[int, int] | None:
    """Return what changes when a file is made anew; None where there is none."""
    try:
        found = None if path is None else path.lstat()
    except OSError:
        return None
    return None if found is None else (found.st_ino, found.st_mtime_ns)


def _leave_no_dump() -> None:
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 -- there is no such module on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(prog="noise")
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--microphone")
    parser.add_argument("--ends-with", type=Path)
    options = parser.parse_args()
    _leave_no_dump()
    try:
        reading = measured(
            options.microphone, seconds=options.seconds, ends_with=options.ends_with
        )
        answer = asdict(reading)
    except MicrophoneError as error:
        answer = {"error": str(error)}
    sys.stdout.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    main()
