"""From the touch of Start to the first sound, at a desk that has long been open.

python -m benchmarks.fades.desk_start DATA_DIR PLAN DEVICE    the desk's part; a line starts the
session, another one ends it
"""

import subprocess
import sys
from pathlib import Path

from rig.chair import Chair

from benchmarks.fades.ours import first_sound
from benchmarks.fades.recorder import SINK, Recorder
from soundscape.clock import Clock, MachineClock
from soundscape.folders import DataFolder
from soundscape.session.client import SessionClient, running_session, start_session
from soundscape.units import SESSION_RATE_HZ

LOOK_S = 0.05


def touch_to_sound_s(chair: Chair, recorder: Recorder, clock: Clock) -> float:
    """Start a session as the desk does; return how long it took until something was heard.

    Raises
    ------
    RuntimeError
        If the desk cannot be spoken to.
    """
    words = [sys.executable, "-m", "benchmarks.fades.desk_start", str(chair.folder.root)]
    words += [str(chair.plan_file), SINK]
    desk = subprocess.Popen(
        words,
        env=chair.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    )
    if desk.stdin is None or desk.stdout is None:
        raise RuntimeError("the desk has no pipes")
    desk.stdout.readline()  # it is open
    begun_s = clock.now()
    desk.stdin.write("start\n")
    desk.stdout.readline()  # it sounds
    desk.communicate("end\n")
    heard_s = recorder.origin_s + first_sound(recorder.samples()) / SESSION_RATE_HZ
    return heard_s - begun_s


def _desk(folder: DataFolder, plan: Path, device: str) -> None:
    running_session(folder)  # a desk has looked long ago
    print("open", flush=True)
    sys.stdin.readline()
    print(start_session(folder, plan, device=device), flush=True)
    sys.stdin.readline()
    SessionClient(folder.runtime, "desk").stop_at_once()
    while running_session(folder):
        MachineClock().sleep(LOOK_S)


if __name__ == "__main__":
    _desk(DataFolder(Path(sys.argv[1])), Path(sys.argv[2]), sys.argv[3])
