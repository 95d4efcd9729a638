"""The figures of a run: what the tables and the plot show."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from benchmarks.analysis.materials import Clip
from benchmarks.analysis.results import Results
from benchmarks.analysis.score import (
    Estimate,
    estimate_area,
    estimate_mean,
    is_accurate,
    is_accurate_but_for_octave,
)

OURS, OURS_WITH_VOICE, REFERENCE = "soundscape", "soundscape-voice", "libebur128"
TEMPO_TOOLS = (OURS, "librosa-beat", "essentia-rhythm", "bliss", "aubio", "bpm-tools")
LOUDNESS_TOOLS = (OURS, "ffmpeg", "loudgain", "pyloudnorm", "essentia-loudness")
ENERGY_MEASURES = (
    (OURS, "energy"),
    (OURS, "percussiveness"),
    (OURS, "lufs"),
    (OURS, "centroid_hz"),
    ("librosa-features", "onset_mean"),
    ("librosa-features", "centroid_hz"),
    ("essentia-danceability", "danceability"),
    ("bliss", "mean_loudness"),
    ("bliss", "zcr"),
    ("bliss", "mean_spectral_flatness"),
)
VOICE_BANDS = (0.4, 0.7)
_ESSENTIA_UNSURE = 1.0  # "very low confidence" in its documentation

_GROUPS: Mapping[str, Callable[[Clip], bool]] = {
    "calm": lambda clip: clip.kind == "score" and clip.style not in {"fast", "beatless"},
    "pads": lambda clip: clip.style == "pads",
    "fast": lambda clip: clip.style == "fast",
    "songs": lambda clip: clip.kind == "song",
}


@dataclass(frozen=True, slots=True)
class TempoFigures:
    """How right a tool is on a group, and how far this project is ahead of it on the same."""

    count: int
    first: Estimate
    second: Estimate
    ahead_first: Estimate
    ahead_second: Estimate


@dataclass(frozen=True, slots=True)
class BeatFigures:
    """How well a tool tells music with a beat from music without."""

    area: Estimate
    beats_missed: Estimate
    beatless_found: Estimate


@dataclass(frozen=True, slots=True)
class LoudnessFigures:
    """How far a tool is from the reference: the largest differences, NaN of what it lacks."""

    count: int
    integrated_lu: float
    range_lu: float
    true_peak_db: float


@dataclass(frozen=True, slots=True)
class CostFigures:
    """What a tool costs on real music, and on how many files of all it failed."""

    minute_cpu_s: float
    start_cpu_s: float
    peak_mb: float
    failed: int
    given: int


def tempo_groups(results: Results) -> dict[str, dict[str, TempoFigures]]:
    """Return the figures of each tool on each group that has clips."""
    given = {
        group: [clip for clip in results.clips if has(clip) and clip.tempo_bpm is not None]
        for group, has in _GROUPS.items()
    }
    tools = [tool for tool in TEMPO_TOOLS if tool in results.runs]
    return {
        group: {tool: _tempo(results, tool, clips) for tool in tools}
        for group, clips in given.items()
        if clips
    }


def _tempo(results: Results, tool: str, clips: list[Clip]) -> TempoFigures:
    first, second = _hits(results, tool, clips)
    our_first, our_second = _hits(results, OURS, clips)
    return TempoFigures(
        count=len(clips),
        first=estimate_mean(first),
        second=estimate_mean(second),
        ahead_first=estimate_mean(np.subtract(our_first, first).tolist()),
        ahead_second=estimate_mean(np.subtract(our_second, second).tolist()),
    )


def _hits(results: Results, tool: str, clips: list[Clip]) -> tuple[list[float], list[float]]:
    """Return for each clip whether the tool was right, 0 or 1, by both accuracies."""
    answers = results.runs[tool].answers
    first, second = [], []
    for clip in clips:
        bpm, true_bpm = (answers[clip.name].found or {}).get("bpm"), clip.tempo_bpm
        assert true_bpm is not None, "the clips of a group have a tempo"  # noqa: S101
        first.append(float(is_accurate(bpm, true_bpm)))
        second.append(float(is_accurate_but_for_octave(bpm, true_bpm)))
    return first, second


def beats(results: Results) -> dict[str, BeatFigures]:
    """Return how well the tools that say how sure they are tell beats from none."""
    says_none: dict[str, Callable[[Mapping[str, float | None]], bool]] = {
        OURS: lambda found: found["bpm"] is None,
        "essentia-rhythm": lambda found: (found["confidence"] or 0.0) < _ESSENTIA_UNSURE,
    }
    return {
        tool: figures
        for tool, test in says_none.items()
        if tool in results.runs and (figures := _beat(results, tool, test)) is not None
    }


def _beat(
    results: Results, tool: str, says_none: Callable[[Mapping[str, float | None]], bool]
) -> BeatFigures | None:
    """Return a tool's figures on the calm scores; None where a kind is missing."""
    found = {True: list[Mapping[str, float | None]](), False: list[Mapping[str, float | None]]()}
    for clip, answer in results.answers(tool, "score"):
        if answer.found is not None and clip.style != "fast":
            found[clip.tempo_bpm is None].append(answer.found)
    if not found[True] or not found[False]:
        return None
    confidences = {
        beatless: [each["confidence"] or 0.0 for each in group]
        for beatless, group in found.items()
    }
    return BeatFigures(
        area=estimate_area(confidences[False], confidences[True]),
        beats_missed=estimate_mean([float(says_none(each)) for each in found[False]]),
        beatless_found=estimate_mean([float(says_none(each)) for each in found[True]]),
    )


