"""The solver keeps every rule on any library, and says what a library lacks.

``SOUNDSCAPE_EXAMPLES`` sets how many other libraries are tried instead, one for each fifty.
"""

import os
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from fakes.clock import FakeClock
from fakes.tracks import library, track
from hypothesis import given, settings
from hypothesis import strategies as st

from playlists.arcs import load_arcs, scaled
from playlists.models import CHECK_AT_LEAST, Track
from playlists.routes import Route, load_routes, with_delivery
from playlists.solver.attempt import Task
from playlists.solver.constraints import (
    ARTIST_APART_S,
    Rules,
    album_of,
    artist_of,
    first_gate,
    may_sound_in,
)
from playlists.solver.cost import Taste
from playlists.solver.layout import slots_of
from playlists.solver.pool import Wishes
from playlists.solver.solve import Found, Order, solve

pytestmark = pytest.mark.slow
EXAMPLES = int(os.environ.get("SOUNDSCAPE_EXAMPLES", "0")) // 50
ROUTES = load_routes()
ARCS = load_arcs()
GOOD = library(80)


def order(
    tracks: tuple[Track, ...], route: Route = ROUTES["iv"], arc: str = "gentle", seed: int = 1
) -> Order:
    """Return the order to fill a route from tracks."""
    asked = ARCS[arc]
    slots = slots_of(scaled(route, asked), route.delivery_s, asked.brightness_hz)
    rules = Rules(avoid=frozenset({"church"}))
    return Order(route.name, Task(slots, Wishes(Taste(), seed)), tracks, rules)


def solved(tracks: tuple[Track, ...], route: Route = ROUTES["iv"], arc: str = "gentle") -> Found:
    """Return what the solver finds, timed by a clock that stands still."""
    return solve(order(tracks, route, arc), FakeClock())


@pytest.fixture(scope="module")
def good() -> Found:
    """Return what the solver finds in a good library."""
    return solved(GOOD)


def said(found: Found) -> str:
    """Return all that is missing, in one text."""
    return " ".join(found.proof.missing)


@pytest.mark.parametrize("arc", ["steady", "gentle", "full"])
@pytest.mark.parametrize("route", ROUTES.values(), ids=list(ROUTES))
def test_every_route_and_arc_is_solved_from_a_good_library(route: Route, arc: str) -> None:
    proof = solved(GOOD, route, arc).proof

    assert proof.ok, proof.missing
    assert proof.boundary_error_s is not None
    assert proof.boundary_error_s <= 5.0
    assert proof.mean_energy_error is not None
    assert proof.mean_energy_error <= 0.05
    assert proof.reserve_s >= 1800.0
    assert (proof.ungated_tracks, proof.repeats) == (0, 0)
    assert proof.cost is not None
    assert proof.lower_bound is not None
    assert proof.lower_bound <= proof.cost


@pytest.mark.parametrize("end", [0, 1])
@pytest.mark.parametrize("route", ROUTES.values(), ids=list(ROUTES))
def test_the_shortest_and_the_longest_delivery_are_solved(route: Route, end: int) -> None:
    delivered = with_delivery(route, route.delivery_range_s[end])

    proof = solved(library(120), delivered).proof

    assert proof.ok, proof.missing


def test_no_order_of_a_large_library_could_be_much_better() -> None:
    proof = solved(library(300)).proof

    assert proof.cost is not None
    assert proof.lower_bound is not None
    assert proof.cost <= 1.5 * proof.lower_bound


def test_the_same_seed_gives_the_same_plan_and_another_seed_another(good: Found) -> None:
    again = solved(GOOD)
    others = [solve(order(GOOD, seed=seed), FakeClock()) for seed in (2, 3)]

    assert good == again
    assert all(other.proof.ok for other in others)
    assert any(other.placed != good.placed for other in others)


@settings(max_examples=EXAMPLES or 4, deadline=None, derandomize=not EXAMPLES)
@given(
    count=st.integers(0, 60),
    seed=st.integers(0, 10_000),
    bad=st.sets(st.integers(0, 59), max_size=20),
    artists=st.integers(1, 40),
)
def test_whatever_the_library_no_rule_is_broken(
    count: int, seed: int, bad: set[int], artists: int
) -> None:
    faults = (
        {"vocal_probability": 0.8},
        {"max_rise_lu_2s": 9.0},
        {"loudness_range_lu": 10.0},
        {"loudness_range_lu": 13.0},
        {"duration_s": 100.0},
        {"tags": frozenset({"church"})},
    )
    tracks = tuple(
        track(
            f"{seed}-{number}",
            energy=one.energy,
            **{
                "duration_s": one.analysis.duration_s,
                "artist": f"artist {number % artists}",
                "album": f"album {number % (artists + 3)}",
                **(faults[number % len(faults)] if number in bad else {}),
            },
        )
        for number, one in enumerate(library(count, seed=seed))
    )

    work = order(tracks)
    found = solve(work, FakeClock())

    hashes = [cue.track.content_hash for cue in found.placed]
    assert len(set(hashes)) == len(hashes)
    assert found.proof.ok is not bool(found.proof.missing)
    if found.proof.cost is not None:
        assert found.proof.lower_bound is not None
        assert found.proof.lower_bound <= found.proof.cost
    for cue in found.placed:
        assert first_gate(cue.track, work.rules) is None
        assert may_sound_in(cue.track, work.task.slots[cue.slot].phase.name)
    heard: dict[str, float] = {}
    for cue in found.placed:
        assert cue.start_s - heard.get(artist_of(cue.track), -1e9) >= ARTIST_APART_S
        if artist_of(cue.track):
            heard[artist_of(cue.track)] = cue.end_s
    for before, after in pairwise(found.placed):
        assert not album_of(after.track) or album_of(before.track) != album_of(after.track)


