"""What is said to be lacking is enough, is told in minutes, and is no more than it takes."""

from dataclasses import replace

import pytest
from fakes.tracks import library

from playlists.routes import load_routes
from playlists.solver.attempt import Attempt, Task, attempted
from playlists.solver.cost import Taste, mean_energy_error
from playlists.solver.lacks import PIECE_S, Lack, lacking
from playlists.solver.layout import slots_of
from playlists.solver.pool import Wishes
from playlists.solver.reserve import RESERVE_AT_LEAST_S, spare_tracks, total_length_s

IV = load_routes()["iv"]
TASK = Task(slots_of(IV.phases, IV.delivery_s), Wishes(Taste(), 1))


RESERVE_WORDS = (
    "The reserve lacks 11 min of calm music with an energy of 0.10 to 0.50: half an hour must be"
    " left unused."
)
DEEP_WORDS = (
    "About 22 min of calm music with an energy of 0.40 to 0.50 are lacking, for rise, deepen and"
    " return."
)


def holds(attempt: Attempt) -> bool:
    """Return whether an attempt comes near the arc."""
    error = mean_energy_error(TASK.slots, attempt.placed)
    return error is not None and error <= 0.08


def test_without_any_music_all_of_the_session_is_lacking_and_the_reserve() -> None:
    lacks = lacking(TASK, (), holds)

    planned = [lack for lack in lacks if lack.phases]
    assert 115 <= sum(lack.minutes for lack in planned) <= 160
    assert [lack.minutes >= 30 for lack in lacks if not lack.phases] == [True]
    assert {name for lack in planned for name in lack.phases} >= {"settle", "deepen", "recover"}


def test_a_library_that_lacks_little_is_told_little() -> None:
    calm = tuple(one for one in library(120) if one.energy < 0.24)

    lacks = lacking(TASK, calm, holds)

    assert 0 < sum(lack.minutes for lack in lacks) <= 60
    assert all(lack.energy[0] >= 0.2 for lack in lacks)


def test_what_is_named_for_the_reserve_leaves_a_piece_over() -> None:
    lacks = lacking(TASK, library(20), holds)

    music = (*library(20), *(piece for lack in lacks for piece in lack.pieces_of_it()))
    planned = attempted(replace(TASK, thorough=False), music).placed
    used = frozenset(cue.track.content_hash for cue in planned)
    assert total_length_s(spare_tracks(TASK.slots, music, used)) >= RESERVE_AT_LEAST_S + PIECE_S


@pytest.mark.parametrize(
    ("lack", "words"),
    [
        (
            Lack(4, (0.4, 0.5), ("rise", "deepen", "return")),
            DEEP_WORDS,
        ),
        (
            Lack(1, (0.3, 0.3), ("settle",)),
            "About 6 min of calm music with an energy of 0.30 are lacking, for settle.",
        ),
        (
            Lack(2, (0.1, 0.5), ()),
            RESERVE_WORDS,
        ),
    ],
)
def test_a_lack_is_one_sentence(lack: Lack, words: str) -> None:
    assert lack.words() == words


def test_the_pieces_of_a_lack_are_spread_over_its_energies() -> None:
    pieces = Lack(4, (0.2, 0.6), ("deepen",)).pieces_of_it()

    assert [round(piece.energy, 2) for piece in pieces] == [0.25, 0.35, 0.45, 0.55]
    assert len({piece.content_hash for piece in pieces}) == 4
