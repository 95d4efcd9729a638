"""A sound server that a test sets up, with the ways of PulseAudio that matter."""

import os
from dataclasses import replace

from soundscape.engine.sound_server import ServerSink, ServerStream
from soundscape.errors import DeviceLostError


class FakeSoundServer:
    """Knows some sinks, a default among them, and what this process plays.

    Parameters
    ----------
    *names : str
        Its sinks; the first is the default.
    """

    def __init__(self, *names: str) -> None:
        self._sinks = {name: ServerSink(n, name, name.title()) for n, name in enumerate(names)}
        self._default = names[0]
        self._next = len(names)
        self.stream: ServerStream | None = None
        self.is_closed = False

    def change(self, name: str, **facts: object) -> None:
        """Let a sink be otherwise."""
        self._sinks[name] = replace(self._sinks[name], **facts)  # type: ignore[arg-type]

    def unplug(self, name: str) -> None:
        """Take a sink away; what was heard there is heard on the default."""
        gone = self._sinks.pop(name)
        if self._default == name:
            self._default = next(iter(self._sinks))
        if self.stream is not None and self.stream.sink == gone.index:
            self.stream = replace(self.stream, sink=self._sinks[self._default].index)

    def play_on(self, name: str) -> None:
        """Let this process be heard on a sink."""
        self.stream = ServerStream(70, self._sinks[name].index)

    def sinks(self) -> tuple[ServerSink, ...]:
        """Return all sinks."""
        return tuple(self._sinks.values())

    def sink(self, name: str) -> ServerSink | None:
        """Return a sink by its name."""
        return self._sinks.get(name)

    def default_sink(self) -> str:
        """Return the default's name."""
        return self._default

    def set_default_sink(self, name: str) -> None:
        """Set the default; what is heard on the old one moves with it."""
        if name not in self._sinks:
            raise DeviceLostError("There is no such sink.")
        old, self._default = self._sinks[self._default], name
        if self.stream is not None and self.stream.sink == old.index:
            self.stream = replace(self.stream, sink=self._sinks[name].index)

    def make_null_sink(self, name: str, properties: dict[str, str]) -> None:
        """Make a sink that leads nowhere."""
        assert name not in self._sinks, "two sinks of one name"
        self._sinks[name] = ServerSink(self._next, name, "", properties, module=self._next)
        self._next += 1

    def remove_sink(self, sink: ServerSink) -> None:
        """Take it away."""
        self.unplug(sink.name)

    def stream_of(self, process: int) -> ServerStream | None:
        """Return what a process plays."""
        return self.stream if process == os.getpid() else None

    def set_sink_volumes(self, sink: ServerSink, volumes: tuple[float, ...]) -> None:
        """Set a sink's volumes."""
        self.change(sink.name, volumes=volumes, is_muted=False)

    def set_stream_volumes(self, stream: ServerStream, volumes: tuple[float, ...]) -> None:
        """Set a stream's volumes."""
        self.stream = replace(stream, volumes=volumes, is_muted=False)

    def move_stream(self, stream: ServerStream, sink: ServerSink) -> None:
        """Let a stream be heard on a sink."""
        self.stream = replace(stream, sink=sink.index)

    def follow(self) -> None:
        """Take note of changes from now on."""

    def wait(self, for_s: float) -> bool:
        """Return that nothing has changed."""
        assert for_s > 0.0
        return False

    def close(self) -> None:
        """Hang up."""
        assert not self.is_closed, "closed twice"
        self.is_closed = True
