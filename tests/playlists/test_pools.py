"""A preset's pool is what its search finds by kinds of tags, or the tracks that it names."""

from dataclasses import replace
from pathlib import Path

import pytest
from fakes.clock import FakeClock
from fakes.plans import make_short_bed
from fakes.tracks import library, track, with_files

from playlists.compiler import PlanRequest, make_plan
from playlists.models import Track
from playlists.pools import pool_of
from playlists.presets import Preset, clinic_documents, facts_of, load_presets, new_preset
from playlists.stock import Stock
from soundscape.folders import DataFolder

HYMN = track("hymn", tags=frozenset({"faith:hymn", "mood:solemn"}))
STILL = track("still", tags=frozenset({"mood:still", "culture:nordic"}))
PLAIN = track("plain", tags=frozenset({"hymn"}))
TRACKS = (HYMN, STILL, PLAIN)


def preset(search: str, tracks: tuple[str, ...] = ()) -> Preset:
    """Return a preset that takes its music so."""
    return replace(next(iter(load_presets().values())), search=search, tracks=tracks)


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("mood:still", [STILL]),
        ("mood:still culture:nordic", [STILL]),
        ("mood:still faith:hymn", []),
        ("faith:hymn", [HYMN]),
        ("-faith:hymn", [STILL, PLAIN]),
        ("tag:hymn", [HYMN, PLAIN]),
        ("", [HYMN, STILL, PLAIN]),
    ],
)
def test_a_search_by_kinds_of_tags_makes_the_pool(search: str, found: list[Track]) -> None:
    assert pool_of(preset(search), TRACKS) == found


def test_tracks_that_are_named_are_the_pool_whatever_is_searched() -> None:
    assert pool_of(preset("mood:still", (PLAIN.content_hash,)), TRACKS) == [PLAIN]


def test_a_plan_of_a_preset_takes_only_the_mood_that_it_asks_for(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    make_short_bed(folder)
    found = with_files(library(120), tmp_path)
    still = frozenset({"mood:still"})
    tracks = tuple(
        replace(one, rating=replace(one.rating, tags=still)) if number % 2 else one
        for number, one in enumerate(found)
    )
    calm = new_preset(("Calm", "Still."), "gentle", folder, search="mood:still", tracks=())
    clinic_documents(folder).put(calm.name, facts_of(calm))

    plan = make_plan(
        PlanRequest("iv", preset=calm.name), Stock(tracks), folder, clock=FakeClock()
    ).plan

    assert plan is not None
    moods = {one.content_hash for one in tracks if one.rating.tags == still}
    assert set(plan.tracks) - {plan.bed} <= moods
