"""The figures of a run are what its answers say."""

import math
from pathlib import Path

import pytest

from benchmarks.analysis import summary
from benchmarks.analysis.drive import Answer, Run
from benchmarks.analysis.materials import Clip
from benchmarks.analysis.page import page
from benchmarks.analysis.panels import panels
from benchmarks.analysis.results import Results, load, save
from benchmarks.analysis.stand import Found

CLIPS = (
    Clip(Path(), "scores/pad", 60.0, "score", tempo_bpm=60.0, style="pads"),
    Clip(Path(), "scores/keys", 60.0, "score", tempo_bpm=90.0, style="keys"),
    Clip(Path(), "scores/drone", 60.0, "score", style="beatless"),
    Clip(Path(), "songs/metal", 60.0, "song", tempo_bpm=180.0),
    Clip(Path(), "music/battle", 120.0, "music", label="high"),
    Clip(Path(), "music/peace", 60.0, "music", label="low"),
)
MACHINE = {"processor": "a", "cores": "2", "python": "3.11", "load": "0.1", "day": "2026-01-01"}


def run(*found: Found | None, cpu_s: float = 0.6) -> Run:
    """Return a run over the last of the clips that found this."""
    names = [clip.name for clip in CLIPS[-len(found) :]]
    answers = [Answer(each, "" if each else "Panic", cpu_s, 50.0) for each in found]
    return Run(Answer({}, "", 2.0, 40.0), dict(zip(names, answers, strict=True)))


def heard(bpm: float | None, energy: float, lufs: float = -20.0) -> Found:
    """Return what this project found in a file."""
    return {
        "bpm": bpm,
        "confidence": 0.0 if bpm is None else 0.9,
        "energy": energy,
        "centroid_hz": 1000.0,
        "percussiveness": 0.1,
        "lufs": lufs,
        "range_lu": 5.0,
        "true_peak_dbtp": -1.0,
        "voice": 0.5,
    }


@pytest.fixture
def results() -> Results:
    ours = run(
        heard(61.0, 0.1),
        heard(45.0, 0.2),
        heard(None, 0.1),
        heard(180.0, 0.9),
        heard(120.0, 0.8, lufs=-18.5),
        heard(None, 0.1),
    )
    beat_track: Run = run(*({"bpm": 120.0} for _ in range(5)), None, cpu_s=1.2)
    reference: Found = {"lufs": -20.0, "range_lu": 5.5, "true_peak_dbtp": -1.1}
    return Results(
        MACHINE,
        CLIPS,
        {
            "soundscape": ours,
            "soundscape-voice": run(heard(120.0, 0.8), heard(None, 0.1)),
            "librosa-beat": beat_track,
            "libebur128": run(reference, reference),
        },
        {"1": 10.0, "2": 5.5},
    )


def test_tempo_is_counted_by_groups_and_against_the_peers(results: Results) -> None:
    groups = summary.tempo_groups(results)

    ours, peer = groups["calm"]["soundscape"], groups["calm"]["librosa-beat"]
    assert (ours.count, ours.first.value, ours.second.value) == (2, 0.5, 1.0)
    assert (peer.first.value, peer.second.value) == (0.0, 0.5)
    assert (peer.ahead_first.value, peer.ahead_second.value) == (0.5, 0.5)
    assert groups["pads"]["soundscape"].count == 1
    assert groups["songs"]["soundscape"].first.value == 1.0
    assert "fast" not in groups


def test_beatless_music_is_told_from_music_with_a_beat(results: Results) -> None:
    found = summary.beats(results)["soundscape"]

    assert found.area.value == 1.0
    assert (found.beats_missed.value, found.beatless_found.value) == (0.0, 1.0)


def test_loudness_is_the_largest_difference_to_the_reference(results: Results) -> None:
    found = summary.loudness(results)["soundscape"]

    assert found.count == 2
    assert found.integrated_lu == pytest.approx(1.5)
    assert found.range_lu == pytest.approx(0.5)
    assert found.true_peak_db == pytest.approx(0.1)


def test_energy_is_how_the_names_are_ranked(results: Results) -> None:
    assert summary.energy(results)["soundscape", "energy"].value == 1.0
    assert summary.energy(results)["soundscape", "centroid_hz"].value == 0.5


def test_cost_is_per_minute_of_music_that_was_read(results: Results) -> None:
    costs = summary.costs(results)

    assert costs["soundscape"].minute_cpu_s == pytest.approx(0.4)
    assert costs["librosa-beat"].minute_cpu_s == pytest.approx(0.6)
    assert (costs["librosa-beat"].failed, costs["librosa-beat"].given) == (1, 6)
    assert (costs["soundscape"].start_cpu_s, costs["soundscape"].peak_mb) == (2.0, 50.0)


def test_voices_are_counted_in_their_bands(results: Results) -> None:
    assert summary.voices(results) == [0, 2, 0]


def test_a_tool_without_a_number_has_none(results: Results) -> None:
    quiet = Results(MACHINE, CLIPS, {**results.runs, "pyloudnorm": run({"lufs": -20.0}, None)}, {})

    found = summary.loudness(quiet)["pyloudnorm"]
    assert (found.count, found.integrated_lu) == (1, 0.0)
    assert math.isnan(found.true_peak_db)


def test_what_was_saved_makes_the_same_page_and_plot(results: Results, tmp_path: Path) -> None:
    save(results, tmp_path / "analysis.json")

    again = load(tmp_path / "analysis.json")

    assert page(again) == page(results)
    assert panels(again) == panels(results)
    assert "| **Soundscape** | 0.400 | 2.0 | 50 | 0 of 6 |" in page(again)
    assert "1.82 times as fast" in page(again)
