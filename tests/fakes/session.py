"""A session that a window may follow, without a host."""

import threading
from typing import Any

from soundscape.errors import InvalidEventError, SessionError
from ui.bridge import Bridge
from ui.desk.correction import Correction
from ui.desk.session_panel import SessionPanel

Asked = list[tuple[str, dict[str, object]]]
"""Events that a part of the desk asks for, each with its facts."""

CAN = (
    "dose_start", "pump_paused", "pump_resumed", "pump_stopped_early", "delivery_end", "hold",
    "resume", "extend", "start_return", "soften", "silence", "next_track", "volume", "call",
    "call_seen", "note", "undo", "correct", "stop", "stop_fast",
)  # fmt: skip


def asked_of(part: SessionPanel | Correction) -> Asked:
    """Return what a part of the desk asks for from now on."""
    heard: Asked = []
    part.asked.connect(lambda event, facts: heard.append((event, facts)))
    return heard


def status(**changes: object) -> dict[str, Any]:
    """Return the status of an IV session in ``deepen``, with some of it changed."""
    made: dict[str, Any] = {
        "session": "20260101-0900",
        "title": "Ember, IV infusion, 40 min",
        "state": "running",
        "t_s": 1970.0,
        "phase": "deepen",
        "phase_elapsed_s": 370.0,
        "phase_length_s": 1380.0,
        "ends_in_s": 4930.0,
        "phases": [
            {"name": "settle", "start_s": 0.0, "end_s": 880.0},
            {"name": "rise", "start_s": 880.0, "end_s": 1600.0},
            {"name": "deepen", "start_s": 1600.0, "end_s": 2980.0},
            {"name": "return", "start_s": 2980.0, "end_s": 4180.0},
            {"name": "ground", "start_s": 4180.0, "end_s": 5380.0},
            {"name": "recover", "start_s": 5380.0, "end_s": None},
        ],
        "expected": [
            {"name": "settle", "start_s": 0.0, "end_s": 880.0},
            {"name": "rise", "start_s": 880.0, "end_s": 1600.0},
            {"name": "deepen", "start_s": 1600.0, "end_s": 2980.0},
            {"name": "return", "start_s": 2980.0, "end_s": 4180.0},
            {"name": "ground", "start_s": 4180.0, "end_s": 5380.0},
            {"name": "recover", "start_s": 5380.0, "end_s": 6880.0},
        ],
        "energy": [
            [0.0, 0.30], [880.0, 0.15], [1600.0, 0.30], [2980.0, 0.50], [3280.0, 0.30],
            [4180.0, 0.20], [5380.0, 0.30], [6880.0, 0.10],
        ],
        "cues": [
            {"track": f"{n:064x}", "title": title, "artist": "Soundscape", "start_s": start,
             "end_s": start + 500.0, "energy": 0.3}
            for n, (title, start) in enumerate((
                ("Still water", 0.0), ("First light", 490.0), ("Hollow bell", 880.0),
                ("Undertow", 1350.0), ("Wide water", 1800.0), ("Loom", 2290.0),
                ("Home by dusk", 2980.0), ("Salt and cedar", 3600.0), ("Low tide", 4180.0),
            ))
        ],
        "sounding": [
            {"track": f"{4:064x}", "title": "Wide water", "offset_s": 170.0, "gain_db": -3.1}
        ],
        "level_lu": 0.3,
        "volume_lu": -2.0,
        "peak_dbfs": -21.5,
        "softened": False,
        "silenced": False,
        "talking": False,
        "talk": {"route": False, "open": False, "left_s": None},
        "held": False,
        "pump_paused": False,
        "anchors": {"dose_start": 880.0, "delivery_end": None},
        "last_anchor": None,
        "pump": True,
        "call": {"state": "none", "at_s": None},
        "desk_seen": True,
        "chair_screen": "ok",
        "device": {"name": "Headphones", "state": "ok"},
        "ring_s": 58.2,
        "on_bed": False,
        "underruns": 0,
        "record": {"state": "ok", "waiting": 0},
        "recent": [
            {"t_s": 1932.0, "event": "volume", "lu": -2.0, "undoable": True},
            {"t_s": 1610.0, "event": "note", "text": "Spoke", "undoable": False},
            {"t_s": 880.0, "event": "dose_start", "undoable": False},
        ],
        "notices": [],
        "screen": 0.0,
        "glow": 1.0,
        "lights": 0.05,
        "lights_link": "none",
        "can": [event for event in CAN if event not in {"dose_start", "pump_resumed", "resume"}],
    }  # fmt: skip
    return made | changes


class FakeClient:
    """A client that answers with one status and remembers what it was sent.

    It asserts the protocol: nothing is asked of it once it is closed.
    """

    def __init__(self, answer: dict[str, Any] | None = None) -> None:
        self.answer = answer if answer is not None else status()
        self.sent: list[tuple[str, dict[str, object]]] = []
        self.closed = 0
        self.gone = False
        self.stopped = False
        self.threads: set[int] = set()

    def __call__(self) -> "FakeClient":
        """Connect: a bridge is handed the client itself."""
        if self.gone:
            raise SessionError("No session answers.")
        self.closed = 0
        return self

    def status(self) -> dict[str, Any]:
        """Return the answer, unless the session is gone."""
        self._meet()
        return dict(self.answer)

    def send(self, event: str, **facts: object) -> dict[str, object]:
        """Remember an event, or refuse what the status does not offer."""
        self._meet()
        if event not in self.answer["can"]:
            raise InvalidEventError(f"{event} is not possible now.")
        self.sent.append((event, facts))
        return {"ok": True}

    def stop_at_once(self) -> None:
        """Remember it."""
        self._meet()
        self.stopped = True

    def close(self) -> None:
        """Let go, once."""
        assert not self.closed, "closed twice"
        self.closed += 1

    def _meet(self) -> None:
        assert not self.closed, "asked after it was closed"
        self.threads.add(threading.get_ident())
        if self.gone:
            raise SessionError("No session answers.")


class FakeBridge(Bridge):
    """A bridge without a thread: it is told what the session says, and remembers events."""

    def __init__(self) -> None:
        super().__init__(FakeClient())
        self.sent: list[tuple[str, dict[str, object]]] = []
        self.started = 0
        self.closed = 0

    def start(self) -> None:
        """Take note."""
        self.started += 1

    def send(self, event: str, **facts: object) -> None:
        """Remember an event."""
        assert self.started, "sent before it was started"
        assert not self.closed, "sent after it was closed"
        self.sent.append((event, facts))

    def close(self) -> None:
        """Take note."""
        self.closed += 1
