"""Nothing passes the guard but finite samples within the ceiling."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from soundscape.engine.guard import CEILING, guard


@given(arrays(np.float32, (64, 2), elements=st.floats(width=32)))
def test_whatever_comes_in_is_held(block: NDArray[np.float32]) -> None:
    guard(block)

    assert np.isfinite(block).all()
    assert np.abs(block).max() <= np.float32(CEILING)


def test_sound_music_is_not_touched() -> None:
    block = np.linspace(-0.7, 0.7, 128, dtype=np.float32).reshape(64, 2)
    before = block.copy()

    assert guard(block) == 0
    np.testing.assert_array_equal(block, before)


def test_offenders_are_counted() -> None:
    block = np.array([[np.nan, 0.1], [np.inf, -3.0]], np.float32)

    assert guard(block) == 3
    assert block[0, 0] == 0.0
    assert block[1, 1] == np.float32(-CEILING)