@settings(max_examples=EXAMPLES or 3, deadline=None, derandomize=not EXAMPLES)
@given(
    data=st.lists(
        st.tuples(st.none() | st.floats(0, 1), st.sampled_from([None, None, None, True, False])),
        min_size=90,
        max_size=90,
    )
)
def test_nothing_sung_or_unchecked_enters_a_session_or_its_reserve(
    data: list[tuple[float | None, bool | None]],
) -> None:
    tracks = tuple(
        replace(
            one,
            analysis=replace(one.analysis, vocal_probability=probability),
            rating=replace(one.rating, instrumental=said),
        )
        for one, (probability, said) in zip(library(90), data, strict=True)
    )

    found = solved(tracks)

    for one in (*(cue.track for cue in found.placed), *found.reserve):
        probability = one.analysis.vocal_probability
        unsaid = one.rating.instrumental is None
        assert one.rating.instrumental or (
            unsaid and probability is not None and probability < CHECK_AT_LEAST
        )


def test_a_session_without_a_detector_has_only_what_people_approved() -> None:
    unknown = [replace(one.analysis, vocal_probability=None) for one in GOOD]
    heard = tuple(
        replace(one, analysis=analysis, rating=replace(one.rating, instrumental=True))
        for one, analysis in zip(GOOD, unknown, strict=True)
    )
    unheard = tuple(
        replace(one, analysis=analysis) for one, analysis in zip(GOOD, unknown, strict=True)
    )

    assert solved(heard).proof.ok
    assert solved(unheard).placed == ()


def test_an_empty_library_says_how_to_fill_it() -> None:
    found = solved(())

    assert not found.proof.ok
    assert "soundscape starter" in said(found)
    assert "soundscape library add" in said(found)


def test_a_library_that_is_too_small_says_which_energy_lacks_how_much() -> None:
    calm = tuple(track(str(n), duration_s=400.0, energy=0.15) for n in range(40))

    words = said(solved(calm))

    assert "deepen misses by" in words
    assert re.search(r"min of calm music with an energy of 0\.4\d to 0\.4\d are lacking", words)


def test_a_short_library_says_how_much_is_lacking_in_all() -> None:
    few = library(10)

    found = solved(few)

    assert found.placed == ()
    assert found.proof.mean_energy_error is None
    assert re.search(r"are lacking, for .*settle", said(found))
    assert "The reserve lacks" in said(found)


def test_a_gate_says_how_much_it_kept_out_and_what_to_do() -> None:
    unchecked = tuple(
        track(f"u{n}", duration_s=300.0, vocal_probability=None, energy=0.3) for n in range(3)
    )

    words = said(solved((*library(5), *unchecked)))

    assert "3 tracks (15 min) cannot be used until a person says whether someone sings" in words
    assert "soundscape library approve" in words


def test_too_few_artists_are_named_as_the_reason() -> None:
    by_one = tuple(replace(one, artist="Only One") for one in GOOD)

    assert "by only 1 artist:" in said(solved(by_one))


def test_the_built_in_artist_may_be_heard_throughout() -> None:
    assert solved(tuple(replace(one, artist="Soundscape") for one in GOOD)).proof.ok


def test_a_library_without_a_reserve_is_refused(good: Found) -> None:
    used = tuple(cue.track for cue in good.placed)

    found = solved(used)

    assert not found.proof.ok
    assert "The reserve lacks" in said(found)


def test_music_of_the_wrong_energy_is_refused() -> None:
    loud = library(80, energy=0.9)

    found = solved(loud)

    assert not found.proof.ok
    assert "No order of the tracks comes near enough" in said(found)
    assert sum(lack.minutes for lack in found.proof.lacks) >= 100


def test_calm_tracks_are_saved_for_the_phases_that_need_them() -> None:
    calm = tuple(track(f"c{n}", duration_s=700.0, energy=0.22) for n in range(8))
    lively = tuple(
        track(f"l{n}", duration_s=600.0, energy=0.05 * n, loudness_range_lu=10.0)
        for n in range(1, 12)
    )

    proof = solved((*calm, *lively)).proof

    assert proof.ok, proof.missing


