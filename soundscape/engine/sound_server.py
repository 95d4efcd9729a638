"""The sound server: PulseAudio, or PipeWire in its place. The only module that imports pulsectl.

It tells what can be heard where, and what changes. Elsewhere than on Linux there is none.
"""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import TracebackType
from typing import Any, Self

from soundscape.errors import DeviceLostError

CONNECT_S = 0.5
_FLAT_VOLUME = 0x40  # PA_SINK_FLAT_VOLUME


@dataclass(frozen=True, slots=True)
class ServerSink:
    """A sink as the server tells it.

    Attributes
    ----------
    index : int
        Its number while the server runs.
    name : str
        Stays the same over restarts.
    title : str
        What people call it.
    properties : Mapping[str, str]
        What its driver says.
    port, ports : str, tuple[str, ...]
        Which socket of the card it leads to, and which it could; empty where it has none.
    volumes : tuple[float, ...]
        A ratio for each channel on the server's own scale; 1.0 leaves samples as they are.
    is_muted : bool
        Nothing of it is heard.
    is_asleep : bool
        It takes no samples at the moment.
    has_flat_volumes : bool
        Its volume follows that of its loudest stream.
    module : int
        What made it.
    """

    index: int
    name: str
    title: str
    properties: Mapping[str, str] = field(default_factory=dict)
    port: str = ""
    ports: tuple[str, ...] = ()
    volumes: tuple[float, ...] = (1.0, 1.0)
    is_muted: bool = False
    is_asleep: bool = False
    has_flat_volumes: bool = False
    module: int = -1


@dataclass(frozen=True, slots=True)
class ServerStream:
    """What a process plays.

    Attributes
    ----------
    index : int
        Its number while the server runs.
    sink : int
        The number of the sink where it is heard.
    volumes : tuple[float, ...]
        As a sink's.
    is_muted : bool
        Nothing of it is heard.
    """

    index: int
    sink: int
    volumes: tuple[float, ...] = (1.0, 1.0)
    is_muted: bool = False


@dataclass(frozen=True, slots=True)
class ServerSource:
    """A microphone, or another source, as the server tells it.

    Attributes
    ----------
    name : str
        Stays the same over restarts.
    title : str
        What people call it.
    volumes : tuple[float, ...]
        As a sink's.
    is_muted : bool
        Nothing comes of it.
    """

    name: str
    title: str
    volumes: tuple[float, ...] = (1.0, 1.0)
    is_muted: bool = False


