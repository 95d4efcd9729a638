"""Many crossfades over a long session, every sample compared with the offline render."""

import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from fakes.plans import data_folder
from rig.chair import Chair
from rig.virtual_card import VirtualCard

from benchmarks.fades.job import A_HZ, B_HZ
from benchmarks.fades.measures import silences
from benchmarks.fades.ours import HOLDER, HOST, first_sound
from benchmarks.fades.plans import ToneCue, stored_plan
from benchmarks.fades.processes import cores_loaded, uses_over
from benchmarks.fades.recorder import SINK, Recorder
from soundscape.clock import Clock
from soundscape.media.store import Store
from soundscape.session.offline import rehearsed, rendered
from soundscape.units import SESSION_RATE_HZ, Seconds

FADES = 10
FADE_S = 4.0
GAP_MS = 2.0
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
    largest : float
        The largest difference of a sample.
    """

    frames: int
    differing: int
    largest: float


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
                status = chair.wait()
            ended = next(e for e in chair.entries(session) if e.event == "session_ended")
            compared = _compared(chair, recorder)
            gap_frames = GAP_MS * SESSION_RATE_HZ / 1000.0
            return {
                "minutes": minutes,
                "cores": cores,
                "fades": FADES,
                "status": status,
                "gaps": int(np.count_nonzero(silences(recorder.samples()) >= gap_frames)),
                "host": asdict(host),
                "holder": asdict(holder),
                **asdict(compared),
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


def _compared(chair: Chair, recorder: Recorder) -> Compared:
    recorded = recorder.samples()
    place, frames, differing, largest = -1, 0, 0, 0.0
    for block in rendered(rehearsed(chair.plan, ()), Store(chair.folder.store)):
        if place < 0:
            place = first_sound(recorded) - first_sound(block)
        heard = recorded[place : place + len(block)]
        away = np.abs(heard - block[: len(heard)]).max(axis=1)
        differing += int(np.count_nonzero(away)) + len(block) - len(heard)
        largest = max(largest, float(away.max(initial=0.0)))
        place += len(block)
        frames += len(block)
    return Compared(frames, differing, largest)
