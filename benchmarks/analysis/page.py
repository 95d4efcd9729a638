"""The report: ``template.md`` with the tables of a run put in."""

import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from string import Template

from benchmarks.analysis import summary
from benchmarks.analysis.results import Results
from benchmarks.analysis.score import Estimate

_TEMPLATE = Path(__file__).with_name("template.md")
_CALLED = {
    summary.OURS: "**Soundscape**",
    summary.OURS_WITH_VOICE: "**Soundscape with voice**",
    "librosa-beat": "librosa beat_track",
    "librosa-features": "librosa onset strength, centroid",
    "essentia-rhythm": "Essentia RhythmExtractor2013",
    "essentia-loudness": "Essentia LoudnessEBUR128",
    "essentia-danceability": "Essentia Danceability",
    "bliss": "bliss-audio, whole set",
    "aubio": "aubio tempo",
    "bpm-tools": "SoX and bpm-tools",
    "ffmpeg": "FFmpeg ebur128",
}


def page(results: Results) -> str:
    """Return the report of a run, in Markdown."""
    instrumental, checked, voice = summary.voices(results)
    music = [clip for clip in results.clips if clip.kind == "music"]
    return Template(_TEMPLATE.read_text(encoding="utf-8")).substitute(
        results.machine,
        tempo=_tempo_table(results),
        ahead=_ahead_table(results),
        beats=_beat_table(results),
        loudness=_loudness_table(results),
        energy=_energy_table(results),
        costs=_cost_table(results),
        instrumental=instrumental,
        checked=checked,
        voice=voice,
        tracks=len(music),
        minutes=f"{sum(clip.duration_s for clip in music) / 60:.0f}",
        high=sum(clip.label == "high" for clip in music),
        low=sum(clip.label == "low" for clip in music),
        workers=_workers(results),
    )


def _tempo_table(results: Results) -> str:
    groups = summary.tempo_groups(results)
    counts = {name: next(iter(tools.values())).count for name, tools in groups.items()}
    head = ["", *(f"{name} ({counts[name]})" for name in groups)]
    tools = list(next(iter(groups.values()), {}))
    rows = [
        [
            _called(tool),
            *(f"{_percent(g[tool].first)} / {_percent(g[tool].second)}" for g in groups.values()),
        ]
        for tool in tools
    ]
    return _table(head, rows)


def _ahead_table(results: Results) -> str:
    calm = summary.tempo_groups(results).get("calm", {})
    rows = [
        [_called(tool), _points(figures.ahead_first), _points(figures.ahead_second)]
        for tool, figures in calm.items()
        if tool != summary.OURS
    ]
    return _table(["Soundscape minus", "Accuracy 1", "Accuracy 2"], rows)


def _beat_table(results: Results) -> str:
    rows = [
        [
            _called(tool),
            _decimals(figures.area),
            _percent(figures.beats_missed),
            _percent(figures.beatless_found),
        ]
        for tool, figures in summary.beats(results).items()
    ]
    return _table(["", "AUC", "beat called none, %", "beatless found, %"], rows)


def _loudness_table(results: Results) -> str:
    rows = [
        [
            _called(tool),
            str(figures.count),
            _or_dash(figures.integrated_lu, 3),
            _or_dash(figures.range_lu, 2),
            _or_dash(figures.true_peak_db, 2),
        ]
        for tool, figures in summary.loudness(results).items()
    ]
    return _table(["", "tracks", "integrated, LU", "range, LU", "true peak, dB"], rows)


def _energy_table(results: Results) -> str:
    rows = [
        [f"{_called(tool)}: {measure.replace('_', ' ')}", _decimals(estimate)]
        for (tool, measure), estimate in summary.energy(results).items()
    ]
    return _table(["", "AUC"], rows)


def _cost_table(results: Results) -> str:
    rows = [
        [
            _called(tool),
            f"{figures.minute_cpu_s:.3f}",
            f"{figures.start_cpu_s:.1f}",
            f"{figures.peak_mb:.0f}",
            f"{figures.failed} of {figures.given}",
        ]
        for tool, figures in summary.costs(results).items()
    ]
    head = ["", "CPU s per audio minute", "CPU s to start", "peak MB", "files failed"]
    return _table(head, rows)


def _workers(results: Results) -> str:
    if not results.walls_s:
        return "Not measured in this run."
    said = [f"{count} in {wall_s:.1f} s" for count, wall_s in results.walls_s.items()]
    one_s, *_, most_s = results.walls_s.values()
    return f"Workers: {', '.join(said)}; {one_s / most_s:.2f} times as fast."


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _called(tool: str) -> str:
    return _CALLED.get(tool, tool)


def _percent(estimate: Estimate) -> str:
    low, high = 100 * estimate.low, 100 * estimate.high
    return f"{100 * estimate.value:.1f} [{low:.0f}, {high:.0f}]"


def _points(estimate: Estimate) -> str:
    low, high = 100 * estimate.low, 100 * estimate.high
    return f"{100 * estimate.value:+.1f} [{low:+.0f}, {high:+.0f}]"


def _decimals(estimate: Estimate) -> str:
    return f"{estimate.value:.3f} [{estimate.low:.2f}, {estimate.high:.2f}]"


def _or_dash(number: float, decimals: int) -> str:
    return "-" if math.isnan(number) else f"{number:.{decimals}f}"
