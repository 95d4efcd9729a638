"""``soundscape analyze``: measures files without touching a library."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from playlists.analysis.pool import examine_all
from playlists.analysis.worker import Examined
from playlists.models import Analysis
from ui.commands.arguments import Crew, add_crew, crew
from ui.commands.facts import analysis_facts, shown

SUMMARY = "measure sound files: tempo, energy, loudness, voice"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a sound file")
    add_crew(parser)


def run(options: argparse.Namespace) -> int:
    """Print one line for each file, in their order; 1 if any could not be analyzed."""
    status = 0
    with crew(options) as hands:
        for examined in _in_order(options.files, hands):
            status |= examined.analysis is None
            line = json.dumps(_as_json(examined)) if options.json else _as_text(examined)
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
    return status


def _in_order(files: Sequence[Path], hands: Crew) -> Iterator[Examined]:
    """Yield what is found in each file as soon as those before it are done."""
    done: dict[Path, Examined] = {}
    said = 0
    paths = dict.fromkeys(files)
    for examined in examine_all(paths, executor=hands.executor, ahead=hands.ahead):
        done[examined.path] = examined
        while said < len(files) and files[said] in done:
            yield done[files[said]]
            said += 1


def _as_json(examined: Examined) -> dict[str, Any]:
    """Return the object of one file; what does not exist is null."""
    measured: dict[str, Any] = {field.name: None for field in fields(Analysis)}
    measured |= {"beatless": None}
    if examined.analysis is not None:
        measured = analysis_facts(examined.analysis)
    ok = examined.analysis is not None
    return {"path": shown(examined.path), "ok": ok, "error": examined.reason or None, **measured}


def _as_text(examined: Examined) -> str:
    """Return one plain line."""
    path, analysis = shown(examined.path), examined.analysis
    if analysis is None:
        return f"{path}: {examined.reason}"
    tempo = "no beat" if analysis.tempo_bpm is None else f"{analysis.tempo_bpm:.1f} BPM"
    voice = analysis.vocal_probability
    parts = (
        f"{int(analysis.duration_s // 60)}:{int(analysis.duration_s % 60):02}",
        f"energy {analysis.energy:.2f}",
        tempo,
        f"{analysis.integrated_lufs:.1f} LUFS",
        f"range {analysis.loudness_range_lu:.1f} LU",
        f"peak {analysis.true_peak_dbtp:.1f} dBTP",
        "voice unknown" if voice is None else f"voice {voice:.2f}",
    )
    return f"{path}: {', '.join(parts)}"