class SoundServer:
    """A line to the server; for one thread. Every call may raise ``DeviceLostError``.

    Parameters
    ----------
    pulse : Any
        A connected ``pulsectl.Pulse``.
    """

    def __init__(self, pulse: Any) -> None:  # noqa: ANN401 -- untyped library
        self._pulse = pulse
        self._changed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Hang up."""
        self._pulse.close()

    def sinks(self) -> tuple[ServerSink, ...]:
        """Return all sinks."""
        with _answered():
            return tuple(_sink(info) for info in self._pulse.sink_list())

    def sink(self, name: str) -> ServerSink | None:
        """Return a sink by its name; None if there is none."""
        return next((sink for sink in self.sinks() if sink.name == name), None)

    def default_sink(self) -> str:
        """Return the name of the sink that programs get which ask for none."""
        with _answered():
            return str(self._pulse.server_info().default_sink_name)

    def source(self, name: str | None) -> ServerSource | None:
        """Return a source by its name, or the default one; None if there is none."""
        with _answered():
            wanted = name or str(self._pulse.server_info().default_source_name)
            for info in self._pulse.source_list():
                if info.name == wanted:
                    title, volumes = str(info.description or wanted), tuple(info.volume.values)
                    return ServerSource(wanted, title, volumes, bool(info.mute))
        return None

    def set_default_sink(self, name: str) -> None:
        """Let programs that ask for none have a sink."""
        with _answered():
            self._pulse.sink_default_set(name)

    def make_null_sink(self, name: str, properties: Mapping[str, str]) -> None:
        """Make a sink that leads nowhere; values of properties hold no quotes."""
        listed = " ".join(f'{key}="{value}"' for key, value in properties.items())
        with _answered():
            self._pulse.module_load(
                "module-null-sink", f"sink_name={name} sink_properties='{listed}'"
            )

    def remove_sink(self, sink: ServerSink) -> None:
        """Take away a sink that ``make_null_sink`` made."""
        with _answered():
            self._pulse.module_unload(sink.module)

    def stream_of(self, process: int) -> ServerStream | None:
        """Return what a process plays; None if it plays nothing."""
        with _answered():
            for info in self._pulse.sink_input_list():
                if info.proplist.get("application.process.id") == str(process):
                    return ServerStream(
                        info.index, info.sink, tuple(info.volume.values), bool(info.mute)
                    )
        return None

    def set_sink_volumes(self, sink: ServerSink, volumes: tuple[float, ...]) -> None:
        """Set a sink's volumes, one a channel, and let it be heard."""
        with _answered():
            self._pulse.sink_volume_set(
                sink.index, pulsectl_module().PulseVolumeInfo(list(volumes))
            )
            self._pulse.sink_mute(sink.index, mute=False)

    def set_stream_volumes(self, stream: ServerStream, volumes: tuple[float, ...]) -> None:
        """Set a stream's volumes, one a channel, and let it be heard."""
        with _answered():
            self._pulse.sink_input_volume_set(
                stream.index, pulsectl_module().PulseVolumeInfo(list(volumes))
            )
            self._pulse.sink_input_mute(stream.index, mute=False)

    def move_stream(self, stream: ServerStream, sink: ServerSink) -> None:
        """Let a stream be heard on a sink."""
        with _answered():
            self._pulse.sink_input_move(stream.index, sink.index)

    def follow(self) -> None:
        """Take note of changes from now on."""
        with _answered():
            self._pulse.event_mask_set("sink", "sink_input", "server")
            self._pulse.event_callback_set(self._note)

    def wait(self, for_s: float) -> bool:
        """Return whether something has changed since the last time, at once or within a time."""
        if not self._changed:
            with _answered():
                self._pulse.event_listen(for_s)
        changed, self._changed = self._changed, False
        return changed

    def _note(self, _event: object) -> None:
        # Changes that come between two waits are kept here; pulsectl itself forgets them.
        self._changed = True
        raise pulsectl_module().PulseLoopStop


def connected() -> SoundServer | None:
    """Return a line to the sound server; None where none answers."""
    pulsectl = pulsectl_module()
    if pulsectl is None:
        return None
    pulse = _line(pulsectl)
    try:
        pulse.connect(timeout=CONNECT_S)
    except pulsectl.PulseError:
        pulse.close()
        return None
    return SoundServer(pulse)


@cache
def pulsectl_module() -> Any:  # noqa: ANN401 -- untyped library
    """Load the library once a server is asked for, as it takes long; None where there is none."""
    try:
        import pulsectl  # noqa: PLC0415
    except (ImportError, OSError):  # not on this system, or what it needs is not installed
        return None
    return pulsectl


def _line(pulsectl: Any) -> Any:  # noqa: ANN401 -- untyped library
    """Return a line that is there as soon as the server answers.

    The library's own waits until its time-out ends, however soon that was.
    """

    class Line(pulsectl.Pulse):  # type: ignore[misc]  # untyped library
        def _pulse_state_cb(self, ctx: object, userdata: object) -> None:
            super()._pulse_state_cb(ctx, userdata)
            self._loop_stop = self.connected is not None

    return Line("Soundscape", connect=False)


@contextlib.contextmanager
def _answered() -> Iterator[None]:
    pulsectl = pulsectl_module()
    faults = (
        pulsectl.PulseError,
        pulsectl.PulseDisconnected,
        pulsectl._pulsectl.LibPulse.CallError,  # noqa: SLF001 -- not exported, but raised
    )
    try:
        yield
    except faults as error:
        raise DeviceLostError("The sound server does not answer; wait a moment.") from error


def _sink(info: Any) -> ServerSink:  # noqa: ANN401 -- untyped library
    return ServerSink(
        index=info.index,
        name=str(info.name),
        title=str(info.description or ""),
        properties=dict(info.proplist),
        port=info.port_active.name if info.port_active else "",
        ports=tuple(port.name for port in info.port_list),
        volumes=tuple(info.volume.values),
        is_muted=bool(info.mute),
        is_asleep=info.state == "suspended",
        has_flat_volumes=bool(info.flags & _FLAT_VOLUME),
        module=info.owner_module,
    )
