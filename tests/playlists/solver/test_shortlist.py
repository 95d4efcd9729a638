"""Which tracks of a large library a plan is searched among."""

import pytest
from fakes.tracks import library, track

from playlists.models import Track
from playlists.routes import load_routes
from playlists.solver.cost import Taste
from playlists.solver.layout import slots_of
from playlists.solver.pool import Wishes
from playlists.solver.shortlist import WHOLE, shortlisted

IV = load_routes()["iv"]
SLOTS = slots_of(IV.phases, IV.delivery_s)


def chosen(tracks: tuple[Track, ...], *wanted: Track) -> list[str]:
    names = frozenset(one.content_hash for one in wanted)
    found = shortlisted(SLOTS, tracks, Wishes(Taste(), 1), names)
    return [one.content_hash for one in found.tracks]


def test_a_library_in_another_order_gives_the_same_tracks() -> None:
    tracks = library(2_300)

    found = chosen(tracks)

    assert 0 < len(found) < len(tracks) // 4
    assert sorted(chosen(tracks[::-1])) == sorted(found)


def test_of_tracks_that_are_equally_good_no_more_are_taken_than_of_others() -> None:
    alike = tuple(track(str(number), energy=0.2) for number in range(3 * WHOLE))

    found = chosen(alike)

    assert 0 < len(found) < WHOLE
    assert chosen(alike) == found


def test_a_track_that_is_wanted_is_searched_however_ill_it_fits() -> None:
    ill = track("ill", energy=0.99, duration_s=130.0)
    tracks = (*library(WHOLE), ill)

    assert ill.content_hash not in chosen(tracks)
    assert ill.content_hash in chosen(tracks, ill)


@pytest.mark.parametrize("length_s", [121.0, 3_600.0])
def test_tracks_far_shorter_or_longer_than_the_phases_are_looked_at(length_s: float) -> None:
    fitting = track("fitting", energy=0.2, duration_s=length_s)
    tracks = (*(track(str(number), energy=0.95) for number in range(WHOLE)), fitting)

    assert fitting.content_hash in chosen(tracks)
