"""A screen that can truly be touched: Xorg without a monitor, by its own test driver.

The driver (``inputtest`` of xserver-xorg-core) hears of touches through a socket, as 32-bit words
in the machine's order; which, is in ``inputtest_drv.h`` beside it. It takes one client a life.
"""

import os
import shutil
import socket
import struct
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from soundscape.clock import MachineClock

SIZE_PX = (1280, 800)
SPAN = 65535.0
"""What the driver takes for the screen's whole width and height."""
BEGIN, END = 18, 20
SYNCHRONIZE, VERSION, TOUCH = 1, 0, 6
AXES = 64
X_AND_Y = 0b11
SPOKEN = (1, 1)
"""Version of what is said, major and minor."""
TAP_S = 0.06
LOOK_S = 0.05
PATIENCE_LOOKS = 400

CONFIGURATION = """
Section "ServerFlags"
  Option "AutoAddDevices" "false"
EndSection
Section "Device"
  Identifier "card"
  Driver "dummy"
  VideoRam 65536
EndSection
Section "Monitor"
  Identifier "monitor"
  HorizSync 5.0-1000.0
  VertRefresh 5.0-200.0
  Modeline "1280x800" 83.50 1280 1352 1480 1680 800 803 809 831 -hsync +vsync
EndSection
Section "Screen"
  Identifier "screen"
  Device "card"
  Monitor "monitor"
  DefaultDepth 24
  SubSection "Display"
    Depth 24
    Modes "1280x800"
    Virtual 1280 800
  EndSubSection
EndSection
Section "InputDevice"
  Identifier "touch"
  Driver "inputtest"
  Option "SocketPath" "{socket}"
  Option "DeviceType" "Touch"
  Option "TouchCount" "10"
EndSection
Section "ServerLayout"
  Identifier "layout"
  Screen "screen"
  InputDevice "touch" "SendCoreEvents"
EndSection
"""

PLAIN = """<?xml version="1.0"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <applications><application class="*"><decor>no</decor><maximized>yes</maximized></application>
  </applications>
</openbox_config>
"""
"""Of the window manager: every window fills the screen, and no key does anything."""


class TouchScreen:
    """A running X server with a window manager and ten fingers.

    Parameters
    ----------
    folder : Path
        Empty, with a short name, as sockets need.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._clock = MachineClock()
        self._started: list[subprocess.Popen[bytes]] = []
        self._fingers: socket.socket | None = None
        self.display = ""

    def __enter__(self) -> Self:
        at = self._folder / "touch"
        (self._folder / "xorg.conf").write_text(CONFIGURATION.format(socket=at), "utf-8")
        (self._folder / "rc.xml").write_text(PLAIN, "utf-8")
        self.display = self._serve()
        self._until(at.exists)
        self._fingers = socket.socket(socket.AF_UNIX)
        self._fingers.connect(str(at))
        self._tell(VERSION, struct.pack("<HH", *SPOKEN))
        self._fingers.recv(64)
        self._start("openbox", "--config-file", str(self._folder / "rc.xml"))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._fingers is not None:
            self._fingers.close()
        for process in reversed(self._started):
            process.terminate()
            process.wait(10)

    @property
    def environment(self) -> dict[str, str]:
        """What a program needs, beside what it has, to be shown here."""
        return {"DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb"}

    def tap(self, *places: tuple[float, float], held_s: float = TAP_S) -> None:
        """Touch with one finger or more at once, and lift them.

        Parameters
        ----------
        places : tuple[float, float]
            Of each finger, in pixels from the left and the top.
        held_s : float
            How long they stay.
        """
        self._touch(BEGIN, places)
        self._clock.sleep(held_s)
        self._touch(END, places)

    def _touch(self, kind: int, places: Sequence[tuple[float, float]]) -> None:
        for finger, (x, y) in enumerate(places):
            values = [x / SIZE_PX[0] * SPAN, y / SIZE_PX[1] * SPAN] + [0.0] * (AXES - 2)
            mask = struct.pack("<I8s4x", 0, bytes([X_AND_Y]))
            numbers = struct.pack(f"<{2 * AXES}d", *values, *([0.0] * AXES))
            self._tell(TOUCH, struct.pack("<II", finger, kind) + mask + numbers)
        self._tell(SYNCHRONIZE, b"")
        assert self._fingers is not None
        self._fingers.recv(64)

    def _tell(self, what: int, rest: bytes) -> None:
        assert self._fingers is not None
        self._fingers.sendall(struct.pack("<Ii", 8 + len(rest), what) + rest)

    def _serve(self) -> str:
        """Start the server and return the display that it found free."""
        told, tells = os.pipe()
        server = shutil.which("Xorg") or "Xorg"
        self._started.append(
            subprocess.Popen(
                [server, "-displayfd", str(tells), "-config", str(self._folder / "xorg.conf"),
                 "-logfile", str(self._folder / "xorg.log"), "-noreset", "-nolisten", "tcp",
                 "-novtswitch", "-sharevts"],
                pass_fds=(tells,),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )  # fmt: skip
        os.close(tells)
        with os.fdopen(told, "rb") as answer:
            number = answer.readline().decode().strip()
        assert number, (self._folder / "xorg.log").read_text("utf-8", "replace")[-2000:]
        return f":{number}"

    def _start(self, *words: str) -> None:
        self._started.append(subprocess.Popen(words, env=os.environ | self.environment))

    def _until(self, condition: Callable[[], bool]) -> None:
        for _look in range(PATIENCE_LOOKS):
            if condition():
                return
            self._clock.sleep(LOOK_S)
        raise AssertionError((self._folder / "xorg.log").read_text("utf-8", "replace")[-2000:])
