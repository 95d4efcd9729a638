"""Pieces keep the gates, come out the same each time, and are made only once."""

from collections import Counter
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile
from mutagen.flac import FLAC

from playlists.analysis.analyzer import analyze_file
from playlists.models import Analysis
from playlists.starter.catalog import MOODS, PIECES
from playlists.starter.cover import SIZE_PX, cover
from playlists.starter.harmony import MODES
from playlists.starter.pieces import make_starter
from playlists.starter.render import rendered
from playlists.starter.score import Piece
from soundscape.dsp.fades import equal_power
from soundscape.media.store import content_hash
from soundscape.units import frames_in

pytestmark = pytest.mark.slow

STILL, MIDDLE, MOVING, LIVELY = (
    replace(next(p for p in PIECES if p.title == title), length_s=90.0)
    for title in ("Cedar", "Fern Shade", "Gutter Song", "Rain Wheel")
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("starter")
    return make_starter(folder, seed=1, workers=2, pieces=(STILL, MIDDLE, MOVING, LIVELY))


@pytest.fixture(scope="module")
def measured(made: list[Path]) -> list[Analysis]:
    return [analyze_file(path) for path in made]


def test_a_piece_keeps_the_gates_of_a_session(measured: list[Analysis]) -> None:
    for analysis in measured:
        assert analysis.integrated_lufs == pytest.approx(-20.0, abs=0.5)
        assert analysis.loudness_range_lu <= 8.0
        assert analysis.max_rise_lu_2s <= 8.0
        assert analysis.true_peak_dbtp <= -3.0


def test_energy_goes_from_still_to_lively_pieces(measured: list[Analysis]) -> None:
    still, middle, moving, lively = (analysis.energy for analysis in measured)

    assert max(still, middle) + 0.08 < moving < 0.5
    assert moving + 0.1 < lively < 0.68


def test_a_lively_piece_is_even(measured: list[Analysis]) -> None:
    energies = [energy for _, energy in measured[-1].energy_curve][1:-2]

    assert max(energies) - min(energies) < 0.12


def test_no_join_of_two_pieces_is_a_hole(made: list[Path], measured: list[Analysis]) -> None:
    sounds = [
        soundfile.read(path)[0][slice(*map(frames_in, analysis.body_s))]
        for path, analysis in zip(made, measured, strict=True)
    ]
    fade = frames_in(8.0)
    rising = equal_power(np.linspace(0.0, 1.0, fade))[:, None]
    for before, after in pairwise(sounds):
        crossed = before[-fade:] * rising[::-1] + after[:fade] * rising
        joined = np.concatenate([before[-4 * fade : -fade], crossed, after[fade : 4 * fade]])

        # The mean power of each 3 s, beginning with each tenth of a second.
        tenths = np.square(joined).reshape(-1, frames_in(0.1), 2).mean(axis=(1, 2))
        level_db = 10.0 * np.log10(np.convolve(tenths, np.full(30, 1.0 / 30.0), mode="valid"))
        assert level_db.min() > np.median(level_db) - 4.0


def test_no_piece_clicks() -> None:
    sound = rendered(replace(MIDDLE, length_s=30.0), seed=1)

    # A step as small as a thousandth of the peak stands out of a second difference this dark.
    bend = np.abs(np.diff(sound, 2, axis=0)).max()
    assert bend < 0.1 * np.abs(sound).max()
    assert np.abs(sound[0]).max() < 1e-3
    assert np.abs(sound[-1]).max() < 1e-3


def short(title: str, length_s: float) -> Piece:
    return replace(next(piece for piece in PIECES if piece.title == title), length_s=length_s)


def test_the_same_seed_makes_the_same_bytes_whatever_the_workers(tmp_path: Path) -> None:
    pieces = (short("Moss", 20.0), short("Ember", 22.0))

    one = make_starter(tmp_path / "one", seed=4, workers=1, pieces=pieces)
    two = make_starter(tmp_path / "two", seed=4, workers=2, pieces=reversed(pieces))
    other = make_starter(tmp_path / "other", seed=5, workers=1, pieces=pieces[:1])

    assert [content_hash(path) for path in one] == [content_hash(path) for path in reversed(two)]
    assert content_hash(other[0]) != content_hash(one[0])


def test_only_what_is_missing_or_damaged_is_made_again(tmp_path: Path) -> None:
    pieces = (short("Moss", 20.0), short("Ember", 20.0))
    damaged, sound = make_starter(tmp_path, seed=4, workers=1, pieces=pieces)
    expected, untouched = content_hash(damaged), sound.stat().st_mtime_ns
    damaged.write_bytes(damaged.read_bytes()[:-100])
    told: list[tuple[int, int]] = []

    make_starter(
        tmp_path, seed=4, workers=1, pieces=pieces, progress=lambda *now: told.append(now)
    )

    assert content_hash(damaged) == expected
    assert sound.stat().st_mtime_ns == untouched
    assert told == [(1, 2), (2, 2)]


def test_a_file_says_what_it_is(tmp_path: Path) -> None:
    (path,) = make_starter(tmp_path, seed=1, workers=1, pieces=[short("Wool", 20.0)])

    with soundfile.SoundFile(path) as file:
        assert (file.samplerate, file.channels, file.subtype) == (48_000, 2, "PCM_16")
        assert (file.title, file.artist, file.license) == ("Wool", "Soundscape", "CC0-1.0")
        assert file.album == "Hearth"
        assert file.frames == 20 * 48_000
    assert "CC0 1.0" in (tmp_path / "LICENSE.txt").read_text("utf-8")
    (picture,) = FLAC(path).pictures  # type: ignore[no-untyped-call]
    assert (picture.mime, picture.width, picture.height) == ("image/png", SIZE_PX, SIZE_PX)


def test_every_piece_has_a_cover_of_its_own_that_stays_the_same() -> None:
    covers = [cover(piece) for piece in PIECES]

    assert len({picture.tobytes() for picture in covers}) == len(PIECES)
    assert all(np.array_equal(cover(piece), covers[n]) for n, piece in enumerate(PIECES[:6]))


def test_any_piece_may_follow_any_other_in_its_key() -> None:
    scales = [{(piece.tonic + step) % 12 for step in MODES[piece.mode]} for piece in PIECES]

    assert min(len(one & other) for one, other in combinations(scales, 2)) == 5


def test_the_catalog_is_long_enough_and_even() -> None:
    assert sum(piece.length_s for piece in PIECES) >= 260 * 60
    assert len({piece.title for piece in PIECES}) == len(PIECES) >= 50
    assert set(Counter(piece.mood for piece in PIECES)) == set(MOODS)
    assert all(piece.length_s >= 120.0 for piece in PIECES)
