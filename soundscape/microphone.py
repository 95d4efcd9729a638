"""Opens a microphone, for a process that lives for seconds. The only module that imports pyaudio.

PortAudio ends its process where the system has no devices: one more reason for a process of its
own. Sound from here is in that process' memory, and on no disk: not even where it crashes.
"""

import contextlib
import os
import sys
from typing import TYPE_CHECKING

from soundscape.errors import MicrophoneError
from soundscape.units import SESSION_RATE_HZ, Frames

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyaudio

SERVER = "pulse"
"""What PortAudio calls PulseAudio and PipeWire, whichever source the environment names."""


@contextlib.contextmanager
def opened(microphone: str | None, block: Frames) -> "Iterator[pyaudio.Stream]":
    """Yield an open stream of one channel, float32, at the session's rate.

    Parameters
    ----------
    microphone : str | None
        The source's name; None for the system's choice.
    block : Frames
        How much will be read at once.

    Raises
    ------
    MicrophoneError
        If there is none that can be heard, or it goes while it is open.
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
            frames_per_buffer=block,
        )
    except (OSError, MicrophoneError) as error:
        audio.terminate()
        named = f"the microphone '{microphone}'" if microphone else "any microphone"
        raise MicrophoneError(f"The system cannot open {named}; check the plug.") from error
    try:
        yield stream
    except OSError as error:
        raise MicrophoneError("The microphone has gone; check the plug.") from error
    finally:
        stream.close()
        audio.terminate()


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


def leave_no_dump() -> None:
    """See to it that a crash of this process writes nothing of its memory to the disk."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 -- there is no such module on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
