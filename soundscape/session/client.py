"""How windows and commands reach a session: find it, ask its status, tell it events, start one."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from soundscape.clock import Clock, MachineClock
from soundscape.errors import InvalidEventError, SessionError, SoundscapeError
from soundscape.folders import DataFolder
from soundscape.session.events import Kind, SessionEvent
from soundscape.session.files import Armed, Terms, arm, read_armed
from soundscape.session.journal import ENDED, Journal, read_journal
from soundscape.session.keeper import RESUME
from soundscape.session.plan_file import read_plan
from soundscape.session.state import State
from soundscape.wire import Caller, address_of

START_S = 20.0
HOLDER_S = 0.25
_OVER = State.ENDED.name.lower()
LOOK_S = 0.05


class SessionClient:
    """A window's line to the session on this chair.

    Parameters
    ----------
    runtime : Path
        The chair's private folder, ``DataFolder.runtime``.
    role : str
        ``desk``, ``kiosk``, ``presets`` or ``command``: who asks.
    shows : Callable[[], int] | None
        How often a window has shown itself so far; it is missed when the number stands still.
    """

    def __init__(self, runtime: Path, role: str, shows: Callable[[], int] | None = None) -> None:
        self._runtime = runtime
        self._shows = shows
        self._caller = Caller(address_of(runtime, "host"))
        self._role = role

    def status(self) -> dict[str, Any]:
        """Return the session's state; ``SessionError`` when no session answers."""
        question: dict[str, Any] = {"do": "status", "role": self._role}
        if self._shows is not None:
            question |= {"shows": self._shows(), "window": os.getpid()}
        return self._caller.ask(question)

    def send(self, event: str, **facts: object) -> dict[str, Any]:
        """Tell the session an event and return when it was taken and whether it is on the disk.

        Raises
        ------
        InvalidEventError
            If it is refused; the message is the reason. No session: ``SessionError``.
        """
        question = {"do": "tell", "event": event, "facts": facts, "role": self._role}
        answer = self._caller.ask(question)
        if not answer.get("ok"):
            raise InvalidEventError(str(answer.get("why", "The session did not take it.")))
        return answer

    def stop_at_once(self) -> None:
        """Stop the sound within a second, also when the session's host hangs or is gone.

        The process at the sound card fades out by itself, and the host sees it and ends the
        session as soon as it can. Only where nothing is at the card is the host told, which
        refuses as ``send`` does.
        """
        holder = Caller(address_of(self._runtime, "holder"), timeout_s=HOLDER_S)
        with contextlib.closing(holder):
            try:
                holder.ask({"do": "halt"})
            except SessionError:
                self.send(str(Kind.STOP_FAST))

    def close(self) -> None:
        """Hang up."""
        self._caller.close()


def start_session(folder: DataFolder, plan: Path, *, device: str | None) -> str:
    """Start a session that waits for staff to set its anchors; return its identifier.

    A plan that is not whole, a missing file, a session that runs already or a device that
    cannot be opened is refused with the error that says so.
    """
    terms = Terms(device=device, scale=1.0, attended=True)
    clock = MachineClock()
    armed = arm_free_chair(folder, plan, (), terms, clock)
    launch(folder, armed, clock)
    return armed.session


def arm_free_chair(
    folder: DataFolder,
    plan: Path,
    script: Sequence[SessionEvent],
    terms: Terms,
    clock: Clock,
) -> Armed:
    """Arm a session on a chair that has none running.

    Raises
    ------
    SessionError
        If one is running, or the record of one that is over cannot be written.
    """
    running = _status_of(folder)
    if running.get("state") == _OVER:
        raise SessionError("The last session's record cannot be written; free some disk first.")
    if running:
        raise SessionError(f"Session {running['session']} is running on this chair; end it first.")
    folder.runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Only here: every window is a client, few arm a session, and it decodes and measures sound.
    from soundscape.session.hearing import lowered, prepared  # noqa: PLC0415
    from soundscape.session.talk_route import read_route, with_talk  # noqa: PLC0415

    hearing = prepared(folder, terms.device)
    if hearing is not None:
        terms = replace(terms, ear_db_a=hearing.level_db_a, ear_method=str(hearing.method))
    if terms.attended:
        terms = with_talk(terms, read_route(folder), hearing)
    return arm(folder, lowered(read_plan(plan), hearing), script, terms, clock)


