"""Many crossfades over a long session, every sample compared with the offline render."""

import os
import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from fakes.plans import data_folder
from numpy.typing import NDArray
from rig.chair import Chair
from rig.virtual_card import VirtualCard

from benchmarks.fades.job import A_HZ, B_HZ
from benchmarks.fades.ours import HOLDER, HOST, first_sound
from benchmarks.fades.plans import ToneCue, stored_plan
from benchmarks.fades.processes import cores_loaded, uses_over
from benchmarks.fades.recorder import SINK, Recorder
from soundscape.clock import Clock
from soundscape.media.store import Store
from soundscape.session.offline import rehearsed, rendered
from soundscape.units import SESSION_RATE_HZ, Seconds, frames_in

FADES = 10
FADE_S = 4.0
GAP_FRAMES = frames_in(0.002)
LONGEST_GAP_FRAMES = frames_in(10.0)
_WATCH_SHARE = 0.9
_SETTLED_S = 5.0


@dataclass(frozen=True, slots=True)
class Compared:
    """A recording against its render.

    Attributes
    ----------
    frames : int
        How many were compared.
    differing : int
        How many of them differ in any bit.
    gaps : int
        How often silence was heard instead.
    gaps_ms : float
        For how long, in all.
    """

    frames: int
    differing: int
    gaps: int
    gaps_ms: float


def long_run(folder: Path, minutes: float, cores: int, clock: Clock) -> dict[str, Any]:
    """Play a long session on a card of its own, with some cores kept busy; return the figures."""
    with VirtualCard(folder / "card") as card:
        chair = _chair(folder / "chair", minutes, card)
        try:
            with Recorder(card, folder / "long.raw", clock) as recorder, cores_loaded(cores):
                session = chair.run("--device", SINK)
                processes = [chair.processes(HOST)[0], chair.processes(HOLDER)[0]]
                clock.sleep(_SETTLED_S)
                host, holder = uses_over(processes, _WATCH_SHARE * 60.0 * minutes, clock)
                machine_load = os.getloadavg()[2]
                status = chair.wait()
            ended = next(e for e in chair.entries(session) if e.event == "session_ended")
            render = rendered(rehearsed(chair.plan, ()), Store(chair.folder.store))
            return {
                "minutes": minutes,
                "cores": cores,
                "fades": FADES,
                "status": status,
                "host": asdict(host),
                "holder": asdict(holder),
                "machine_load": machine_load,
                **asdict(compared(recorder.samples(), render)),
                **ended.facts,
            }
        finally:
            chair.end()
            shutil.rmtree(chair.folder.root)


def _chair(root: Path, minutes: float, card: VirtualCard) -> Chair:
    """Return a chair whose plan alternates two tones; no two files are the same."""
    data = data_folder(root)
    length_s = 60.0 * minutes / (FADES + 1) + FADE_S
    tones = [
        ToneCue((A_HZ, B_HZ)[number % 2], Seconds(length_s + 0.01 * number), Seconds(FADE_S))
        for number in range(FADES + 1)
    ]
    return Chair(
        data, stored_plan(data, tones, Seconds(60.0 * minutes), ".flac"), card.environment
    )


def compared(recorded: NDArray[np.float32], render: Iterable[NDArray[np.float32]]) -> Compared:
    """Lay a render on its recording, block by block, and go on behind each gap.

    Parameters
    ----------
    recorded : NDArray[np.float32], shape (frames, 2)
        What was heard; may lie in a file.
    render : Iterable[NDArray[np.float32]]
        What should have been, each of shape (frames, 2); the first block is not all silent.

    Returns
    -------
    Compared
        A gap is silence of 2 ms or more where there should be sound; what follows it is expected
        to go on where the sound stopped.
    """
    place: int | None = None
    frames = differing = gaps = gap_frames = 0
    for whole in render:
        if place is None:
            place = first_sound(recorded) - first_sound(whole)
        frames += len(whole)
        block = whole
        while (wrong := _wrong(recorded[place : place + len(block)], block)).any():
            first = int(np.argmax(wrong))
            hole = _hole(recorded, place + first)
            if hole < GAP_FRAMES:
                differing += int(np.count_nonzero(wrong))
                break
            gaps, gap_frames = gaps + 1, gap_frames + hole
            place += first + hole
            block = block[first:]
        place += len(block)
    return Compared(frames, differing, gaps, 1000.0 * gap_frames / SESSION_RATE_HZ)


def _wrong(heard: NDArray[np.float32], block: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return for each frame of a block whether it is missing or another one, shape (frames,)."""
    wrong = np.ones(len(block), np.bool_)
    wrong[: len(heard)] = np.any(heard != block[: len(heard)], axis=1)
    return wrong


def _hole(recorded: NDArray[np.float32], start: int) -> int:
    """Return how long a recording is silent from a frame on; 0 at its end."""
    ahead = np.any(recorded[start : start + LONGEST_GAP_FRAMES], axis=1)
    return int(np.argmax(ahead)) if ahead.any() else 0
