"""What a virtual microphone hears, and a search for what was heard there.

A program that plays on the speakers is heard by the microphone ``speakers.monitor``.
"""

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rig.virtual_card import VirtualCard

from soundscape.units import SESSION_RATE_HZ

MICROPHONE = "speakers.monitor"
PERIOD = 7 * SESSION_RATE_HZ
Samples = NDArray[np.float32]


def tone(frequency_hz: float, level_db: float) -> Samples:
    """Return twenty seconds of a sine, its peak so many dB below full scale."""
    times_s = np.arange(20 * SESSION_RATE_HZ) / SESSION_RATE_HZ
    sound = 10.0 ** (level_db / 20.0) * np.sin(2.0 * np.pi * frequency_hz * times_s)
    return np.asarray(sound, np.float32)


def canary() -> Samples:
    """Return noise that comes again every seven seconds, and is like nothing else in a memory."""
    period = np.random.default_rng(77).uniform(-0.5, 0.5, PERIOD).astype(np.float32)
    return np.tile(period, 3)


@contextmanager
def sounding(card: VirtualCard, sound: Samples, folder: Path) -> Iterator[None]:
    """Let a sound be heard at the microphone while the block runs."""
    path = folder / "sound.f32"
    path.write_bytes(np.repeat(sound[:, None], 2, axis=1).tobytes())
    with path.open("rb") as file:
        player = subprocess.Popen(
            ["pacat", "-p", "-d", "speakers", "--format=float32le", "--rate=48000",
             "--channels=2", "--raw"],
            env=card.environment, stdin=file,
        )  # fmt: skip
        path.unlink()
        try:
            card.until(lambda: "speakers" in card.pactl("list", "short", "sinks").stdout)
            card.until(lambda: bool(card.pactl("list", "short", "sink-inputs").stdout.strip()))
            yield
        finally:
            player.terminate()
            player.wait(10)


def memory_of(process: int) -> Iterator[bytes]:
    """Yield what a process has in its memory, area by area."""
    maps = Path(f"/proc/{process}/maps").read_text("ascii").splitlines()
    with Path(f"/proc/{process}/mem").open("rb", buffering=0) as memory:
        for line in maps:
            match = re.match(r"([0-9a-f]+)-([0-9a-f]+) rw", line)
            if match:
                start, end = (int(word, 16) for word in match.groups())
                memory.seek(start)
                try:
                    yield memory.read(end - start)
                except OSError:
                    continue


def traces_of(sound: Samples) -> list[bytes]:
    """Return short stretches of a period, as float32 and as the int16 that a driver may make."""
    marks = range(0, PERIOD, SESSION_RATE_HZ // 100)
    whole = np.round(sound * 32_768.0).astype("<i2")
    return [piece[at : at + 8].tobytes() for at in marks for piece in (sound, whole)]


def is_in(memory: Iterator[bytes], traces: list[bytes]) -> bool:
    """Return whether any of the traces lies in any of the areas."""
    return any(trace in area for area in memory for trace in traces)
