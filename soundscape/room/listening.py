"""Asks a process of its own how loud the room is, and says it in words."""

import json
import subprocess
import sys
from pathlib import Path

from soundscape.errors import MicrophoneError
from soundscape.room.noise import Reading

QUIET_DB_A = 40.0
LOUD_DB_A = 50.0
"""Music at the ear is nominally at 62: what is this near to it is heard through it."""

NOISE_CANCELING = "If the headphones cancel noise, switch that on before they are put on."
NOT_CALIBRATED = (
    "This microphone is not calibrated: hold a sound level meter beside it, and type in what it "
    "reads."
)

_PATIENCE_S = 10.0


def heard(microphone: str | None, *, seconds: float, ends_with: Path | None) -> Reading:
    """Return how loud it is at a microphone, measured by another process.

    No sample of the sound comes into this process. Its caller sees to it that no session runs;
    where one begins meanwhile the microphone is closed at once.

    Parameters
    ----------
    microphone : str | None
        The source's name; None for the system's choice.
    seconds : float
        How long to listen; at least 1.
    ends_with : Path | None
        The session's ring, in the chair's private folder.

    Raises
    ------
    MicrophoneError
        If nothing could be measured; the message says why.
    """
    command = [sys.executable, "-m", "soundscape.room.noise", "--seconds", f"{seconds:g}"]
    command += ["--microphone", microphone] if microphone else []
    command += ["--ends-with", str(ends_with)] if ends_with else []
    try:
        done = subprocess.run(  # noqa: S603 -- our own module
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # the system's sound drivers write there
            timeout=seconds + _PATIENCE_S,
            check=False,
        )
        answer = json.loads(done.stdout)
    except subprocess.TimeoutExpired as error:
        raise MicrophoneError("The microphone gives no sound; check its switch.") from error
    except ValueError as error:  # PortAudio itself ended the process, as it does without devices
        raise MicrophoneError("The system has no microphone; plug one in.") from error
    if "error" in answer:
        raise MicrophoneError(str(answer["error"]))
    return Reading(float(answer["level_db"]), float(answer["loudest_db"]))


def room_sentence(level_db_a: float, loudest_db_a: float) -> str:
    """Return what a level means for a session that is about to begin, in one sentence.

    Parameters
    ----------
    level_db_a, loudest_db_a : float
        Of the whole time, and of its loudest second, in dB(A).
    """
    said = f"{level_db_a:.0f} dB(A)"
    if level_db_a >= LOUD_DB_A:
        return f"It is loud now, in the room or the corridor ({said}): close the door, or wait."
    if loudest_db_a >= LOUD_DB_A:
        return f"It is mostly calm ({said}), but something was loud ({loudest_db_a:.0f} dB(A))."
    if level_db_a >= QUIET_DB_A:
        return f"The room can be heard ({said}): close the door."
    return f"The room is quiet ({said})."
