"""Where sound can go: the headphones and speakers of this machine, by names that stay.

PortAudio lists one device for all of PulseAudio or PipeWire. Their own tool, ``pactl``, tells
the sinks behind it: a name that is the same after every restart, and a title for people.
"""

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from importlib import import_module

PATIENCE_S = 3.0


@dataclass(frozen=True, slots=True)
class Sink:
    """One place where sound can go.

    Attributes
    ----------
    name : str
        What a session takes as its ``device``; stays the same over restarts.
    title : str
        What people call it.
    """

    name: str
    title: str


def list_sinks() -> tuple[Sink, ...]:
    """Return what is plugged in now; nothing where there is no sound at all."""
    server = _server_sinks()
    if server is not None:
        return server
    # Only here: to import it opens PortAudio, which asks every driver of the machine.
    try:
        device = import_module("soundscape.engine.device")
    except OSError:  # PortAudio itself is not installed
        return ()
    return tuple(Sink(name, name) for name in device.output_names())


def _server_sinks() -> tuple[Sink, ...] | None:
    """Return the sound server's sinks; None where no server answers."""
    pactl = shutil.which("pactl")
    if pactl is None:
        return None
    try:
        said = subprocess.run(  # noqa: S603 -- found by the system's own search path
            [pactl, "--format=json", "list", "sinks"],
            capture_output=True,
            timeout=PATIENCE_S,
            check=True,
            env={**os.environ, "LC_ALL": "C.UTF-8"},  # a decimal comma would break its JSON
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return sinks_in(said.stdout)


def sinks_in(said: bytes) -> tuple[Sink, ...] | None:
    """Return the sinks that ``pactl --format=json list sinks`` told; None if it makes no sense."""
    try:
        rows = json.loads(said.decode("utf-8", errors="replace"))
    except ValueError:
        return None
    if not isinstance(rows, list):
        return None
    return tuple(sink for row in rows if (sink := _sink(row)) is not None)


def _sink(row: object) -> Sink | None:
    if not isinstance(row, dict):
        return None
    name, title = row.get("name"), row.get("description")
    if not isinstance(name, str) or not name or name == "auto_null":
        return None  # PulseAudio makes auto_null up where no card is left
    return Sink(name, title if isinstance(title, str) and title.strip() else name)
