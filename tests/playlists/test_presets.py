"""The shipped presets can be offered to a patient, and a faulty one is refused."""

from pathlib import Path

import pytest
from fakes.tracks import track

from playlists.arcs import load_arcs
from playlists.pools import pool_of
from playlists.presets import (
    clinic_documents,
    facts_of,
    faults_in,
    load_presets,
    new_preset,
    read_preset,
)
from soundscape.errors import InvalidPlanError
from soundscape.folders import DataFolder
from soundscape.home import home

PRESETS = load_presets()
EMBER = home() / "assets" / "presets" / "ember.toml"


def test_there_are_enough_cards_and_one_is_the_default() -> None:
    assert len(PRESETS) >= 6
    assert sum(preset.default for preset in PRESETS.values()) == 1


def test_two_presets_are_silence_and_one_of_them_has_a_bed() -> None:
    silent = [preset for preset in PRESETS.values() if load_arcs()[preset.arc].is_silent]

    assert sorted(preset.bed for preset in silent) == [False, True]


def test_no_preset_offers_what_is_kept_for_the_therapist() -> None:
    assert not any(load_arcs()[preset.arc].therapist_only for preset in PRESETS.values())


def test_every_card_looks_and_reads_differently() -> None:
    for field in ("title", "line", "seed", "color", "order"):
        assert len({getattr(preset, field) for preset in PRESETS.values()}) == len(PRESETS)


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('arc = "gentle"', 'arc = "wild"', "arc"),
        ('arc = "gentle"', 'arc = "full"', "arc"),
        ("bed = true", "bed = false", "bed"),
        ('color = ["#', 'color = ["', "color"),
        ('liked = ["', 'liked = [1, "', "liked"),
        ("seed = ", "sead = ", "seed"),
        ("seed = ", "hurry = 1\nseed = ", "hurry"),
    ],
)
def test_a_faulty_preset_is_refused_and_the_field_named(
    tmp_path: Path, old: str, new: str, where: str
) -> None:
    text = EMBER.read_text(encoding="utf-8")
    assert old in text
    faulty = tmp_path / "ember.toml"
    faulty.write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(InvalidPlanError) as refusal:
        read_preset(faulty)

    assert where in refusal.value.where


def test_the_clinics_own_presets_follow_the_shipped_ones(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    made = new_preset(
        ("Low Tide", "Sea sounds."), "gentle", folder, search="tide energy<0.5", tracks=()
    )
    clinic_documents(folder).put(made.name, facts_of(made))

    assert list(load_presets(folder)) == [*PRESETS, "low-tide"]
    assert load_presets(folder)["low-tide"] == made


def test_a_faulty_preset_of_the_clinic_keeps_no_other_from_a_patient(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    facts = facts_of(new_preset(("Tide", "Sea."), "gentle", folder, search="", tracks=()))
    documents = clinic_documents(folder)
    documents.put("wrong", facts | {"search": "sweetness>3"})
    documents.put("still-water", facts_of(PRESETS["still-water"]) | {"line": "Mine."})
    documents.put("usurper", facts | {"name": "usurper", "default": True})
    (tmp_path / "presets" / "broken.json").write_text("{")

    assert load_presets(folder) == PRESETS
    assert len(faults_in(folder)) == 3


def test_a_pool_is_a_search_or_the_tracks_that_are_named(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    tracks = [track("low tide"), track("high tide", energy=0.6), track("rain")]
    searched = new_preset(("One", "Sea."), "gentle", folder, search="tide energy<0.5", tracks=())
    named = new_preset(
        ("Two", "Sea."), "gentle", folder, search="", tracks=(tracks[2].content_hash,)
    )

    assert pool_of(searched, tracks) == tracks[:1]
    assert pool_of(named, tracks) == tracks[2:]
    assert pool_of(PRESETS["ember"], tracks) == tracks


def test_a_preset_may_have_an_arc_of_the_clinic(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    folder.arcs.mkdir()
    low = (home() / "assets" / "arcs" / "gentle.toml").read_text("utf-8").replace("gentle", "low")
    (folder.arcs / "low.toml").write_text(low, "utf-8")
    made = new_preset(("Tide", "Sea."), "low", folder, search="", tracks=())
    clinic_documents(folder).put(made.name, facts_of(made))

    assert load_presets(folder)["tide"].arc == "low"
    with pytest.raises(InvalidPlanError, match="arc: must be one of"):
        new_preset(("Tide", "Sea."), "high", folder, search="", tracks=())
