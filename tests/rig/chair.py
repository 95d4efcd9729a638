"""A chair of its own for a test: data, plan, processes, and nothing left behind."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from fakes.plans import data_folder, short_plan
from numpy.typing import NDArray

from soundscape.clock import MachineClock
from soundscape.engine.ring import Field
from soundscape.engine.ring_file import open_ring, ring_folder
from soundscape.errors import EngineError
from soundscape.folders import DataFolder
from soundscape.media.store import Store
from soundscape.session.events import SessionEvent, script_from_json
from soundscape.session.files import read_armed
from soundscape.session.journal import Entry, read_journal
from soundscape.session.offline import rehearsed, rendered
from soundscape.session.plan import SessionPlan
from soundscape.session.plan_file import read_plan, write_plan
from soundscape.session.record import reconstruct
from soundscape.units import Seconds

_BEGIN = """
import sys
from pathlib import Path
from soundscape.folders import DataFolder
from soundscape.session.client import start_session
print(start_session(DataFolder(Path(sys.argv[1])), Path(sys.argv[2]), device=sys.argv[3]))
"""

LOOK_S = 0.05
PATIENCE_S = 60.0


@dataclass
class Chair:
    """A chair of its own: data folder, plan, environment.

    Attributes
    ----------
    folder : DataFolder
        Its data.
    plan_file : Path
        A plan of tones.
    environment : dict[str, str]
        For its processes.
    """

    folder: DataFolder
    plan_file: Path
    environment: dict[str, str]
    started: list["subprocess.Popen[str]"] = field(default_factory=list)

    @property
    def plan(self) -> SessionPlan:
        """The plan."""
        return read_plan(self.plan_file)

    @property
    def runtime(self) -> Path:
        """Where the chair's processes meet."""
        return Path(self.environment["XDG_RUNTIME_DIR"]) / self.folder.runtime.name

    def command(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Run a command of the program to its end."""
        return subprocess.run(
            self._words(*words), env=self.environment, capture_output=True, text=True, check=False
        )

    def run(self, *words: str, events: Sequence[dict[str, Any]] | None = None) -> str:
        """Start ``soundscape run`` and return the session's identifier."""
        if events is not None:
            script = self.folder.root / "events.json"
            script.write_text(json.dumps(events), encoding="utf-8")
            words = (*words, "--events", str(script))
        process = subprocess.Popen(
            self._words("run", str(self.plan_file), *words),
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.started.append(process)
        assert process.stdout is not None
        return process.stdout.readline().strip()

    def begin(self, device: str) -> str:
        """Start a session as the desk does, which waits for staff; return its identifier."""
        words = [sys.executable, "-c", _BEGIN, str(self.folder.root), str(self.plan_file), device]
        done = subprocess.run(
            words, env=self.environment, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    def wait(self) -> int:
        """Return the exit status of the last ``run`` once it has ended."""
        return self.started[-1].wait(PATIENCE_S * 4)

    def entries(self, session: str) -> list[Entry]:
        """Return a session's record so far."""
        return read_journal(self.folder.sessions / session)

    def at(self, session: str, at_s: float) -> dict[str, Any]:
        """Return what the record says of a second."""
        armed = read_armed(self.folder, session)
        return reconstruct(armed, self.entries(session), Seconds(at_s))

    def until(self, condition: Callable[[], bool]) -> None:
        """Return once something holds; fail if it does not within a minute."""
        clock = MachineClock()
        begun_s = clock.now()
        while not condition():
            assert clock.now() - begun_s < PATIENCE_S, "this should have happened by now"
            clock.sleep(LOOK_S)

    def passed(self, session: str, event: str) -> bool:
        """Return whether the record has an event."""
        with contextlib.suppress(Exception):
            return any(entry.event == event for entry in self.entries(session))
        return False

    def processes(self, module: str) -> list[int]:
        """Return the numbers of this chair's processes of a module; a spare is none yet."""
        found = self._all(module)
        spares = set(self.spares())  # after it: a spare may begin at any moment
        return [number for number in found if number not in spares]

    def spares(self) -> list[int]:
        """Return the numbers of the processes that wait to take over the sound card."""
        in_charge = 0
        with contextlib.suppress(EngineError):
            in_charge = open_ring((self.runtime / "ring").resolve()).get(Field.HOLDER_PID)
        return [n for n in self._all("soundscape.engine.holder", "--wait") if n != in_charge]

    def _all(self, *given: str) -> list[int]:
        found = []
        for proc in Path("/proc").iterdir():
            with contextlib.suppress(OSError):
                words = (proc / "cmdline").read_bytes().split(b"\0") if proc.name.isdigit() else []
                mine = str(self.folder.root).encode() in words or (
                    str(self.runtime).encode() in words
                )
                if mine and all(word.encode() in words for word in given):
                    found.append(int(proc.name))
        return found

    def kill(self, module: str) -> None:
        """End this chair's processes of a module at once."""
        for number in self.processes(module):
            os.kill(number, signal.SIGKILL)

    @contextlib.contextmanager
    def window(self, role: str, *, seconds_open: float = 5.0) -> Iterator[subprocess.Popen[bytes]]:
        """Yield a window that is open on the session, without a screen; end it at once."""
        offscreen = {**self.environment, "QT_QPA_PLATFORM": "offscreen"}
        window = subprocess.Popen(self._words("--role", role), env=offscreen)
        try:
            MachineClock().sleep(seconds_open)
            assert window.poll() is None, "the window closed by itself"
            yield window
        finally:
            window.kill()
            window.wait(10)
            for number in self.windows(role):  # the patient's screen is kept open by another
                os.kill(number, signal.SIGKILL)

    def windows(self, role: str, *given: str) -> list[int]:
        """Return the numbers of the processes that show a window, with who keeps it open."""
        return self._all("--role", role, *given)

    def rendered(self, events: Sequence[SessionEvent] = ()) -> NDArray[np.float32]:
        """Return what a session should sound like, shape (frames, 2)."""
        timeline = rehearsed(self.plan, events)
        return np.concatenate(list(rendered(timeline, Store(self.folder.store))))

    def script(self, events: Sequence[dict[str, Any]]) -> tuple[SessionEvent, ...]:
        """Return a script's events."""
        return script_from_json(list(events))

    def end(self) -> None:
        """Leave no process behind."""
        for module in ("keeper", "host"):
            self.kill(f"soundscape.session.{module}")
        for number in self._all("soundscape.engine.holder"):
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        for memory in self.shared_memory():
            memory.unlink()
        for process in self.started:
            process.kill()
            process.wait(10)
            if process.stdout is not None:
                process.stdout.close()

    def shared_memory(self) -> list[Path]:
        """Return the rings of this chair's sessions that are still there."""
        return list(ring_folder().glob(f"{self.runtime.name}-*"))

    def _words(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "soundscape", *words, "--data-dir", str(self.folder.root)]


def chair_like(template: DataFolder, root: Path, environment: dict[str, str]) -> Chair:
    """Return a chair with a plan that was made once; its files are linked, not copied."""
    folder = data_folder(root)
    shutil.copytree(template.store, folder.store, copy_function=os.link)
    return Chair(folder, template.root / "plan.json", environment)


def made_plan(root: Path, unit_s: float) -> DataFolder:
    """Return a data folder with a plan of tones whose phases last about a unit of time."""
    folder = data_folder(root)
    write_plan(folder.root / "plan.json", short_plan(folder, unit_s), {})
    return folder
