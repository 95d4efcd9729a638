"""Files that mean harm are refused with a sentence or play like any other; none does harm."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from fakes import hostile_sound, hostile_words
from fakes.hostile import Fate, HostileFolder, filled, wav_header
from rig.examined import Cost, examine_at_cost

from playlists.analysis.pool import LimitedPool, examine_all
from playlists.analysis.worker import Limits
from soundscape.dsp.truepeak import TruePeakMeter
from soundscape.errors import RejectedFileError
from soundscape.media.decoder import open_stream
from soundscape.media.store import Store
from soundscape.session.course import Course
from soundscape.session.cues import Cue, LevelPoint, Shape
from soundscape.session.plan import PlannedTrack, SessionPlan
from soundscape.session.renderer import CHUNK, Renderer, heard
from soundscape.session.timeline import Timeline
from soundscape.units import Decibels, Frames, Seconds, frames_in

pytestmark = pytest.mark.slow
LIMITS = Limits(base_s=5.0)
MOST_BYTES = 512_000_000
CEILING_DBTP = -2.0
LOUDEST_DB = Decibels(6.0)
"""No trim adds more, whatever a file's loudness is measured to be."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> HostileFolder:
    """Return all the files."""
    makers = (*hostile_sound.MAKERS, *hostile_words.MAKERS)
    return filled(tmp_path_factory.mktemp("hostile") / "files", makers)


@pytest.fixture(scope="module")
def costs(folder: HostileFolder) -> dict[Path, Cost | str]:
    """Return what was found in each file, or why it could not be examined."""
    found: dict[Path, Cost | str] = {}
    with LimitedPool(2, limits=LIMITS) as pool:
        waiting = {path: pool.submit(examine_at_cost, path) for path in folder.fates}
        for path, future in waiting.items():
            try:
                found[path] = future.result()
            except RejectedFileError as error:
                found[path] = str(error)
    return found


def test_each_is_refused_or_admitted_as_it_must_be(
    folder: HostileFolder, costs: dict[Path, Cost | str]
) -> None:
    wrong = {}
    for path, fate in folder.fates.items():
        cost = costs[path]
        is_in = isinstance(cost, Cost) and cost.found.analysis is not None
        if fate is not Fate.EITHER and is_in != (fate is Fate.ADMITTED):
            wrong[str(path)] = cost

    assert len(folder.fates) >= 218
    assert not wrong


def test_none_crashes_hangs_or_grows(costs: dict[Path, Cost | str]) -> None:
    assert [str(path) for path, cost in costs.items() if not isinstance(cost, Cost)] == []
    for cost in costs.values():
        assert isinstance(cost, Cost)
        assert cost.most_bytes <= MOST_BYTES
        assert cost.processor_s <= LIMITS.base_s


def test_each_refusal_is_one_sentence(costs: dict[Path, Cost | str]) -> None:
    reasons = {c.found.reason for c in costs.values() if isinstance(c, Cost) and c.found.reason}

    for reason in reasons:
        assert reason.endswith(".")
        assert "\n" not in reason
        assert "failed" not in reason


def test_what_is_admitted_keeps_the_ceiling_at_the_highest_gain(
    costs: dict[Path, Cost | str],
) -> None:
    same = {"tags", "names"}  # the same sound as the file they were made of
    admitted = [
        path for path, cost in costs.items()
        if isinstance(cost, Cost) and cost.found.analysis and path.parent.name not in same
    ]  # fmt: skip

    for path in admitted:
        assert loudest_dbtp(path) <= CEILING_DBTP, path.name


def loudest_dbtp(path: Path) -> float:
    """Return the true peak of some seconds of a file as a session would play it."""
    plan, timeline = alone(path)
    renderer = Renderer(plan, Store(path.parent), lambda _, start: open_stream(path, start=start))
    meter = TruePeakMeter()
    for index in range(frames_in(8.0) // CHUNK):
        block = renderer.chunk(timeline, index)
        heard(block, (), Frames(index * CHUNK))
        assert np.isfinite(block).all()
        meter.add(block)
    renderer.close()
    return float(meter.reading())


def alone(path: Path) -> tuple[SessionPlan, Timeline]:
    """Return a plan and a timeline of nothing but a file, from its first frame."""
    end = Seconds(20.0)
    track = PlannedTrack("0" * 64, "", "", path.suffix, end, Seconds(0.0), end, LOUDEST_DB, 0.0)
    plan = SessionPlan("iv", "", "", "", 0, end, (), (), (), "", {track.content_hash: track})
    cue = Cue(
        track.content_hash, 0, Frames(0), frames_in(end), Frames(0), Frames(0), Frames(0),
        Shape.LINEAR, Shape.LINEAR, LOUDEST_DB,
    )  # fmt: skip
    levels = (LevelPoint(Frames(0), 0.0),)
    return plan, Timeline(Course(plan, attended=False), (), (cue,), levels)


@pytest.fixture
def traps(tmp_path: Path) -> Iterator[list[Path]]:
    """Yield paths that are no files, or endless ones."""
    fifo, loop, huge = tmp_path / "pipe.mp3", tmp_path / "loop.mp3", tmp_path / "huge.wav"
    os.mkfifo(fifo)
    loop.symlink_to(tmp_path / "pool.mp3")
    (tmp_path / "pool.mp3").symlink_to(loop)
    (tmp_path / "zero.mp3").symlink_to("/dev/zero")
    (tmp_path / "folder.mp3").mkdir()
    huge.write_bytes(wav_header(0xFFFFFFFF))
    os.truncate(huge, 100 << 30)
    with socket.socket(socket.AF_UNIX) as listener:
        here = os.open(tmp_path, os.O_RDONLY)
        listener.bind(f"/proc/self/fd/{here}/socket.mp3")
        os.close(here)
        yield [Path("/dev/zero"), *sorted(tmp_path.iterdir())]


def test_pipes_devices_loops_and_endless_files_end_with_a_sentence(traps: list[Path]) -> None:
    with LimitedPool(1, limits=LIMITS) as pool:
        found = list(examine_all(traps, executor=pool))

    assert len(found) == len(traps) == 8
    for each in found:
        assert each.analysis is None
        assert each.reason.endswith(".")
        assert "too long" not in each.reason
        assert "crashed" not in each.reason
