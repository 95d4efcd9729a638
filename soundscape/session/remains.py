"""What still sounds of a session whose host is gone for good: the safe bed, out of memory."""

import contextlib
from pathlib import Path

from soundscape.clock import Clock
from soundscape.engine.pin import PIN_FILE
from soundscape.engine.ring_file import BED_FILE, RING_FILE
from soundscape.errors import SessionError
from soundscape.wire import Caller, address_of

ANSWER_S = 0.5
FADED_S = 1.0
"""So long after it was told to fade out nothing is heard any more: fade, card and server."""


def heard(runtime: Path) -> str:
    """Return in one sentence what is heard while a session has no host."""
    with contextlib.closing(_holder(runtime)) as holder, contextlib.suppress(SessionError):
        holder.ask({"do": "state"})
        return "The safe bed plays until you decide."
    return "Nothing plays until you decide."


def fall_silent(runtime: Path, clock: Clock) -> None:
    """Fade out what is still heard of a session, and leave nothing of it in memory.

    Parameters
    ----------
    runtime : Path
        The chair's private folder.
    clock : Clock
        Lets the fade pass.
    """
    with contextlib.closing(_holder(runtime)) as holder, contextlib.suppress(SessionError):
        holder.ask({"do": "halt"})
        clock.sleep(FADED_S)
        holder.ask({"do": "quit"})
    forget(runtime)


def forget(runtime: Path) -> None:
    """Remove what the processes of a session shared."""
    (runtime / RING_FILE).resolve().unlink(missing_ok=True)
    for name in (RING_FILE, BED_FILE, PIN_FILE):
        (runtime / name).unlink(missing_ok=True)


def _holder(runtime: Path) -> Caller:
    return Caller(address_of(runtime, "holder"), timeout_s=ANSWER_S)
