"""Ramps of the master level: continuous, exact at their ends, the same in any block size."""

from itertools import zip_longest

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from soundscape.engine import automation
from soundscape.engine.automation import Lane, Ramp, amplitudes, lane_amplitude, with_ramp
from soundscape.units import Frames

ramps = st.lists(
    st.builds(
        Ramp,
        st.sampled_from(Lane),
        st.integers(0, 4000).map(Frames),
        st.integers(100, 3000).map(Frames),
        st.floats(0.0, 2.0),
    ),
    max_size=6,
)


def in_order(made: list[Ramp]) -> tuple[Ramp, ...]:
    held: tuple[Ramp, ...] = ()
    for ramp in made:
        held = with_ramp(held, ramp)
    return held


def told(made: list[Ramp], lane: Lane, frame: int) -> float:
    """Return a lane's amplitude on a frame, by what the ramps mean and nothing else."""
    value = 1.0
    own = [ramp for ramp in in_order(made) if ramp.lane is lane]
    for ramp, following in zip_longest(own, own[1:]):
        until = frame if following is None else min(frame, following.start)
        share = min(max((until - ramp.start) / ramp.length, 0.0), 1.0)
        value += (ramp.target - value) * (0.5 - 0.5 * np.cos(share * np.pi))
    return value


@given(ramps, st.sampled_from(Lane), st.integers(0, 7000))
def test_a_lane_is_where_its_ramps_say_on_any_frame(
    made: list[Ramp], lane: Lane, first: int
) -> None:
    frames = np.arange(first, first + 600)

    level = lane_amplitude(in_order(made), lane, frames)

    for index in (0, 299, 599):
        assert abs(level[index] - told(made, lane, first + index)) <= 1e-12


def test_what_a_session_has_behind_it_costs_the_callback_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def never(_share: object) -> None:
        pytest.fail("the law is computed for what is over")

    monkeypatch.setattr(automation, "raised_cosine", never)
    made = [Ramp(Lane.VOLUME, Frames(n * 5000), Frames(3000), 0.5 + n % 2) for n in range(200)]

    level = amplitudes(tuple(made), Frames(200 * 5000), Frames(1024))

    assert level is not None
    np.testing.assert_array_equal(level, np.full(1024, 1.5))


def test_without_a_ramp_the_level_is_left_alone() -> None:
    assert amplitudes((), Frames(0), Frames(1024)) is None


def test_a_lane_without_ramps_is_at_unity() -> None:
    np.testing.assert_array_equal(lane_amplitude((), Lane.TALK, np.arange(4)), np.ones(4))


def test_a_ramp_begins_and_ends_exactly() -> None:
    ramp = Ramp(Lane.STOP, Frames(100), Frames(200), 0.0)

    level = amplitudes((ramp,), Frames(0), Frames(400))

    assert level is not None
    assert level[100] == 1.0
    assert level[99] == 1.0
    assert level[299] > 0.0
    assert not level[300:].any()


def test_a_level_back_at_unity_is_left_alone_again() -> None:
    down = Ramp(Lane.TALK, Frames(0), Frames(10), 0.2)
    back = Ramp(Lane.TALK, Frames(50), Frames(10), 1.0)

    assert amplitudes((down, back), Frames(60), Frames(100)) is None


@given(ramps)
def test_the_level_never_steps(made: list[Ramp]) -> None:
    level = amplitudes(in_order(made), Frames(0), Frames(8000))

    if level is not None:
        # the steepest raised cosine here: from 2 to 0 in 100 frames, on six lanes up to 2 each
        assert np.abs(np.diff(level)).max() <= 2.0**6 * 6 * np.pi / 100
        assert np.isfinite(level).all()


@given(ramps, st.integers(97, 2000))
def test_any_block_size_gives_the_same_samples(made: list[Ramp], block: int) -> None:
    held = in_order(made)
    whole = amplitudes(held, Frames(0), Frames(4900))
    parts = [
        amplitudes(held, Frames(start), Frames(min(block, 4900 - start)))
        for start in range(0, 4900, block)
    ]
    joined = np.concatenate(
        [
            np.ones(min(block, 4900 - start)) if part is None else part
            for start, part in zip(range(0, 4900, block), parts, strict=True)
        ]
    )

    np.testing.assert_array_equal(joined, np.ones(4900) if whole is None else whole)
