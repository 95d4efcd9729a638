"""The virtual card on PipeWire, with the session manager and the PulseAudio protocol it ships."""

from pathlib import Path

from rig.virtual_card import SINKS, VirtualCard

from soundscape.engine.refuge import REFUGE


class PipewireCard(VirtualCard):
    """PipeWire with two null sinks, ``headphones`` (the default) and ``speakers``.

    Parameters
    ----------
    folder : Path
        A short path: sockets may not have names beyond 107 bytes.
    """

    kind = "pipewire"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.environment |= {
            "PIPEWIRE_RUNTIME_DIR": str(folder / "run"),
            "XDG_STATE_HOME": str(folder / "state"),
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={folder}/run/bus",
        }

    def start_server(self) -> None:
        """Start the servers, in their order, and return once the sinks are there."""
        run = self._folder / "run"
        for name in ("bus", "pipewire-0", "pulse/native"):
            (run / name).unlink(missing_ok=True)  # of a server that was killed
        address = self.environment["DBUS_SESSION_BUS_ADDRESS"]
        self._servers = [
            self._start(
                ["dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address={address}"]
            )
        ]
        self.until((run / "bus").is_socket)
        self._servers.append(self._start(["pipewire"]))
        self.until((run / "pipewire-0").is_socket)
        self._servers += [self._start(["wireplumber"]), self._start(["pipewire-pulse"])]
        self.until(lambda: self.pactl("info").returncode == 0)
        for sink in SINKS:
            self.plug(sink)
        self.pactl("set-default-sink", "headphones")
        # A session that follows the server may already have led other programs nowhere again.
        self.until(lambda: self.default_sink() in {"headphones", REFUGE})
