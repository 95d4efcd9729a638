"""Keeps the machine from falling asleep while a session runs.

A helper of the system holds sleep off as long as it lives, and it lives as long as this process:
on Linux ``systemd-inhibit``, on macOS ``caffeinate``; Windows is asked directly.
"""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence

_WHAT = "sleep:idle:handle-lid-switch:handle-power-key:handle-suspend-key"
_STAY_AWAKE = 0x80000000 | 0x1 | 0x2  # SetThreadExecutionState: from now on, system and display
_AS_USUAL = 0x80000000
_LEAVE_S = 2.0


class Awake:
    """Holds sleep off from its making until ``close``, also when that is never called."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        if sys.platform == "win32":
            ctypes.windll.kernel32.SetThreadExecutionState(_STAY_AWAKE)
            return
        command = inhibitor()
        if command:
            self._process = subprocess.Popen(  # noqa: S603 -- found by its name on this machine
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )

    @property
    def is_held(self) -> bool:
        """False where this machine may fall asleep all the same."""
        if sys.platform == "win32":
            return True
        return self._process is not None and self._process.poll() is None

    def close(self) -> None:
        """Let the machine sleep again."""
        if sys.platform == "win32":
            ctypes.windll.kernel32.SetThreadExecutionState(_AS_USUAL)
        if self._process is None:
            return
        process, self._process = self._process, None
        process.terminate()
        process.wait(_LEAVE_S)
        if process.stdin is not None:
            process.stdin.close()


def can_stay_awake() -> bool:
    """Return whether sleep can be held off here, by doing so for a moment."""
    if sys.platform != "linux":
        return True
    command = inhibitor()
    if not command:
        return False
    done = subprocess.run([*command[:-1], "true"], capture_output=True, check=False)  # noqa: S603
    return done.returncode == 0


def inhibitor() -> Sequence[str]:
    """Return the command that holds sleep off while its input is open; empty without one."""
    if sys.platform == "darwin":
        return ("caffeinate", "-dims", "-w", str(os.getpid()))
    found = shutil.which("systemd-inhibit")
    if found is None:
        return ()
    why = ("--who=Soundscape", "--why=A session is running", "--mode=block")
    return (found, f"--what={_WHAT}", *why, "cat")
