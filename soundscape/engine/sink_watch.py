"""Sees to it that this process is heard where its pin says, as loud as it says, or not at all.

It follows the sound server's events. When the stream is heard elsewhere, the sink falls asleep,
switches to another socket or to hands-free mode, or the server goes, the sound is cut. When the
volume or the server's default is changed by others, it is put back. Runs in a thread of the
holder, never in the callback.
"""

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from soundscape.engine.pin import Pin, is_near
from soundscape.engine.refuge import Server, take_refuge
from soundscape.engine.sinks import why_not
from soundscape.engine.sound_server import ServerSink, ServerStream
from soundscape.errors import DeviceLostError

LOOK_S = 0.25
"""How long it may take to notice that it is to end."""

PATIENCE_S = 1.0
CALM_S = 0.05
"""Between two corrections, so that nobody is fought at full speed."""


class WatchedServer(Server, Protocol):
    """What a watch needs of the sound server."""

    def stream_of(self, process: int) -> ServerStream | None:
        """Return what a process plays."""

    def set_sink_volumes(self, sink: ServerSink, volumes: tuple[float, ...]) -> None:
        """Set a sink's volumes."""

    def set_stream_volumes(self, stream: ServerStream, volumes: tuple[float, ...]) -> None:
        """Set a stream's volumes."""

    def move_stream(self, stream: ServerStream, sink: ServerSink) -> None:
        """Let a stream be heard on a sink."""

    def follow(self) -> None:
        """Take note of changes from now on."""

    def wait(self, for_s: float) -> bool:
        """Return whether something has changed."""

    def close(self) -> None:
        """Hang up."""


@dataclass(frozen=True, slots=True)
class Alarms:
    """Whom a watch tells.

    Attributes
    ----------
    cut : Callable[[], None]
        Called once, when the sound must not go on.
    louder : Callable[[], None]
        Called each time the volume was put back.
    """

    cut: Callable[[], None]
    louder: Callable[[], None]


class SinkWatch:
    """Watches where and how loud this process is heard.

    Parameters
    ----------
    server : WatchedServer
        A line of its own to the sound server; belongs to the watch's thread once started.
    pin : Pin
        How it should be.
    alarms : Alarms
        Called in the watch's thread.
    """

    def __init__(self, server: WatchedServer, pin: Pin, alarms: Alarms) -> None:
        self._server = server
        self._pin = pin
        self._alarms = alarms
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="sink watch", daemon=True)

    def start(self) -> None:
        """Begin; the stream must be there."""
        self._thread.start()

    def close(self) -> None:
        """Watch no more; a server that hangs is not waited for."""
        self._closing.set()
        self._thread.join(PATIENCE_S)

    def _watch(self) -> None:
        try:
            self._server.follow()
            while self.look():
                while not self._closing.is_set() and not self._server.wait(LOOK_S):
                    pass
                if self._closing.is_set():
                    return
        except DeviceLostError:
            pass  # without a server nothing is known; as if it were heard elsewhere
        finally:
            self._server.close()
        if not self._closing.is_set():
            self._alarms.cut()

    def look(self) -> bool:
        """Return whether this process may go on being heard; put right what can be."""
        stream = self._server.stream_of(os.getpid())
        sink = self._server.sink(self._pin.sink)
        if sink is None or sink.is_asleep or sink.port != self._pin.port or why_not(sink):
            return False
        if stream is None:
            return True  # after an underrun it is made anew; meanwhile nothing is heard anywhere
        if stream.sink != sink.index:
            return False
        self._put_back(sink, stream)
        was_default = self._server.default_sink() == sink.name
        take_refuge(self._server, before=self._pin.before)
        if was_default:
            self._stay_on(sink)
        return True

    def _stay_on(self, sink: ServerSink) -> None:
        """Take back a stream that has just moved along with the default, as on PulseAudio."""
        stream = self._server.stream_of(os.getpid())
        if stream is not None and stream.sink != sink.index:
            self._server.move_stream(stream, sink)

    def _put_back(self, sink: ServerSink, stream: ServerStream) -> None:
        is_kept = self._pin.is_kept_by(sink)
        if not is_kept:
            self._server.set_sink_volumes(sink, self._pin.volumes_for(sink))
        # With flat volumes a stream's volume is the sink's, and set with it.
        full = (1.0,) * len(stream.volumes)
        is_full = sink.has_flat_volumes or is_near(stream.volumes, full)
        if stream.is_muted or not is_full:
            is_kept = False
            self._server.set_stream_volumes(stream, full)
        if not is_kept:
            self._alarms.louder()
            self._closing.wait(CALM_S)
