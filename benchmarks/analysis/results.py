"""What a whole run of the benchmark has found, in memory and as a file."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.analysis.drive import Answer, Run
from benchmarks.analysis.materials import Clip


@dataclass(frozen=True, slots=True)
class Results:
    """All that the report is made of.

    Attributes
    ----------
    machine : Mapping[str, str]
        On what it ran.
    clips : tuple[Clip, ...]
        The sound files.
    runs : Mapping[str, Run]
        By tool; the answers by the clips' names.
    walls_s : Mapping[str, float]
        How long the program took over some music, by its number of workers.
    """

    machine: Mapping[str, str]
    clips: tuple[Clip, ...]
    runs: Mapping[str, Run]
    walls_s: Mapping[str, float]

    def answers(self, tool: str, *kinds: str) -> Iterator[tuple[Clip, Answer]]:
        """Yield the clips of some kinds that a tool was given, with its answers."""
        answers = self.runs[tool].answers
        for clip in self.clips:
            if clip.kind in kinds and clip.name in answers:
                yield clip, answers[clip.name]


def save(results: Results, path: Path) -> None:
    """Write results; where the files lay is left out."""
    stored = asdict(results)
    for clip in stored["clips"]:
        del clip["path"]
    path.write_text(json.dumps(_rounded(stored), indent=1) + "\n", encoding="utf-8")


def load(path: Path) -> Results:
    """Read what was saved."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    return Results(
        machine=stored["machine"],
        clips=tuple(Clip(path=Path(), **clip) for clip in stored["clips"]),
        runs={
            tool: Run(
                start=Answer(**run["start"]),
                answers={name: Answer(**answer) for name, answer in run["answers"].items()},
            )
            for tool, run in stored["runs"].items()
        },
        walls_s=stored["walls_s"],
    )


def _rounded(stored: object) -> object:
    """Return the same with at most six decimals."""
    if isinstance(stored, float):
        return round(stored, 6)
    if isinstance(stored, dict):
        return {key: _rounded(value) for key, value in stored.items()}
    if isinstance(stored, list | tuple):
        return [_rounded(value) for value in stored]
    return stored
