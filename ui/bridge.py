"""The one place where a session and Qt's signals meet: asks for the status, sends events.

Everything that may wait for the session's host happens in a thread of its own, so that no
window ever freezes because a session does not answer.
"""

import logging
import threading
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from PyQt6.QtCore import QObject, QThread, QTimer, pyqtSignal

from soundscape.errors import InvalidEventError, SessionError, SoundscapeError
from soundscape.faults import described
from ui.sentences import translated
from ui.words import _

INTERVAL_MS = 220
STOP_FAST = "stop_fast"

Status = dict[str, Any]

_LOG = logging.getLogger(__name__)


class Client(Protocol):
    """What the bridge needs of a session's client."""

    def status(self) -> Status:
        """Return what the session is doing."""

    def send(self, event: str, **facts: object) -> Mapping[str, object]:
        """Send an event; raise ``InvalidEventError`` where it is refused."""

    def stop_at_once(self) -> None:
        """Stop the sound, whatever hangs."""

    def close(self) -> None:
        """Let go of the session."""


class Bridge(QObject):
    """A window's link to the session of its chair.

    Parameters
    ----------
    connect : Callable[[], Client]
        Makes a client; called in the bridge's thread, again after each loss.
    interval_ms : int
        How often the status is asked for.
    """

    status_changed = pyqtSignal(dict)
    lost = pyqtSignal(str)
    refused = pyqtSignal(str, str)
    """An event and why it was not accepted, in one sentence."""

    _event_asked = pyqtSignal(str, dict)
    _end_asked = pyqtSignal()

    def __init__(self, connect: Callable[[], Client], *, interval_ms: int = INTERVAL_MS) -> None:
        super().__init__()
        self._connect = connect
        self._stopping: threading.Thread | None = None
        self._thread = QThread()
        self._worker = _Worker(connect, interval_ms)
        self._worker.moveToThread(self._thread)
        self._thread.started.connect(self._worker.begin)
        self._event_asked.connect(self._worker.send)
        self._end_asked.connect(self._worker.end)
        self._worker.status_changed.connect(self.status_changed)
        self._worker.lost.connect(self.lost)
        self._worker.refused.connect(self.refused)

    def start(self) -> None:
        """Begin to follow the chair's session, whenever there is one."""
        self._thread.start()

    def send(self, event: str, **facts: object) -> None:
        """Send an event and return at once; a refusal comes as ``refused``."""
        if event == STOP_FAST:  # it must not wait behind a question that nobody answers
            self._stopping = threading.Thread(target=self._stop_at_once, daemon=True)
            self._stopping.start()
        else:
            self._event_asked.emit(event, facts)

    def close(self) -> None:
        """Let go of the session, which goes on without this window."""
        if self._stopping is not None:
            self._stopping.join()
        if self._thread.isRunning():
            self._end_asked.emit()  # comes after the events that are still on their way
            self._thread.wait()

    def _stop_at_once(self) -> None:
        client = self._connect()
        try:
            client.stop_at_once()
        except SoundscapeError as error:
            self.refused.emit(STOP_FAST, translated(str(error)))
        finally:
            client.close()


class _Worker(QObject):
    """The part of the bridge that lives in its own thread."""

    status_changed = pyqtSignal(dict)
    lost = pyqtSignal(str)
    refused = pyqtSignal(str, str)

    def __init__(self, connect: Callable[[], Client], interval_ms: int) -> None:
        super().__init__()
        self._connect = connect
        self._interval_ms = interval_ms
        self._client: Client | None = None
        self._timer: QTimer | None = None

    def begin(self) -> None:
        self._timer = QTimer()  # made here, because a timer belongs to the thread that makes it
        self._timer.setInterval(self._interval_ms)
        self._timer.timeout.connect(self.ask)
        self._timer.start()
        self.ask()

    def ask(self) -> None:
        try:
            status = self._connected().status()
        except (SessionError, OSError) as error:
            self._drop()
            self.lost.emit(translated(str(error)))
        else:
            self.status_changed.emit(status)

    def send(self, event: str, facts: dict[str, object]) -> None:
        try:
            self._connected().send(event, **facts)
        except InvalidEventError as error:
            self.refused.emit(event, translated(str(error)))
        except (SessionError, OSError) as error:
            _LOG.info("event %s did not arrive: %s", event, described(error))
            self._drop()
            self.refused.emit(event, _("The session does not answer; nothing was changed."))
        else:
            self.ask()

    def end(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self._drop()
        thread = self.thread()
        if thread is not None:
            thread.quit()

    def _connected(self) -> Client:
        if self._client is None:
            self._client = self._connect()
        return self._client

    def _drop(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None
