"""What the plot shows: panels of named numbers, ready to draw."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from benchmarks.analysis import summary
from benchmarks.analysis.results import Results
from benchmarks.analysis.score import Estimate

_SMALLEST_LU = 0.001
_WHOLE_ANALYSES = (
    summary.OURS,
    summary.OURS_WITH_VOICE,
    "librosa-beat",
    "essentia-rhythm",
    "bliss",
    "aubio",
    "bpm-tools",
    "libebur128",
)


@dataclass(frozen=True, slots=True)
class Mark:
    """One number, its interval if it has one, and whether it is this project's."""

    name: str
    value: float
    low: float
    high: float
    ours: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """Marks below one another, from the best to the worst."""

    title: str
    marks: tuple[Mark, ...]
    logarithmic: bool = False


def panels(results: Results) -> list[dict[str, Any]]:
    """Return the plot's panels, ready for JSON."""
    calm = summary.tempo_groups(results).get("calm", {})
    first = {tool: figures.first for tool, figures in calm.items()}
    second = {tool: figures.second for tool, figures in calm.items()}
    integrated = {
        tool: _exact(max(figures.integrated_lu, _SMALLEST_LU))
        for tool, figures in summary.loudness(results).items()
    }
    energy = {
        f"{tool} {measure}".replace("_", " "): estimate
        for (tool, measure), estimate in summary.energy(results).items()
    }
    whole = {
        tool: figures
        for tool, figures in summary.costs(results).items()
        if tool in _WHOLE_ANALYSES
    }
    cost = {tool: _exact(figures.minute_cpu_s) for tool, figures in whole.items()}
    memory = {tool: _exact(figures.peak_mb) for tool, figures in whole.items()}
    drawn = (
        Panel("Tempo, calm scores: Accuracy 1", _sorted(first, up=True)),
        Panel("Tempo, calm scores: Accuracy 2", _sorted(second, up=True)),
        Panel("Cost: CPU s per audio minute", _sorted(cost, up=False)),
        Panel("Memory: peak MB", _sorted(memory, up=False)),
        Panel("Energy: AUC of battle over peace", _sorted(energy, up=True)),
        Panel(
            "Loudness: largest LU off libebur128", _sorted(integrated, up=False), logarithmic=True
        ),
    )
    return [asdict(panel) for panel in drawn if panel.marks]


def _exact(number: float) -> Estimate:
    return Estimate(number, number, number)


def _sorted(estimates: Mapping[str, Estimate], *, up: bool) -> tuple[Mark, ...]:
    marks = [
        Mark(name, each.value, each.low, each.high, ours=name.startswith(summary.OURS))
        for name, each in estimates.items()
        if not math.isnan(each.value)  # of a tool that read no file
    ]
    return tuple(sorted(marks, key=lambda mark: mark.value, reverse=up))
