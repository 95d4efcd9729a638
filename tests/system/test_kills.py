"""Host, holder and windows killed at random moments: what was acknowledged stays, nothing is left.

``SOUNDSCAPE_KILLS=1000`` tries as many.
"""

import contextlib
import itertools
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from rig.chair import Chair

from soundscape.clock import MachineClock
from soundscape.errors import SoundscapeError
from soundscape.folders import DataFolder
from soundscape.session.client import SessionClient, arm_free_chair, launch
from soundscape.session.files import Armed, Terms

pytestmark = pytest.mark.slow
KILLS = int(os.environ.get("SOUNDSCAPE_KILLS", "60"))
KILLS_A_SESSION = 20
TELLER = Path(__file__).parents[1] / "rig" / "teller.py"
KEEPER, HOST, HOLDER = (
    "soundscape.session.keeper", "soundscape.session.host", "soundscape.engine.holder"
)  # fmt: skip


class Window:
    """A window that tells notes; killed and opened again."""

    def __init__(self, chair: Chair) -> None:
        self._chair = chair
        self._said = chair.folder.root / "said.txt"
        self._names = itertools.count()
        self._process: subprocess.Popen[bytes] | None = None

    def open(self) -> None:
        """Open it."""
        words = [sys.executable, str(TELLER), str(self._chair.runtime), f"{next(self._names)}"]
        with self._said.open("ab") as said:
            self._process = subprocess.Popen(words, stdout=said, env=self._chair.environment)

    def kill(self) -> None:
        """End it at once."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)

    def acknowledged(self) -> list[str]:
        """Return the notes that it was told to be on the disk."""
        return self._said.read_text(encoding="ascii").split()


class Attacked:
    """A session on a chair, under attack."""

    def __init__(self, chair: Chair) -> None:
        self.chair = chair
        self._folder = DataFolder(chair.folder.root)
        self._clock = MachineClock()
        terms = Terms(device="null", scale=10.0, attended=True)
        plan = chair.plan_file
        self.armed: Armed = arm_free_chair(self._folder, plan, (), terms, self._clock)
        self._keepers = [launch(self._folder, self.armed, self._clock)]

    def revive(self) -> None:
        """Resume the session where its keeper has given up after too many deaths."""
        if not self.chair.processes(KEEPER):
            with contextlib.suppress(SoundscapeError):  # it may be killed even now
                again = launch(self._folder, self.armed, self._clock, resume=True)
                self._keepers.append(again)

    def is_ended(self) -> bool:
        """Press stop; return whether that has ended the session."""
        if self.chair.passed(self.armed.session, "session_ended"):
            return True
        self.revive()
        desk = SessionClient(self._folder.runtime, "desk")
        with contextlib.closing(desk), contextlib.suppress(SoundscapeError):
            desk.send("stop_fast")
        return False

    def has(self, module: str) -> bool:
        """Return whether a process of a module runs; see that it will."""
        self.revive()
        return bool(self.chair.processes(module))

    def is_gone(self) -> bool:
        """Return whether nothing of the session is left in the machine."""
        running = [self.chair.processes(module) for module in (KEEPER, HOST, HOLDER)]
        if any(running) or self.chair.shared_memory():
            return False
        for keeper in self._keepers:
            keeper.wait(10)
        return True


@pytest.fixture
def chair(deaf_chair: Chair, monkeypatch: pytest.MonkeyPatch) -> Iterator[Chair]:
    """Yield a chair without a card, which this process can reach."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", deaf_chair.environment["XDG_RUNTIME_DIR"])
    yield deaf_chair
    deaf_chair.end()


def attack(session: Attacked, window: Window, rng: np.random.Generator, kills: int) -> None:
    """Kill so many processes at random moments, and see that each comes back."""
    clock = MachineClock()
    for _ in range(kills):
        victim = str(rng.choice([HOST, HOST, HOLDER, "window"]))
        if victim == "window":
            window.kill()
            window.open()
        else:
            session.chair.until(partial(session.has, victim))
            session.chair.kill(victim)
        clock.sleep(float(rng.exponential(0.3)))


@pytest.mark.parametrize("number", range(max(1, KILLS // KILLS_A_SESSION)))
def test_kills_at_random_moments_lose_nothing_and_leave_nothing(number: int, chair: Chair) -> None:
    session, window = Attacked(chair), Window(chair)
    window.open()
    chair.until(lambda: bool(window.acknowledged()))
    rng = np.random.default_rng(number)
    attack(session, window, rng, KILLS_A_SESSION)
    window.kill()
    chair.until(session.is_ended)
    chair.until(session.is_gone)

    entries = chair.entries(session.armed.session)
    notes = [entry.facts["text"] for entry in entries if entry.event == "note"]

    assert set(window.acknowledged()) <= set(notes)
    assert len(notes) == len(set(notes))
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
