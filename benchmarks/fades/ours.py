"""The job done by this program: a real session, from the command to the headphones."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from fakes.plans import data_folder
from numpy.typing import NDArray
from rig.chair import Chair
from rig.virtual_card import VirtualCard

from benchmarks.fades.job import A_HZ, B_HZ, END_S, FADE_END_S, FADE_S, formula
from benchmarks.fades.plans import ToneCue, stored_plan
from benchmarks.fades.processes import Use, started_s, uses_over
from benchmarks.fades.recorder import SINK, Recorder
from soundscape.clock import Clock
from soundscape.units import SESSION_RATE_HZ, Seconds

HOST = "soundscape.session.host"
HOLDER = "soundscape.engine.holder"
SESSION_END_S = Seconds(60.0)
WATCH_AFTER_S = 3.0
WATCH_S = 12.0


@dataclass(frozen=True, slots=True)
class Ours:
    """What is known of this program beyond what is measured of every player.

    Attributes
    ----------
    from_render, from_formula : float
        Largest difference of any sample recorded: from the offline render, from arithmetic.
    host, holder : Use
        What the two processes took while the session ran.
    command_start_s, host_start_s, holder_start_s : float
        From the start of the command, of the host, of the holder to the first sound.
    """

    from_render: float
    from_formula: float
    host: Use
    holder: Use
    command_start_s: float
    host_start_s: float
    holder_start_s: float


@contextmanager
def chair_of_tones(folder: Path, card: VirtualCard) -> Iterator[Chair]:
    """Yield a chair whose plan is the job; nothing of it is left behind."""
    data = data_folder(folder)
    tones = (
        ToneCue(A_HZ, Seconds(FADE_END_S), Seconds(0.0)),
        ToneCue(B_HZ, SESSION_END_S, Seconds(FADE_S)),
    )
    chair = Chair(data, stored_plan(data, tones, SESSION_END_S), card.environment)
    try:
        yield chair
    finally:
        chair.end()
        shutil.rmtree(folder)


def played(chair: Chair, recorder: Recorder, clock: Clock) -> Ours:
    """Run the job as a session and return what was recorded against what should have been.

    Raises
    ------
    RuntimeError
        If the session fails.
    """
    events = [{"at_s": END_S, "event": "stop_fast"}]
    begun_s = clock.now()
    chair.run("--device", SINK, events=events)
    (host,), (holder,) = chair.processes(HOST), chair.processes(HOLDER)
    starts_s = (begun_s, started_s(host), started_s(holder))
    clock.sleep(WATCH_AFTER_S)
    host_use, holder_use = uses_over([host, holder], WATCH_S, clock)
    if chair.wait() != 0:
        raise RuntimeError("the session did not end by itself")
    recorded = recorder.samples()
    from_command_s, from_host_s, from_holder_s = (
        recorder.origin_s + first_sound(recorded) / SESSION_RATE_HZ - start_s
        for start_s in starts_s
    )
    return Ours(
        from_render=difference(recorded, chair.rendered(chair.script(events))),
        from_formula=difference(recorded, _both_sides(formula(Seconds(END_S)))),
        host=host_use,
        holder=holder_use,
        command_start_s=from_command_s,
        host_start_s=from_host_s,
        holder_start_s=from_holder_s,
    )


def first_sound(samples: NDArray[np.float32]) -> int:
    """Return the first frame that is not silent.

    Parameters
    ----------
    samples : NDArray[np.float32], shape (frames, channels)
        A recording.

    Raises
    ------
    ValueError
        If all of it is silent.
    """
    for start in range(0, len(samples), SESSION_RATE_HZ):
        loud = np.flatnonzero(np.any(samples[start : start + SESSION_RATE_HZ], axis=1))
        if len(loud):
            return start + int(loud[0])
    raise ValueError("nothing was heard")


def difference(recorded: NDArray[np.float32], expected: NDArray[np.float32]) -> float:
    """Return the largest difference of any sample, the first sounds laid on each other.

    Parameters
    ----------
    recorded, expected : NDArray[np.float32], shape (frames, 2)
        What was heard, and what should have been.

    Raises
    ------
    ValueError
        If the recording is the shorter one.
    """
    start = first_sound(recorded) - first_sound(expected)
    heard = recorded[start : start + len(expected)]
    if start < 0 or len(heard) < len(expected):
        raise ValueError("the recording is too short")
    return float(np.abs(heard - expected).max())


def _both_sides(sound: NDArray[np.float64]) -> NDArray[np.float32]:
    return np.column_stack([sound, sound]).astype(np.float32)
