"""A library's catalog answers as its tracks would, in every order, and follows what changes."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fakes.tracks import library as music
from fakes.tracks import track

from playlists.library.query import BY_TITLE, Number, Sort, SortKey, parse
from playlists.library.repository import Library
from playlists.library.search import Search, matching
from playlists.models import Rating, Track
from playlists.solver.constraints import Gate, Rules, first_gate
from soundscape.units import Seconds

TRACKS = tuple(
    replace(one, title=title, album=f"Album {number % 3}")
    for number, (one, title) in enumerate(
        zip(music(40), (f"{word} {part}" for word in ("Sea", "éther", "Zoo", "ash", "Sand")
                        for part in range(8)), strict=True)
    )
)  # fmt: skip


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.sqlite") as opened:
        opened.save(*TRACKS)
        yield opened


def found(search: Search, where: str = "", sort: Sort = BY_TITLE) -> list[Track]:
    return search.page(search.find(where, sort), 0, 1000)


@pytest.mark.parametrize(
    "where",
    ["", "sea", "e", "energy<0.3", "bpm:60..90 artist:3", "-beatless s", "album:1 len>4m", "zz"],
)
def test_it_finds_what_is_found_in_the_tracks_themselves(library: Library, where: str) -> None:
    hashes = {track.content_hash for track in matching(TRACKS, where)}

    assert {track.content_hash for track in found(Search(library), where)} == hashes


def test_titles_are_sorted_without_regard_to_case_and_accents(library: Library) -> None:
    titles = [track.title for track in found(Search(library))]

    assert [title.split()[0] for title in titles[::8]] == ["ash", "éther", "Sand", "Sea", "Zoo"]


@pytest.mark.parametrize("key", [SortKey.ENERGY, SortKey.LENGTH, SortKey.BRIGHTNESS])
def test_a_number_sorts_both_ways(library: Library, key: SortKey) -> None:
    name = {"energy": "energy", "length": "duration_s", "brightness": "brightness_hz"}[key]
    search = Search(library)

    rising = [getattr(one.analysis, name) for one in found(search, "", Sort(key))]
    falling = [
        getattr(one.analysis, name) for one in found(search, "", Sort(key, descending=True))
    ]

    assert rising == sorted(rising)
    assert falling == rising[::-1]


@pytest.mark.parametrize(
    "sort", [Sort(key, descending=falls) for key in SortKey for falls in (False, True)], ids=str
)
def test_few_are_found_in_the_same_order_as_all(library: Library, sort: Sort) -> None:
    search = Search(library)
    library.save(replace(TRACKS[3], title="Sea again"), track("sea new"))
    search.refresh()
    few = [track for track in found(search, "", sort) if 0.2 < track.energy < 0.23]
    assert 0 < len(few) <= 3

    assert found(search, "energy>0.2 energy<0.23", sort) == few


def test_a_tempo_that_does_not_exist_comes_first(library: Library) -> None:
    tempi = [one.analysis.tempo_bpm for one in found(Search(library), "", Sort(SortKey.TEMPO))]

    assert tempi[:20] == [None] * 20
    assert tempi[20:] == sorted(tempi[20:], key=lambda tempo: tempo or 0.0)


def test_what_may_be_used_comes_first_and_then_the_gates_one_by_one(library: Library) -> None:
    kept_out = (
        track("partly", loudness_range_lu=9.0),
        track("uneven", loudness_range_lu=13.0),
        track("sudden", max_rise_lu_2s=8.5),
        track("short", duration_s=100.0),
        track("unsure", vocal_probability=None),
        track("sung", vocal_probability=0.9),
        track("missing", present=False),
        track("avoided", avoid=True),
    )
    library.save(*kept_out)

    last = [*found(Search(library), "", Sort(SortKey.FIT))][-len(kept_out) :]

    assert [one.title for one in last] == [one.title for one in kept_out]
    assert [first_gate(one, Rules()) for one in last] == [
        None, Gate.RANGE, Gate.STARTLE, Gate.SHORT, Gate.UNCHECKED, Gate.VOICE, Gate.ABSENT,
        Gate.AVOIDED,
    ]  # fmt: skip


def test_every_order_holds_every_track_once(library: Library) -> None:
    search = Search(library)
    library.save(replace(TRACKS[3], title="Renamed"), track("new"))
    search.refresh()

    for key in SortKey:
        ids = search.find("", Sort(key))
        assert sorted(ids) == list(range(1, len(TRACKS) + 2)), key


def test_a_page_is_a_part_of_the_whole(library: Library) -> None:
    search = Search(library)
    ids = search.find("energy<0.5")

    pages = [search.page(ids, first, 7) for first in range(0, len(ids), 7)]

    assert [one for page in pages for one in page] == found(search, "energy<0.5")
    assert search.page(ids, len(ids), 7) == []


def test_what_changes_is_seen_after_a_refresh(library: Library) -> None:
    search = Search(library)
    one = TRACKS[5]
    library.rate(one.content_hash, Rating(tags=frozenset({"harp"}), energy=0.99, avoid=True))
    before = len(search.find("harp"))

    changed = search.refresh()

    assert before == 0
    assert changed
    assert [t.content_hash for t in found(search, "tag:harp energy>0.9")] == [one.content_hash]
    assert len(search.find("avoid")) == 1
    assert len(search) == len(search.find()) == len(TRACKS)
    assert not search.refresh()


def test_a_new_name_replaces_the_old(library: Library) -> None:
    search = Search(library)
    library.save(replace(TRACKS[0], title="Moonrise"))
    search.refresh()

    assert [one.title for one in found(search, "moon")] == ["Moonrise"]
    assert len(search.find("title:sea")) == 7


def test_new_tracks_join_and_missing_ones_are_marked(library: Library) -> None:
    search = Search(library)
    library.save(track("moonrise", duration_s=Seconds(7200.0)))
    library.save(replace(TRACKS[1], present=False))
    hours = search.hours()
    search.refresh()

    assert len(search.find("moonrise")) == 1
    assert len(search.find("missing")) == 1
    assert search.hours() == pytest.approx(hours + 2.0)


def test_much_that_is_new_is_read_as_well(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("playlists.library.search._RECENT_AT_MOST", 5)
    search = Search(library)
    library.save(*music(30, seed=2))

    search.refresh()
    library.save(track("moonrise"))
    search.refresh()

    assert len(search.find()) == len(TRACKS) + 31
    assert len(search.find("moonrise")) == 1


def test_an_empty_library_is_searched_too(tmp_path: Path) -> None:
    with Library.open(tmp_path / "empty.sqlite") as library:
        search = Search(library)

        for key in SortKey:
            assert len(search.find("harp energy<0.5", Sort(key))) == 0
        library.save(track("dawn"))
        search.refresh()
        assert len(search.find("dawn")) == 1


def test_numbers_and_curves_of_what_is_found_are_read_at_once(library: Library) -> None:
    search = Search(library)

    ids, energies = search.numbers(parse("energy<0.5"), Number.ENERGY)

    rows = library.listed(ids.tolist())
    curves = search.loudness([row.content_hash for row in rows])
    assert [row.analysis.energy for row in rows] == energies.tolist() != []
    assert set(curves) == {row.content_hash for row in rows}