def last_session(folder: DataFolder) -> Armed | None:
    """Return the session of this chair that was armed last; None where none can be read."""
    try:
        # Sessions are named by the time they were armed.
        return read_armed(folder, max(path.name for path in folder.sessions.iterdir()))
    except (OSError, ValueError, SoundscapeError):
        return None


def interrupted_session(folder: DataFolder) -> Armed | None:
    """Return the last session of this chair if it was cut off and is not over; else None."""
    armed = last_session(folder)
    try:
        entries = [] if armed is None else read_journal(armed.folder)
    except (OSError, ValueError, SoundscapeError):
        return None
    is_over = not entries or any(entry.event == ENDED for entry in entries)
    return None if is_over or running_session(folder) else armed


def resume_session(folder: DataFolder, armed: Armed) -> None:
    """Let an interrupted session go on where it was, by a fade.

    One that cannot is refused with ``SessionError``.
    """
    launch(folder, armed, MachineClock(), resume=True)


def end_interrupted(folder: DataFolder, armed: Armed) -> None:
    """Let what is still heard of an interrupted session fall silent, and record its end.

    Raises
    ------
    SessionError
        If the record cannot be written.
    """
    from soundscape.session.remains import fall_silent  # noqa: PLC0415 -- as in arm_free_chair
    from soundscape.session.restart import reached  # noqa: PLC0415

    clock = MachineClock()
    fall_silent(folder.runtime, clock)
    entries = read_journal(armed.folder)
    journal = Journal(armed.folder, clock)
    journal.add(reached(armed, entries), ENDED, {"interrupted": True})
    journal.close(START_S)
    if journal.waiting:
        raise SessionError("The session's record cannot be written; free some disk first.")


def running_session(folder: DataFolder) -> str:
    """Return the identifier of the session that runs on this chair; empty if none does."""
    return str(_status_of(folder).get("session", ""))


def _status_of(folder: DataFolder) -> dict[str, Any]:
    """Return the status of the session on this chair; nothing if there is none."""
    client = SessionClient(folder.runtime, "command")
    with contextlib.suppress(SessionError), contextlib.closing(client):
        return client.status()
    return {}


def launch(
    folder: DataFolder, armed: Armed, clock: Clock, *, resume: bool = False
) -> "subprocess.Popen[bytes]":
    """Start the keeper of an armed session and return once the session answers.

    Parameters
    ----------
    folder : DataFolder
        The chair's data.
    armed : Armed
        The session.
    clock : Clock
        Measures how long it may take.
    resume : bool
        Staff have said that it is to go on after an interruption.

    Raises
    ------
    SessionError
        If it cannot begin; the message is the reason.
    """
    (folder.runtime / "session").write_text(armed.session, encoding="utf-8")
    command = [sys.executable, "-m", "soundscape.session.keeper", str(folder.root), armed.session]
    command += [RESUME] if resume else []
    with (armed.folder / "host.log").open("ab") as log:
        keeper = subprocess.Popen(  # noqa: S603 -- our own module
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=log,
            start_new_session=True,
            env=dict(os.environ),
        )
    begun = clock.now()
    while clock.now() - begun < START_S:
        if running_session(folder) == armed.session:
            return keeper
        if keeper.poll() is not None:
            if keeper.returncode == 0:
                return keeper  # a session so short that it has already ended
            raise SessionError(_last_line(armed.folder / "host.log"))
        clock.sleep(LOOK_S)
    raise SessionError("The session does not start; look at host.log in its folder.")


def _last_line(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return lines[-1].removeprefix("soundscape: ") if lines else "The session did not start."
