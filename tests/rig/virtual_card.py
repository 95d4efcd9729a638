"""A private sound server with virtual headphones and speakers, and a recorder of what they play.

Nothing of the machine's own sound is touched: server, socket and settings lie in one folder.
"""

import contextlib
import os
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from soundscape.clock import MachineClock
from soundscape.units import CHANNELS, SESSION_RATE_HZ

FRAME_BYTES = 4 * CHANNELS
START_LOOKS = 400
LOOK_S = 0.025
SINKS = ("headphones", "speakers")

_ALSA = """pcm.pulse { type pulse }
ctl.pulse { type pulse }
pcm.!default { type pulse hint { show on description "PulseAudio" } }
ctl.!default { type pulse }
"""


class VirtualCard:
    """PulseAudio with two null sinks, ``headphones`` (the default) and ``speakers``.

    Parameters
    ----------
    folder : Path
        A short path: sockets may not have names beyond 107 bytes.
    """

    kind = "pulseaudio"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._servers: list[subprocess.Popen[bytes]] = []
        run = folder / "run"
        self.environment = {
            **os.environ,
            "XDG_RUNTIME_DIR": str(run),
            "PULSE_RUNTIME_PATH": str(run / "pulse"),
            "PULSE_SERVER": f"unix:{run}/pulse/native",
            "PULSE_STATE_PATH": str(folder / "state"),
            "PULSE_COOKIE": str(folder / "cookie"),
            "ALSA_CONFIG_PATH": str(folder / "asound.conf"),
        }

    def __enter__(self) -> Self:
        (self._folder / "run" / "pulse").mkdir(parents=True)
        (self._folder / "run").chmod(0o700)
        (self._folder / "state").mkdir()
        (self._folder / "asound.conf").write_text(_ALSA, encoding="ascii")
        self.start_server()
        return self

    def __exit__(self, *_: object) -> None:
        self.thaw_server()
        for server in reversed(self._servers):
            server.terminate()
            server.wait(10)

    def start_server(self) -> None:
        """Start the server and return once its sinks are there."""
        socket = f"{self._folder}/run/pulse/native"
        sinks = "".join(f"load-module {_null_sink(name)}\n" for name in SINKS)
        # A quiet source is the default, else recorders would follow the default sink's monitor.
        (self._folder / "default.pa").write_text(
            f".fail\nload-module module-native-protocol-unix auth-anonymous=1 socket={socket}\n"
            f"{sinks}load-module module-null-source source_name=quiet\n"
            "set-default-sink headphones\nset-default-source quiet\n",
            encoding="ascii",
        )
        server = self._start(
            ["pulseaudio", "-n", "-F", f"{self._folder}/default.pa", "--daemonize=no",
             "--exit-idle-time=-1", "--use-pid-file=no", "--high-priority=no", "--realtime=no",
             f"--log-target=file:{self._folder}/pulse.log"]
        )  # fmt: skip
        self._servers = [server]
        self.until(lambda: self.pactl("info").returncode == 0)

    def kill_server(self) -> None:
        """End the server at once, as a crash does."""
        for server in reversed(self._servers):
            server.kill()
            server.wait(10)
        self._servers = []

    def freeze_server(self) -> None:
        """Let the server stand still."""
        for server in self._servers:
            server.send_signal(signal.SIGSTOP)

    def thaw_server(self) -> None:
        """Let a server go on that was made to stand still."""
        for server in self._servers:
            server.send_signal(signal.SIGCONT)

    def pactl(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Tell the server something."""
        return subprocess.run(
            ["pactl", *words], env=self.environment, capture_output=True, text=True, check=False
        )

    def default_sink(self) -> str:
        """Return the name of the sink that programs get which ask for none."""
        return self.pactl("get-default-sink").stdout.strip()

    def sinks(self) -> list[str]:
        """Return the names of all sinks."""
        lines = self.pactl("list", "short", "sinks").stdout.splitlines()
        return [line.split("\t")[1] for line in lines]

    def unplug(self, sink: str) -> None:
        """Take a sink away, as when headphones are pulled."""
        modules = self.pactl("list", "short", "modules").stdout.splitlines()
        (number,) = (line.split("\t")[0] for line in modules if f"sink_name={sink} " in line)
        self.pactl("unload-module", number)

    def plug(self, sink: str) -> None:
        """Bring a sink back, or a new one, and return once it is there."""
        self.pactl("load-module", *_null_sink(sink).split())
        self.until(lambda: sink in self.sinks())

    @contextlib.contextmanager
    def recorded(self, sink: str) -> Iterator["Recording"]:
        """Record what a sink plays while the block runs."""
        process = self._start(
            ["parec", "-d", f"{sink}.monitor", "--format=float32le", f"--rate={SESSION_RATE_HZ}",
             "--channels=2", "--latency-msec=20", "--raw"],
            stdout=subprocess.PIPE,
            PULSE_PROP="node.dont-reconnect=true",  # PipeWire would record another sink else
        )  # fmt: skip
        recording = Recording(process)
        try:
            yield recording
        finally:
            recording.end()

    def until(self, condition: Callable[[], bool]) -> None:
        """Return once something holds.

        Raises
        ------
        TimeoutError
            If it does not within seconds.
        """
        clock = MachineClock()
        for _ in range(START_LOOKS):
            if condition():
                return
            clock.sleep(LOOK_S)
        raise TimeoutError(f"the {self.kind} server does not do what it should")

    def _start(
        self, command: list[str], stdout: int = subprocess.DEVNULL, **environment: str
    ) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            command,
            env={**self.environment, **environment},
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=subprocess.DEVNULL,
        )


def _null_sink(name: str) -> str:
    # norewinds: otherwise the sink renders two seconds at once and shows gaps of its own.
    return (
        f"module-null-sink sink_name={name} norewinds=1 rate={SESSION_RATE_HZ} "
        "format=float32le channels=2"
    )


class Recording:
    """What a sink plays, as it grows.

    Parameters
    ----------
    process : subprocess.Popen[bytes]
        Writes raw float32 stereo to its standard output.

    Attributes
    ----------
    arrivals : list[tuple[float, int]]
        When so many bytes had arrived, on the machine's clock.
    """

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process
        self._bytes = bytearray()
        self.arrivals: list[tuple[float, int]] = []
        self._thread = threading.Thread(target=self._take, daemon=True)
        self._thread.start()

    def samples(self) -> NDArray[np.float32]:
        """Return all that was recorded so far, shape (frames, 2)."""
        whole = len(self._bytes) // FRAME_BYTES * FRAME_BYTES
        return np.frombuffer(bytes(self._bytes[:whole]), np.float32).reshape(-1, CHANNELS)

    def end(self) -> None:
        """Record no more."""
        self._process.terminate()
        self._process.wait(10)
        self._thread.join(10)
        if self._process.stdout is not None:
            self._process.stdout.close()

    def _take(self) -> None:
        pipe, clock = self._process.stdout, MachineClock()
        while pipe is not None and (block := os.read(pipe.fileno(), 65_536)):
            self._bytes += block
            self.arrivals.append((clock.now(), len(self._bytes)))


def lead_in(recorded: NDArray[np.float32], rendered: NDArray[np.float32]) -> int:
    """Return on which frame of a recording a render begins.

    The stretch that is looked for starts a second into the render, where a fade from silence
    has become audible; only an exact match counts.

    Parameters
    ----------
    recorded, rendered : NDArray[np.float32], shape (frames, 2)
        What was heard, and what should have been.

    Raises
    ------
    AssertionError
        If the render's first second is nowhere in the recording.
    """
    mark = rendered[SESSION_RATE_HZ : SESSION_RATE_HZ + 64]
    for start in np.flatnonzero(recorded[:, 0] == mark[0, 0]):
        if np.array_equal(recorded[start : start + 64], mark):
            return int(start) - SESSION_RATE_HZ
    raise AssertionError("what was heard is nowhere what was rendered")


def longest_gap_s(samples: NDArray[np.float32]) -> float:
    """Return the longest digital silence between the first and the last sound, in seconds.

    Parameters
    ----------
    samples : NDArray[np.float32], shape (frames, 2)
        A recording.
    """
    loud = np.flatnonzero(np.abs(samples).max(axis=1) > 0.0)
    return float(np.diff(loud).max(initial=1) - 1) / SESSION_RATE_HZ
