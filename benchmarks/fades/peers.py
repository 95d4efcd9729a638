"""The job done by other players, as well as each can be made to do it."""

import importlib.util
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rig.virtual_card import VirtualCard

from benchmarks.fades.job import A_HZ, B_HZ, END_S, FADE_END_S, FADE_S, FADE_START_S, write_tone
from benchmarks.fades.processes import Use, uses_over
from benchmarks.fades.recorder import SINK
from soundscape.clock import Clock
from soundscape.units import CHANNELS, SESSION_RATE_HZ

SYSTEM_PYTHON = "/usr/bin/python3"
HERE = Path(__file__).parent
WATCH_AFTER_S = 4.0
WATCH_S = 12.0
PATIENCE_S = 60.0


@dataclass(frozen=True, slots=True)
class Peer:
    """Another player.

    Attributes
    ----------
    name : str
        As the report calls it.
    command : tuple[str, ...]
        What does the job on the headphones.
    lacks : str
        Why it cannot be run here; empty if it can.
    """

    name: str
    command: tuple[str, ...]
    lacks: str


@dataclass(frozen=True, slots=True)
class Tones:
    """The files that the peers play.

    Attributes
    ----------
    a, b : Path
        The leaving tone up to the end of its fade, and the arriving one.
    long_a : Path
        The leaving tone, longer: libVLC takes no volume in a file's last second.
    """

    a: Path
    b: Path
    long_a: Path


def written_tones(folder: Path) -> Tones:
    """Write the files that the peers play and return them."""
    tones = Tones(folder / "a.wav", folder / "b.wav", folder / "long-a.wav")
    write_tone(tones.a, A_HZ, FADE_END_S)
    write_tone(tones.b, B_HZ, END_S - FADE_START_S)
    write_tone(tones.long_a, A_HZ, END_S)
    return tones


def peers(tones: Tones) -> tuple[Peer, ...]:
    """Return the players that do the job in real time."""
    gst_job, vlc_job = (str(HERE / f"{name}_job.py") for name in ("gstreamer", "vlc"))
    gstreamer = (SYSTEM_PYTHON, gst_job, str(tones.a), str(tones.b), SINK)
    vlc = (sys.executable, vlc_job, str(tones.long_a), str(tones.b))
    times = (str(FADE_START_S), str(FADE_S))
    return (
        Peer("GStreamer", (*gstreamer, *times), _lack_of_gstreamer()),
        Peer("libVLC", (*vlc, *times, str(END_S)), _lack_of_vlc()),
    )


def played(peer: Peer, card: VirtualCard, clock: Clock) -> Use:
    """Let a peer do the job and return what it took of the machine.

    Raises
    ------
    RuntimeError
        If it fails.
    """
    process = subprocess.Popen(
        peer.command,
        env={**card.environment, "PYTHONPATH": os.pathsep.join(sys.path)}
        if peer.command[0] == sys.executable
        else card.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    clock.sleep(WATCH_AFTER_S)
    (use,) = uses_over([process.pid], WATCH_S, clock)
    _, said = process.communicate(timeout=PATIENCE_S)
    if process.returncode != 0:
        raise RuntimeError(f"{peer.name} failed: {said.strip()}")
    return use


def ffmpeg_reference(tones: Tones) -> NDArray[np.float32]:
    """Return the job as ffmpeg's acrossfade makes it offline, shape (frames, 2)."""
    law = f"acrossfade=d={FADE_S:g}:c1=qsin:c2=qsin"
    done = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", tones.a, "-i", tones.b, "-filter_complex", law,
         "-f", "f32le", "-ac", str(CHANNELS), "-ar", str(SESSION_RATE_HZ), "-"],
        check=True, capture_output=True,
    )  # fmt: skip
    return np.frombuffer(done.stdout, np.float32).reshape(-1, CHANNELS)


def _lack_of_gstreamer() -> str:
    needed = "import gi; gi.require_version('GstController', '1.0')"
    words = [SYSTEM_PYTHON, "-c", needed]
    there = (
        shutil.which(SYSTEM_PYTHON)
        and not subprocess.run(words, check=False, capture_output=True).returncode
    )
    return "" if there else "python3-gi or gir1.2-gstreamer-1.0 is not installed"


def _lack_of_vlc() -> str:
    return "" if importlib.util.find_spec("vlc") else "python-vlc is not installed"
