"""How late a word is heard: from the microphone to the headphones, on a virtual sound card.

``python -m benchmarks.talk`` with ``PYTHONPATH=tests``. A short tone sounds twice a second at the
microphone while the button is held. When its onset arrives at a recorder of the headphones is
compared with when it arrives at a recorder of the microphone, which waits as long.
"""

import contextlib
import os
import tempfile
from pathlib import Path

import numpy as np
from fakes.plans import SCENE, data_folder
from fakes.scenes import silent_plan
from numpy.typing import NDArray
from rig.chair import Chair
from rig.microphone import MICROPHONE, sounding
from rig.virtual_card import FRAME_BYTES, Recording, VirtualCard

from soundscape.clock import MachineClock
from soundscape.session.client import SessionClient, arm_free_chair, launch
from soundscape.session.files import Terms
from soundscape.session.plan_file import write_plan
from soundscape.session.talk_route import keep_route
from soundscape.units import SESSION_RATE_HZ, frames_in

EVERY = frames_in(0.5)
TONE = frames_in(0.05)
HELD_S = 12.0
LOUD = 0.02


def main() -> None:
    """Speak for a while, and print how late it was heard."""
    with contextlib.ExitStack() as stack:
        root = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ss-")))
        card = stack.enter_context(VirtualCard(root / "card"))
        os.environ.update(card.environment)
        heard = stack.enter_context(card.recorded("headphones"))
        said = stack.enter_context(card.recorded("speakers"))
        stack.enter_context(sounding(card, tones(), root))
        opened_s = spoken(_chair(root, card))
        late_ms = 1000.0 * lateness_s(onsets_s(said), onsets_s(heard))
    middle, worst = np.median(late_ms), np.percentile(late_ms, 95)
    print(
        f"{len(late_ms)} tones: heard {middle:.0f} ms after they were said (median), 95 of 100 "
        f"within {worst:.0f} ms; the microphone was open {1000 * opened_s:.0f} ms after the press"
    )


def tones() -> NDArray[np.float32]:
    """Return half a minute of short tones at the microphone."""
    frames = np.arange(60 * EVERY)
    tone = 0.1 * np.sin(2.0 * np.pi * 1_000.0 * frames / SESSION_RATE_HZ)
    return np.asarray(np.where(frames % EVERY < TONE, tone, 0.0), np.float32)


def spoken(chair: Chair) -> float:
    """Hold the button in a session; return after how many seconds the microphone was open."""
    clock = MachineClock()
    keep_route(chair.folder, MICROPHONE, -26.0)
    terms = Terms(device="headphones", scale=1.0, attended=True)
    armed = arm_free_chair(chair.folder, chair.plan_file, (), terms, clock)
    keeper = launch(chair.folder, armed, clock)
    with contextlib.closing(SessionClient(chair.runtime, "desk")) as desk:
        chair.until(lambda: bool(desk.status()["t_s"] > 1.0))
        pressed_s = clock.now()
        desk.send("talk_on")
        while not desk.status()["talk"]["open"]:
            clock.sleep(0.01)
        opened_s = clock.now() - pressed_s
        while clock.now() - pressed_s < HELD_S:
            desk.status()
            clock.sleep(0.1)
    chair.end()
    keeper.wait(20)
    return opened_s


def onsets_s(recording: Recording) -> NDArray[np.float64]:
    """Return when each tone began to arrive at a recorder, on the machine's clock."""
    loud = np.flatnonzero(np.abs(recording.samples()[:, 0]) > LOUD)
    first = loud[np.flatnonzero(np.diff(loud, prepend=-EVERY) > TONE)]
    times_s, counts = np.array(recording.arrivals).T
    ends = counts / FRAME_BYTES
    arrival = np.searchsorted(ends, first, side="right")
    return np.asarray(times_s[arrival] - (ends[arrival] - first) / SESSION_RATE_HZ)


def lateness_s(said_s: NDArray[np.float64], heard_s: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how long after the last tone that was said each one was heard."""
    before = np.searchsorted(said_s, heard_s) - 1
    return np.asarray(heard_s - said_s[before])[before >= 0]


def _chair(root: Path, card: VirtualCard) -> Chair:
    folder = data_folder(root / "data")
    write_plan(folder.root / "plan.json", silent_plan([SCENE] * 6, 60.0), {})
    return Chair(folder, folder.root / "plan.json", card.environment)


if __name__ == "__main__":
    main()
