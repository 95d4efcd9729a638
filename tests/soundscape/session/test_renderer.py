"""Rendering is pure: the same samples wherever and however often it begins."""

from pathlib import Path

import numpy as np
import pytest
from fakes.plans import data_folder, short_plan
from numpy.typing import NDArray

from soundscape.errors import DecodeError
from soundscape.folders import DataFolder
from soundscape.media.store import Store
from soundscape.session.events import Kind, SessionEvent
from soundscape.session.offline import rehearsed, rendered
from soundscape.session.plan import SessionPlan
from soundscape.session.renderer import CHUNK, Renderer
from soundscape.session.voice import REMEMBERED, Voice
from soundscape.units import Frames, frames_in

UNIT_S = 40.0


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    return data_folder(tmp_path_factory.mktemp("render"))


@pytest.fixture(scope="module")
def plan(folder: DataFolder) -> SessionPlan:
    return short_plan(folder, UNIT_S)


@pytest.fixture(scope="module")
def whole(plan: SessionPlan, folder: DataFolder) -> NDArray[np.float32]:
    return np.concatenate(list(rendered(rehearsed(plan, ()), Store(folder.store))))


def test_a_session_is_as_long_as_planned(whole: NDArray[np.float32]) -> None:
    assert len(whole) == frames_in(6 * UNIT_S)


def test_a_render_taken_up_in_the_middle_is_the_same_to_the_bit(
    plan: SessionPlan, folder: DataFolder, whole: NDArray[np.float32]
) -> None:
    timeline = rehearsed(plan, ())
    for first in (0, 37, 201, 1190):
        renderer = Renderer(plan, Store(folder.store))
        for index in range(first, first + 5):
            wanted = whole[index * CHUNK : (index + 1) * CHUNK]
            np.testing.assert_array_equal(renderer.chunk(timeline, index), wanted)
        renderer.close()


def test_chunks_rendered_again_after_a_change_are_the_same_before_it(
    plan: SessionPlan, folder: DataFolder, whole: NDArray[np.float32]
) -> None:
    renderer = Renderer(plan, Store(folder.store))
    timeline = rehearsed(plan, ())
    for index in range(60):
        renderer.chunk(timeline, index)

    changed = rehearsed(plan, [SessionEvent(frames_in(6.0), Kind.NEXT_TRACK)])
    first = renderer.change(frames_in(7.0))
    again = [renderer.chunk(changed, index) for index in range(first, 60)]
    renderer.close()

    same = 7 * 48_000 - first * CHUNK
    joined = np.concatenate(again)
    np.testing.assert_array_equal(joined[:same], whole[first * CHUNK :][:same])
    assert not np.array_equal(joined[same:], whole[first * CHUNK : 60 * CHUNK][same:])


def test_nothing_steps_clicks_or_gaps_in_a_session_of_tones(whole: NDArray[np.float32]) -> None:
    steps = np.abs(np.diff(whole, axis=0)).max()
    loud = np.abs(whole).reshape(-1, 480, 2).max(axis=(1, 2)) > 0.0

    # two tones of at most 340 Hz and their fifths, -3 dB, at most 0.05 each
    assert steps <= 1.1 * 2.0 * 0.05 * 2.0 * np.pi * 510.0 / 48_000
    assert loud[1:-1].all()


class Failing:
    """A stream that cannot be read."""

    def read(self, _length: int) -> NDArray[np.float32]:
        """Fail."""
        raise DecodeError("damaged")

    def close(self) -> None:
        """Nothing to close."""


def test_a_track_that_cannot_be_decoded_is_silence_and_is_told() -> None:
    voice = Voice(Path("damaged.flac"), lambda _path, _start: Failing())

    samples = voice.read(Frames(0), Frames(100))

    assert samples.shape == (100, 2)
    assert not samples.any()
    assert voice.fault == "damaged"


class Counting:
    """A stream whose samples are their own frame numbers."""

    def __init__(self, start: int, end: int) -> None:
        self._next, self._end = start, end

    def read(self, length: int) -> NDArray[np.float32]:
        """Return the next numbers."""
        frames = np.arange(self._next, min(self._next + length, self._end), dtype=np.float32)
        self._next += len(frames)
        return np.column_stack([frames, frames])

    def close(self) -> None:
        """Nothing to close."""


@pytest.mark.parametrize("starts", [(0, 5000, 4000), (90_000, 10, 90_000), (0, REMEMBERED * 3, 7)])
def test_a_voice_gives_the_same_frames_in_any_order(starts: tuple[int, ...]) -> None:
    voice = Voice(Path("count"), lambda _path, start: Counting(start, 3_000_000))

    for start in starts:
        samples = voice.read(Frames(start), Frames(1000))
        np.testing.assert_array_equal(samples[:, 0], np.arange(start, start + 1000))


def test_beyond_its_end_a_track_is_silent() -> None:
    voice = Voice(Path("count"), lambda _path, start: Counting(start, 1500))

    samples = voice.read(Frames(1000), Frames(1000))

    assert samples[499, 0] == 1499.0
    assert not samples[500:].any()
