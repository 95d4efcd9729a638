"""Filters agree with the standard's table and do not notice where blocks are cut."""

from itertools import pairwise

import numpy as np
import pytest
from scipy.signal import sosfilt

from soundscape.dsp.filters import Decimator, GroupFilter, k_weighting


def test_at_48_khz_the_weighting_is_the_standards_table() -> None:  # BS.1770-5, tables 1 and 2
    shelf, high_pass = k_weighting(48_000)

    assert shelf == pytest.approx(
        np.r_[
            1.53512485958697,
            -2.69169618940638,
            1.19839281085285,
            1.0,
            -1.69065929318241,
            0.73248077421585,
        ],
        abs=1e-10,
    )
    assert high_pass == pytest.approx(
        [1.0, -2.0, 1.0, 1.0, -1.99004745483398, 0.99007225036621], abs=1e-10
    )


@pytest.mark.parametrize(("rate_hz", "group_frames"), [(48_000, 64), (44_100, 63), (8_000, 50)])
def test_filtering_by_groups_is_filtering_frame_by_frame(rate_hz: int, group_frames: int) -> None:
    sections, frames = k_weighting(rate_hz), 100 * group_frames
    sound = np.random.default_rng(3).normal(0.5, 0.2, (frames, 2))
    grouped = GroupFilter(sections, group_frames, 2)

    parts = [grouped.filtered(part) for part in np.split(sound, [7 * group_frames] * 2)]

    found = np.concatenate(parts, axis=1).reshape(2, -1).T
    assert found == pytest.approx(sosfilt(sections, sound, axis=0), abs=1e-5)


@pytest.mark.parametrize("factor", [2, 3])
def test_blocks_of_any_length_decimate_as_one(factor: int) -> None:
    sound = np.random.default_rng(2).normal(size=(10_000, 1))
    cuts = [0, 1, 8, 1_000, 1_000, 5_557, 10_000]
    pieces, whole = Decimator(factor, 1), Decimator(factor, 1)

    parts = [pieces.decimated(sound[a:b]) for a, b in pairwise(cuts)]

    assert np.concatenate(parts) == pytest.approx(whole.decimated(sound), abs=1e-6)


@pytest.mark.parametrize("factor", [2, 3])
def test_decimation_passes_what_fits_and_stops_what_would_fold_onto_it(factor: int) -> None:
    times_s = np.arange(48_000)[:, None] / 48_000
    half_hz = 24_000 / factor

    low = Decimator(factor, 1).decimated(np.sin(2 * np.pi * half_hz * 5 / 6 * times_s))
    high = Decimator(factor, 1).decimated(np.sin(2 * np.pi * half_hz * 7 / 6 * times_s))

    assert len(low) == 48_000 // factor
    assert np.abs(low[1_000:]).max() == pytest.approx(1.0, abs=0.01)
    assert np.abs(high[1_000:]).max() < 10 ** (-68 / 20)
