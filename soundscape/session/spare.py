"""A process at the sound card that is ready to take over: loaded, waiting, touching nothing."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from soundscape.clock import Clock
from soundscape.session.files import Terms

CALM_S = 3.0
"""A spare is made so long after the last one was needed, so that it takes no time from the
process that takes over."""

WAIT = "--wait"


def holder_command(runtime: Path, terms: Terms) -> Sequence[str]:
    """Return what starts the process at the sound card."""
    command = [sys.executable, "-m", "soundscape.engine.holder", str(runtime)]
    if terms.device is not None:
        command += ["--device", terms.device]
    return [*command, "--scale", str(terms.scale)]


class Spare:
    """Keeps one spare process.

    Parameters
    ----------
    command : Sequence[str]
        Starts a holder.
    clock : Clock
        Measures how long all has been calm.
    """

    def __init__(self, command: Sequence[str], clock: Clock) -> None:
        self._command = [*command, WAIT]
        self._clock = clock
        self._process: subprocess.Popen[bytes] | None = None
        self._calm_since_s: float = clock.now()

    def begin(self) -> None:
        """Start to load one at once."""
        if self._process is None:
            self._process = _started(self._command, subprocess.PIPE)

    def keep(self) -> None:
        """See that there is one, now that all is well."""
        if self._process is not None and self._process.poll() is not None:
            self._process = None
            self._calm_since_s = self._clock.now()
        if self._clock.now() - self._calm_since_s >= CALM_S:
            self.begin()

    def take(self) -> "subprocess.Popen[bytes]":
        """Return a holder that begins: the spare, or a new process where there is none."""
        spare, self._process = self._process, None
        self._calm_since_s = self._clock.now()
        if spare is not None and spare.poll() is None and _tell(spare):
            return spare
        return _started(self._command[:-1], subprocess.DEVNULL)

    def close(self) -> None:
        """End the spare."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


def _started(command: Sequence[str], stdin: int) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603 -- our own module
        command, stdin=stdin, stdout=subprocess.DEVNULL, start_new_session=True
    )


def _tell(spare: "subprocess.Popen[bytes]") -> bool:
    """Tell a spare to begin; return whether it could be told."""
    assert spare.stdin is not None, "a spare is started with a pipe"  # noqa: S101
    try:
        with spare.stdin:
            spare.stdin.write(b"begin\n")
    except OSError:
        return False
    return True
