"""A session's own folder: what it was armed with, so that a host can take it up at any moment."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from soundscape.clock import Clock
from soundscape.errors import InvalidEventError, SessionError
from soundscape.folders import DataFolder
from soundscape.media.store import Store
from soundscape.output import settle
from soundscape.session.events import SessionEvent, read_event, script_to_json
from soundscape.session.plan import PlannedTrack, SessionPlan
from soundscape.session.plan_file import read_plan, write_plan
from soundscape.units import Frames

PLAN_FILE = "plan.json"
_SCRIPT_FILE = "script.json"
_SESSION_FILE = "session.json"


@dataclass(frozen=True, slots=True)
class Terms:
    """How a session is to be run.

    Attributes
    ----------
    device : str | None
        The sound device's name; ``null`` for none, None for the system's choice.
    scale : float
        Seconds of session in a second; other than 1 only without a sound device.
    attended : bool
        Staff set the anchors and end the session; else the script does.
    lights : bool
        The room's lamps follow the session.
    ear_db_a : float | None
        Level at the ear at volume 0, in dB(A); None where the device is not calibrated.
    ear_method : str
        How that is known: ``measured`` or ``estimate``.
    microphone : str
        The source that staff speak into; empty where none is set up.
    speech_gain_db, speech_peak_dbfs : float
        What is done to their words, and the highest sample of them.
    """

    device: str | None
    scale: float
    attended: bool
    lights: bool = True
    ear_db_a: float | None = None
    ear_method: str = ""
    microphone: str = ""
    speech_gain_db: float = 0.0
    speech_peak_dbfs: float = -18.0

    @property
    def device_name(self) -> str:
        """What the sound device is called."""
        return self.device or "system default"


@dataclass(frozen=True, slots=True)
class Armed:
    """A session as armed.

    Attributes
    ----------
    session : str
        Its identifier.
    folder : Path
        Its folder.
    plan : SessionPlan
        What it plays.
    script : tuple[SessionEvent, ...]
        Events known beforehand.
    terms : Terms
        How it is run.
    """

    session: str
    folder: Path
    plan: SessionPlan
    script: tuple[SessionEvent, ...]
    terms: Terms


def verify(plan: SessionPlan, store: Store) -> None:
    """Check every file of a plan against its hash.

    Raises
    ------
    SessionError
        If one is missing or changed; the message names the first and how many there are.
    """
    faults = store.faults((track.content_hash, track.suffix) for track in plan.tracks.values())
    if faults:
        digest, why = faults[0]
        fault = f"{why} ({len(faults)} such files)" if len(faults) > 1 else why
        raise SessionError(f"'{plan.tracks[digest].title}' {fault}; make the plan again.")


def arm(
    folder: DataFolder,
    plan: SessionPlan,
    script: Sequence[SessionEvent],
    terms: Terms,
    clock: Clock,
) -> Armed:
    """Verify a plan's files, give the session an identifier and a folder, and return it.

    The folder is on the disk when this returns.

    Raises
    ------
    SessionError
        If a file is missing or changed, or the disk cannot keep the folder.
    """
    verify(plan, Store(folder.store))
    stamp = "".join(ch for ch in clock.wall_time()[:19] if ch.isdigit() or ch == "T")
    session = f"{stamp}-{secrets.token_hex(2)}".lower()
    home = folder.sessions / session
    try:
        home.mkdir(parents=True)
        write_plan(home / PLAN_FILE, plan, {})
        _write(home / _SCRIPT_FILE, script_to_json(script))
        _write(home / _SESSION_FILE, asdict(terms))
        for path in (*home.iterdir(), home, folder.sessions, folder.root):
            settle(path)
    except OSError as error:
        raise SessionError(f"The disk cannot keep the session: {error.strerror}.") from error
    return Armed(session, home, plan, tuple(script), terms)


def read_armed(folder: DataFolder, session: str) -> Armed:
    """Return a session that was armed before.

    Raises
    ------
    SessionError
        If there is no such session or its folder is not whole.
    """
    home = folder.sessions / Path(session).name
    if not (home / _SESSION_FILE).is_file():
        raise SessionError(f"There is no session '{session}' on this chair.")
    try:
        terms = Terms(**json.loads((home / _SESSION_FILE).read_text(encoding="utf-8")))
        rows = json.loads((home / _SCRIPT_FILE).read_text(encoding="utf-8"))
        script = tuple(event_from_row(row) for row in rows)
    except (OSError, ValueError, TypeError, KeyError, InvalidEventError) as error:
        raise SessionError(f"The folder of session '{session}' is damaged: {error}.") from error
    return Armed(home.name, home, read_plan(home / PLAN_FILE), script, terms)


def event_from_row(row: dict[str, object]) -> SessionEvent:
    """Return an event from its exact frame, its name and its facts."""
    facts = {key: value for key, value in row.items() if key not in {"frame", "event"}}
    return read_event(row["event"], facts, Frames(int(str(row["frame"]))), own=True)


def track_label(track: PlannedTrack) -> dict[str, object]:
    """Return what the record says of a track."""
    return {"track": track.content_hash, "title": track.title, "artist": track.artist}


def _write(path: Path, data: object) -> None:
    path.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
