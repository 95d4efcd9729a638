"""``soundscape render``: write exactly what the headphones would get."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from soundscape.clock import MachineClock
from soundscape.dsp.truepeak import TruePeakMeter
from soundscape.errors import InvalidPlanError
from soundscape.folders import data_folder
from soundscape.media.store import Store
from soundscape.media.writer import write_audio
from soundscape.session.events import SessionEvent, read_script
from soundscape.session.files import verify
from soundscape.session.offline import cue_table, rehearsed, rendered
from soundscape.session.plan_file import read_plan
from soundscape.units import Frames, seconds_in
from ui.commands.progress import Advance, progress_bar

SUMMARY = "write exactly what the headphones would get, as fast as the machine can"
ENDINGS = (".wav", ".flac")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("plan", type=Path, help="a plan made by 'soundscape plan'")
    parser.add_argument("out", type=Path, help="the file to write: .wav (float) or .flac (24-bit)")
    parser.add_argument(
        "--events", type=Path, metavar="FILE", help="JSON: what is told to the session, and when"
    )


def run(options: argparse.Namespace) -> int:
    """Render, and print what was rendered."""
    script = read_script(options.events) if options.events else ()
    facts = render(Store(data_folder(options.data_dir).store), options.plan, script, options.out)
    sys.stdout.write(json.dumps(facts, indent=None if options.json else 1) + "\n")
    return 0


def render(
    store: Store, plan_file: Path, script: tuple[SessionEvent, ...], out: Path
) -> dict[str, Any]:
    """Write a plan's sound and return length, speed, true peak and cues.

    Raises
    ------
    InvalidPlanError
        If the output's ending is not one that can be written.
    """
    if out.suffix.lower() not in ENDINGS:
        raise InvalidPlanError(out.name, "must end in .wav or .flac")
    plan = read_plan(plan_file)
    timeline = rehearsed(plan, script)
    verify(plan, store)
    clock, meter = MachineClock(), TruePeakMeter()
    begun_s = clock.now()
    length_s = seconds_in(timeline.end or Frames(0))
    with progress_bar("Rendering", length_s) as advance:
        write_audio(out, _measured(rendered(timeline, store), meter, advance))
    return {
        "seconds": round(length_s, 3),
        "realtime_factor": round(length_s / (clock.now() - begun_s), 1),
        "peak_dbtp": round(meter.reading(), 2),
        "cues": cue_table(timeline),
    }


def _measured(
    blocks: Iterable[NDArray[np.float32]], meter: TruePeakMeter, advance: Advance
) -> Iterator[NDArray[np.float32]]:
    done = 0
    for block in blocks:
        meter.add(block)
        done += len(block)
        advance(seconds_in(Frames(done)))
        yield block
