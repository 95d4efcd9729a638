"""The reserve is calm, near the arc, long enough and spread over its energies."""

from fakes.tracks import track

from playlists.routes import load_routes
from playlists.solver.constraints import music_length_s
from playlists.solver.layout import slots_of
from playlists.solver.reserve import chosen_reserve, spare_tracks

IV = load_routes()["iv"]
SLOTS = slots_of(IV.phases, IV.delivery_s)


def test_only_unused_calm_tracks_near_the_arc_are_spare() -> None:
    fits, used = track("fits", energy=0.59), track("used")
    others = (track("wild", energy=0.61), track("wide", loudness_range_lu=8.5))

    spare = spare_tracks(SLOTS, (fits, used, *others), frozenset({used.content_hash}))

    assert spare == (fits,)


def test_a_dozen_tracks_from_calm_to_lively_are_enough() -> None:
    spare = tuple(track(str(n), energy=n / 100.0) for n in range(60))

    chosen = chosen_reserve(spare)

    assert [one.energy for one in chosen] == [n / 100.0 for n in range(0, 60, 5)]


def test_short_tracks_are_taken_until_half_an_hour_is_full() -> None:
    spare = tuple(track(str(n), duration_s=125.0) for n in range(30))

    chosen = chosen_reserve(spare)

    assert len(chosen) == 15
    assert sum(map(music_length_s, chosen)) >= 1800.0


def test_when_all_is_too_little_all_is_taken() -> None:
    spare = tuple(track(str(n), duration_s=121.0) for n in range(13))

    assert chosen_reserve(spare) == spare
