"""A program that records and says what is on the disk: the one that fault tests break.

Run as ``python recorder.py FOLDER COUNT``; see ``--help``.
"""

import argparse
import itertools
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

from soundscape.clock import MachineClock
from soundscape.session.journal import JOURNAL_FILE, Journal
from soundscape.units import Frames


def acknowledged(said: str) -> int:
    """Return the number of the last entry that a recorder said to be on the disk; 0 if none."""
    whole = said.rpartition("\n")[0]
    return max((int(line.removeprefix("ACK ")) for line in whole.splitlines()), default=0)


def say(number: int) -> None:
    """Say that all entries up to this one are on the disk."""
    sys.stdout.write(f"ACK {number}\n")
    sys.stdout.flush()


def record(folder: Path, numbers: range, text: str, *, pause_s: float, patience_s: float) -> None:
    """Record some entries, one after the other, and wait at the end until all are written."""
    clock = MachineClock()
    journal = Journal(folder, clock)
    for number in numbers:
        journal.add(Frames(number), "note", {"text": text})
        if journal.wait(1.0):
            say(number)
        clock.sleep(pause_s)
    journal.close(patience_s)
    if not journal.waiting:
        say(numbers[-1])


def record_carelessly(folder: Path, numbers: range, text: str) -> None:
    """Record as ``record`` does, but for all after the first trust the disk to keep it."""
    record(folder, numbers[:1], text, pause_s=0.0, patience_s=20.0)
    connection = sqlite3.connect(folder / JOURNAL_FILE, isolation_level=None)
    connection.execute("PRAGMA synchronous=OFF")
    for number in numbers[1:]:
        row = (number, "", "note", f'{{"text": "{text}"}}', "")
        connection.execute(
            "INSERT INTO entry (frame, wall, event, facts, link) VALUES (?, ?, ?, ?, ?)", row
        )
        say(number)
    connection.close()


def parts(first: int, count: int, sessions: int) -> Iterator[range]:
    """Yield so many numbers in parts that follow each other."""
    edges = [first + count * part // sessions for part in range(sessions + 1)]
    return (range(first, end) for first, end in itertools.pairwise(edges))


def main() -> None:
    """Record as the command line says."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--pause-s", type=float, default=0.0)
    parser.add_argument("--patience-s", type=float, default=20.0)
    parser.add_argument("--text-length", type=int, default=40)
    parser.add_argument("--sessions", type=int, default=1)
    parser.add_argument("--careless", action="store_true")
    options = parser.parse_args()
    text = "x" * options.text_length
    for numbers in parts(options.first, options.count, options.sessions):
        if options.careless:
            record_carelessly(options.folder, numbers, text)
        else:
            pause_s, patience_s = options.pause_s, options.patience_s
            record(options.folder, numbers, text, pause_s=pause_s, patience_s=patience_s)


if __name__ == "__main__":
    main()