def loudness(results: Results) -> dict[str, LoudnessFigures]:
    """Return how far each meter is from the reference on the music."""
    return {
        tool: _loudness(results, tool)
        for tool in LOUDNESS_TOOLS
        if tool in results.runs and REFERENCE in results.runs
    }


def _loudness(results: Results, tool: str) -> LoudnessFigures:
    true = {clip.name: answer for clip, answer in results.answers(REFERENCE, "music")}
    both = [
        (answer.found, true[clip.name].found)
        for clip, answer in results.answers(tool, "music")
        if clip.name in true
    ]

    def largest(name: str) -> float:
        differences = [
            abs(ours - theirs)
            for found, reference in both
            if found is not None
            and reference is not None
            and (ours := found.get(name)) is not None
            and (theirs := reference[name]) is not None
        ]
        return max(differences, default=math.nan)

    return LoudnessFigures(
        count=sum(found is not None for found, _ in both),
        integrated_lu=largest("lufs"),
        range_lu=largest("range_lu"),
        true_peak_db=largest("true_peak_dbtp"),
    )


def energy(results: Results) -> dict[tuple[str, str], Estimate]:
    """Return how well each measure ranks ``high`` names above ``low`` ones."""
    return {
        (tool, measure): estimate_area(high, low)
        for tool, measure in ENERGY_MEASURES
        if tool in results.runs
        and (high := list(_measured(results, tool, measure, "high")))
        and (low := list(_measured(results, tool, measure, "low")))
    }


def _measured(results: Results, tool: str, measure: str, label: str) -> Iterator[float]:
    for clip, answer in results.answers(tool, "music"):
        number = (answer.found or {}).get(measure)
        if clip.label == label and number is not None:
            yield number


def voices(results: Results) -> list[int]:
    """Return how many tracks of the music are instrumental, to be checked, and with a voice."""
    answers = [answer for _, answer in results.answers(OURS_WITH_VOICE, "music")]
    found = [answer.found["voice"] for answer in answers if answer.found is not None]
    bands = np.digitize([each for each in found if each is not None], VOICE_BANDS)
    return [int(np.sum(bands == band)) for band in range(len(VOICE_BANDS) + 1)]


def costs(results: Results) -> dict[str, CostFigures]:
    """Return what each tool costs on the music that it could read."""
    return {tool: _cost(results, tool) for tool in results.runs}


def _cost(results: Results, tool: str) -> CostFigures:
    run = results.runs[tool]
    done = [
        (clip.duration_s, answer)
        for clip, answer in results.answers(tool, "music")
        if answer.found is not None
    ]
    minutes = sum(duration_s for duration_s, _ in done) / 60
    everything = [run.start, *run.answers.values()]
    return CostFigures(
        minute_cpu_s=sum(answer.cpu_s for _, answer in done) / minutes if minutes else math.nan,
        start_cpu_s=run.start.cpu_s,
        peak_mb=max(answer.peak_mb for answer in everything),
        failed=sum(answer.found is None for answer in run.answers.values()),
        given=len(run.answers),
    )