def test_liked_tags_are_preferred() -> None:
    tagged = tuple(
        replace(one, rating=replace(one.rating, tags=frozenset({"warm"}))) if n % 2 else one
        for n, one in enumerate(library(160))
    )
    asked = order(tagged)
    wishes = Wishes(Taste(frozenset({"warm"})), seed=1)

    placed = solve(replace(asked, task=replace(asked.task, wishes=wishes)), FakeClock()).placed

    warm = [cue for cue in placed if "warm" in cue.track.rating.tags]
    assert len(warm) >= 0.75 * len(placed)  # half of the library is


def test_the_proof_prints_what_the_command_line_promises(good: Found) -> None:
    printed = good.proof.to_json()

    assert list(printed) == [
        "ok",
        "route",
        "phases",
        "boundary_error_s",
        "mean_energy_error",
        "ungated_tracks",
        "reserve_s",
        "repeats",
        "cost",
        "lower_bound",
        "seconds",
        "missing",
    ]
    phases = printed["phases"]
    assert isinstance(phases, list)
    assert phases[2]["target_energy"] == [0.3, 0.5]
    assert (phases[2]["start_s"], phases[2]["end_s"]) == (27 * 60.0, 50 * 60.0)
    assert phases[2]["tracks"][0]["start_s"] == 27 * 60.0


def test_every_track_says_why_it_stands_there(good: Found) -> None:
    sentences = [heard.why for phase in good.proof.phases for heard in phase.tracks]

    assert len(sentences) == len(good.placed)
    assert all(words.startswith("Energy ") and words.endswith(".") for words in sentences)
    assert any("no clear beat" in words for words in sentences)
    assert any("BPM" in words for words in sentences)


def test_a_lock_is_honored_and_one_that_a_gate_shuts_out_is_named() -> None:
    asked = order(GOOD)
    lock = GOOD[5].content_hash
    locked = replace(asked, task=replace(asked.task, locks={(2, 1): lock}))

    placed = solve(locked, FakeClock()).placed

    assert [cue.track.content_hash for cue in placed if cue.slot == 2][1] == lock
    sung = replace(GOOD[5], rating=replace(GOOD[5].rating, instrumental=False))
    refused = solve(replace(locked, tracks=(*GOOD[:5], sung, *GOOD[6:])), FakeClock())
    assert "“1-5”, locked in deepen, cannot be used because of a voice" in said(refused)


def test_a_list_that_the_patient_has_heard_is_not_given_again(good: Found) -> None:
    heard = frozenset(cue.track.content_hash for cue in good.placed)

    second = solve(replace(order(GOOD), earlier=(heard,)), FakeClock())

    assert second.proof.ok
    assert frozenset(cue.track.content_hash for cue in second.placed) != heard


class EveryList(tuple[frozenset[str], ...]):
    """A patient who has heard everything."""

    __slots__ = ()

    def __contains__(self, heard: object) -> bool:
        """Return that a list was heard."""
        return isinstance(heard, frozenset)


def test_where_the_patient_has_heard_every_list_the_plan_is_refused() -> None:
    found = solve(replace(order(GOOD), earlier=EveryList()), FakeClock())

    assert "has heard this list before" in said(found)


def supplied(found: Found) -> tuple[Track, ...]:
    """Return the music that a refusal names."""
    return tuple(
        track(
            f"new {number} {piece}",
            duration_s=330.0,
            energy=lack.energy[0]
            + (lack.energy[1] - lack.energy[0]) * (piece + 0.5) / lack.pieces,
            artist=f"new artist {number} {piece}",
            licence="CC0",
        )
        for number, lack in enumerate(found.proof.lacks)
        for piece in range(lack.pieces)
    )


@settings(max_examples=EXAMPLES or 3, deadline=None, derandomize=not EXAMPLES)
@given(
    count=st.integers(0, 45),
    seed=st.integers(0, 10_000),
    artists=st.integers(1, 12),
    route=st.sampled_from(sorted(ROUTES)),
    arc=st.sampled_from(["steady", "gentle", "full"]),
)
def test_what_a_refusal_names_lets_the_plan_succeed(
    count: int, seed: int, artists: int, route: str, arc: str
) -> None:
    tracks = tuple(
        replace(one, artist=f"artist {number % artists}")
        for number, one in enumerate(library(count, seed=seed))
    )
    found = solved(tracks, ROUTES[route], arc)

    if not found.proof.ok:
        assert found.proof.lacks
        found = solved((*tracks, *supplied(found)), ROUTES[route], arc)

    assert found.proof.ok, found.proof.missing


def test_a_refusal_names_what_is_lacking_where_only_licensed_music_may_sound() -> None:
    work = replace(order(library(30)), rules=Rules(licensed_only=True))

    found = solve(work, FakeClock())
    mended = solve(replace(work, tracks=(*work.tracks, *supplied(found))), FakeClock())

    assert "until a licence is noted" in said(found)
    assert found.proof.lacks
    assert mended.proof.ok, mended.proof.missing
