"""Power cuts, replayed: what a program wrote is traced, and the power cut after each of its steps.

A crash state is all that was synced until then, and of the rest nothing, everything, or random
sectors. What the program had said to be on the disk must be there in each of them.
"""

import re
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from soundscape.errors import SessionError
from soundscape.session.journal import JOURNAL_FILE, read_journal

SECTOR_BYTES = 512
TORN_SHARE = 0.6
RECORDER = Path(__file__).with_name("recorder.py")
_CALLS = "pwrite64,write,fsync,fdatasync,ftruncate,unlink"
_BYTES = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_FILE = re.compile(r"\(\d+<([^>]*)>")
_SAID = re.compile(rb"ACK (\d+)")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that a program did to its disk, or said.

    Attributes
    ----------
    call : str
        The system call; ``said`` for an acknowledgment.
    name : str
        The file's name.
    at : int
        Byte that was written from, length that was cut to, or number that was acknowledged.
    data : bytes
        What was written.
    """

    call: str
    name: str = ""
    at: int = 0
    data: bytes = b""


@dataclass
class Outcome:
    """What was found after all power cuts.

    Attributes
    ----------
    acknowledged : int
        Entries that the program said to be on the disk.
    states, damaged, losing, most_lost : int
        Crash states looked at; those that could not be read; those that lack acknowledged
        entries, and how many at most.
    """

    acknowledged: int = 0
    states: int = 0
    damaged: int = 0
    losing: int = 0
    most_lost: int = 0


@dataclass
class Disk:
    """What is certain of a disk, and what only was written."""

    synced: dict[str, bytearray] = field(default_factory=dict)
    pending: dict[str, list[Step]] = field(default_factory=dict)

    def take(self, step: Step) -> None:
        """Let a step happen."""
        if step.call in {"pwrite64", "ftruncate"}:
            self.synced.setdefault(step.name, bytearray())
            self.pending.setdefault(step.name, []).append(step)
        elif step.call in {"fsync", "fdatasync"}:
            for each in self.pending.pop(step.name, []):
                apply(each, self.synced[step.name])
        elif step.call == "unlink":
            self.synced.pop(step.name, None)
            self.pending.pop(step.name, None)

    def states(self, rng: np.random.Generator) -> Iterator[dict[str, bytearray]]:
        """Yield what may be found after a power cut: nothing, all, or some of what is pending."""
        yield self.synced
        yield self._with(lambda steps: steps)
        yield self._with(lambda steps: (s for step in steps for s in sectors_of(step, rng)))

    def _with(self, kept: Callable[[Sequence[Step]], Iterable[Step]]) -> dict[str, bytearray]:
        found = {name: bytearray(content) for name, content in self.synced.items()}
        for name, steps in self.pending.items():
            for step in kept(steps):
                apply(step, found[name])
        return found


def apply(step: Step, content: bytearray) -> None:
    """Change a file's content as a step does."""
    if step.call == "ftruncate":
        del content[step.at :]
    content.extend(bytes(max(0, step.at - len(content))))
    content[step.at : step.at + len(step.data)] = step.data


def sectors_of(step: Step, rng: np.random.Generator) -> Iterator[Step]:
    """Yield a random part of a step's sectors."""
    if step.call == "ftruncate":
        if rng.random() < TORN_SHARE:
            yield step
        return
    for first in range(0, len(step.data), SECTOR_BYTES):
        if rng.random() < TORN_SHARE:
            part = step.data[first : first + SECTOR_BYTES]
            yield Step(step.call, step.name, step.at + first, part)


def traced(folder: Path, words: Sequence[str]) -> list[Step]:
    """Run the recorder on an empty folder and return what it did there."""
    with tempfile.NamedTemporaryFile(mode="r", encoding="ascii", errors="replace") as trace:
        subprocess.run(
            ["strace", "-f", "-qq", "-y", "-xx", "-s", "10000000", "-o", trace.name,
             "-e", f"trace={_CALLS}", sys.executable, str(RECORDER), str(folder), *words],
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        return list(steps_in(whole_lines(trace), folder))


def whole_lines(trace: Iterable[str]) -> Iterator[str]:
    """Yield each call as one line, where it ended: threads interrupt each other's lines."""
    begun: dict[str, str] = {}
    for line in trace:
        thread, text = line.split(maxsplit=1)
        if "<unfinished ...>" in text:
            begun[thread] = text.partition("<unfinished")[0]
        elif text.startswith("<..."):
            yield begun.pop(thread) + text.partition("resumed>")[2]
        else:
            yield text


def steps_in(lines: Iterable[str], folder: Path) -> Iterator[Step]:
    """Yield what a trace says of the record's files, and what was acknowledged."""
    for line in lines:
        call = line.partition("(")[0]
        if re.search(r"= -1 ", line):
            continue
        found = [unescaped(text) for text in _BYTES.findall(line)]
        if call == "unlink":
            path = found[0].decode()
        else:
            opened = _FILE.search(line)
            path = unescaped(opened[1]).decode(errors="replace") if opened else ""
        if call == "write":
            yield from (Step("said", at=int(number)) for number in _SAID.findall(found[0]))
        elif Path(path).parent == folder and not path.endswith("-shm"):
            number = re.search(r", (\d+)\) += ", line)
            at = int(number[1]) if number and call in {"pwrite64", "ftruncate"} else 0
            yield Step(call, Path(path).name, at, found[0] if call == "pwrite64" else b"")


def unescaped(text: str) -> bytes:
    """Return the bytes of a text in which each of them may be given as a number."""
    parts = re.findall(r"\\x([0-9a-f]{2})|(.)", text)
    return b"".join(bytes.fromhex(number) if number else sign.encode() for number, sign in parts)


def cut_everywhere(steps: Sequence[Step], *, every: int = 1, seed: int = 0) -> Outcome:
    """Cut the power after each step, or each so many steps, and count what was lost."""
    disk, outcome, rng = Disk(), Outcome(), np.random.default_rng(seed)
    for number, step in enumerate(steps):
        disk.take(step)
        if step.call == "said":
            outcome.acknowledged = step.at
        if number % every == 0:
            for state in disk.states(rng):
                judge(state, outcome)
    return outcome


def judge(state: dict[str, bytearray], outcome: Outcome) -> None:
    """Start the machine again on what a power cut left, and read the record."""
    outcome.states += 1
    with tempfile.TemporaryDirectory(dir="/dev/shm") as name:  # memory is faster
        for file, content in state.items():
            Path(name, file).write_bytes(content)
        try:
            found = kept_in(Path(name))
        except (SessionError, sqlite3.Error):
            outcome.damaged += 1
            found = 0
    lost = outcome.acknowledged - found
    outcome.losing += lost > 0
    outcome.most_lost = max(outcome.most_lost, lost)


def kept_in(folder: Path) -> int:
    """Return the number of the last entry of a record that has no hole; 0 where none was begun."""
    path = folder / JOURNAL_FILE
    if not path.exists() or not path.stat().st_size:
        return 0
    with closing(sqlite3.connect(path)) as connection:
        if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("the record is damaged")
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'entry'").fetchone():
            return 0
    numbers = [entry.frame for entry in read_journal(folder)]
    if numbers != list(range(1, len(numbers) + 1)):
        raise sqlite3.DatabaseError("the record has holes")
    return len(numbers)
