"""A builder's work goes to another chair whole, and nobody's word is lost there."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fakes.clock import FakeClock
from fakes.tracks import track

from playlists.analysis.analyzer import ANALYSIS_VERSION
from playlists.bundle.analyses import UNTRUSTED_VERSION
from playlists.bundle.archive import ArchiveWriter
from playlists.bundle.exporting import export_bundle
from playlists.bundle.importing import Arrived, import_bundle
from playlists.bundle.settling import Keep
from playlists.exchange.ratings import facts_of
from playlists.library.repository import Library
from playlists.models import Rating, Track
from playlists.presets import facts_of as preset_facts
from playlists.presets import load_presets
from playlists.workbench import ARC, PLAYLIST, PRESET, RATING, SEARCH, Workbench, workbench
from soundscape.folders import DataFolder
from soundscape.media.store import content_hash

CALM = Rating(instrumental=True, energy=0.2, tags=frozenset({"harp", "faith:hymn"}), licence="CC0")
PLAYLIST_FACTS = {"playlist": {"title": "Evening", "track": [{"location": ["a.flac"]}]}}
ARC_TEXT = 'name = "low"\ntitle = "Low"\nline = "Stays low."\ncap = 0.2\ntherapist_only = false\n'
MADE = ("Ann", "2026-11-22T10:00:00.000+00:00")


def chair(folder: Path) -> Workbench:
    """Return the workbench of a chair of its own."""
    data = DataFolder(folder)
    return workbench(data, Library.open(data.library), FakeClock())


def preset(line: str) -> dict[str, Any]:
    """Return a clinic's preset as plain data."""
    shipped = load_presets()["still-water"]
    return preset_facts(
        replace(shipped, name="tide", line=line, tracks=(track("a").content_hash,))
    )


@pytest.fixture
def ours(tmp_path: Path) -> Workbench:
    bench = chair(tmp_path / "ours")
    gone = {"analysis_version": ANALYSIS_VERSION, "present": False}
    bench.library.save(track("a", **gone), track("b", **gone))
    bench.history.do(
        "Ann",
        "Everything",
        [
            (RATING, track("a").content_hash, facts_of(CALM)),
            (PRESET, "tide", preset("As Ann says.")),
            (PLAYLIST, "evening", PLAYLIST_FACTS),
            (ARC, "low", {"toml": ARC_TEXT}),
            (SEARCH, "Calm sea", {"search": "tide energy<0.4"}),
        ],
    )
    return bench


@pytest.fixture
def theirs(tmp_path: Path) -> Workbench:
    return chair(tmp_path / "theirs")


def moved(
    source: Workbench,
    target: Workbench,
    file: Path,
    *,
    keep: Keep | None = None,
    trusted: bool = False,
) -> Arrived:
    """Bring everything from one chair to another."""
    export_bundle(source, source.library.tracks(), file, by=MADE, audio=True)
    return import_bundle(target, file, who="Ben", keep=keep, trusted=trusted)


def test_everything_arrives_and_one_undo_takes_the_words_back(
    ours: Workbench, theirs: Workbench, tmp_path: Path
) -> None:
    arrived = moved(ours, theirs, tmp_path / "work.zip")
    there = theirs.library.track(track("a").content_hash)
    kept = [theirs.presets.get("tide"), theirs.playlists.get("evening"), theirs.arcs.get("low")]
    searched = theirs.searches.get("Calm sea")
    undone = theirs.history.undo()

    assert (arrived.who, arrived.tracks, arrived.conflicts) == ("Ann", 2, ())
    assert arrived.changed == {RATING: 1, PRESET: 1, PLAYLIST: 1, ARC: 1, SEARCH: 1}
    assert searched == {"search": "tide energy<0.4"}
    assert theirs.searches.names() == []
    assert there is not None
    assert (there.rating, there.title, there.present) == (CALM, "A", False)
    assert kept == [preset("As Ann says."), PLAYLIST_FACTS, {"toml": ARC_TEXT}]
    assert undone is not None
    assert (undone.who, undone.what) == ("Ben", "Imported the bundle work")
    assert theirs.presets.names() == theirs.arcs.names() == theirs.playlists.names() == []


def test_the_same_bundle_again_changes_nothing(
    ours: Workbench, theirs: Workbench, tmp_path: Path
) -> None:
    moved(ours, theirs, tmp_path / "work.zip")

    again = moved(ours, theirs, tmp_path / "work.zip")

    assert (again.tracks, again.changed, again.same, again.conflicts) == (0, {}, 5, ())
    assert len(theirs.history.acts()) == 1


@pytest.mark.parametrize(
    ("keep", "line"),
    [
        (None, "As Ben says."),
        (Keep.OURS, "As Ben says."),
        (Keep.THEIRS, "As Ann says."),
        (Keep.NEWER, "As Ben says."),
    ],
)
def test_a_conflict_is_shown_and_nobody_is_overruled_unasked(
    keep: Keep | None, line: str, ours: Workbench, theirs: Workbench, tmp_path: Path
) -> None:
    data = DataFolder(tmp_path / "theirs")
    theirs = workbench(data, theirs.library, FakeClock(1e6))
    theirs.history.do("Ben", "Said otherwise", [(PRESET, "tide", preset("As Ben says."))])

    arrived = moved(ours, theirs, tmp_path / "work.zip", keep=keep)

    (conflict,) = arrived.conflicts
    assert (conflict.kind, conflict.title, conflict.is_settled) == (
        PRESET,
        "Still Water",
        keep is not None,
    )
    assert "Ben" in conflict.ours
    assert "Ann" in conflict.theirs
    assert theirs.presets.get("tide") == preset(line)


def test_a_rating_of_a_track_that_nobody_here_knows_is_left_out(
    theirs: Workbench, tmp_path: Path
) -> None:
    file = tmp_path / "work.zip"
    ratings = {track("x").content_hash: {"value": facts_of(CALM), "wall_time": "", "who": ""}}
    with file.open("wb") as made, ArchiveWriter(made) as writer:
        writer.add_json("ratings.json", ratings)
        writer.finish(*MADE)

    arrived = import_bundle(theirs, file, who="Ben", keep=None, trusted=False)

    assert (arrived.left_out, arrived.changed) == (1, {})
    assert theirs.history.acts() == []


@pytest.mark.parametrize("trusted", [True, False])
def test_another_machines_measurements_count_only_where_somebody_trusts_them(
    *, trusted: bool, ours: Workbench, theirs: Workbench, tmp_path: Path
) -> None:
    moved(ours, theirs, tmp_path / "work.zip", trusted=trusted)

    there = theirs.library.track(track("a").content_hash)

    assert there is not None
    version = ANALYSIS_VERSION if trusted else UNTRUSTED_VERSION
    assert there.analysis == replace(track("a").analysis, analysis_version=version)


def test_sound_is_brought_along_and_lies_in_the_data_folder(
    ours: Workbench, theirs: Workbench, tmp_path: Path
) -> None:
    file = tmp_path / "music" / "piece.flac"
    file.parent.mkdir()
    file.write_bytes(b"sound" * 1000)
    heard = replace(track("c", path=file), content_hash=content_hash(file))
    ours.library.save(heard)

    arrived = moved(ours, theirs, tmp_path / "work.zip", trusted=True)

    (path,) = arrived.sounds
    there: Track | None = theirs.library.track(heard.content_hash)
    assert path.is_relative_to(tmp_path / "theirs")
    assert path.read_bytes() == file.read_bytes()
    assert there is not None
    assert (there.present, there.path) == (True, path)
