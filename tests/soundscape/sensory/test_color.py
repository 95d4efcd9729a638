"""White light of a temperature: known points, and no surprise between them."""

import numpy as np
import pytest

from soundscape.sensory.color import cold_share, mired, rgb_of


def test_daylight_is_nearly_white_and_a_candle_is_orange() -> None:
    red, green, blue = rgb_of(6500.0)
    warm = rgb_of(1900.0)

    assert min(red, green, blue) > 0.9
    assert warm[0] == 1.0
    assert 0.2 < warm[1] < 0.5
    assert warm[2] < 0.05


def test_every_color_changes_smoothly_with_the_temperature() -> None:
    colors = np.array([rgb_of(kelvin) for kelvin in np.arange(1700.0, 8000.0, 10.0)])

    assert np.abs(np.diff(colors, axis=0)).max() < 0.01
    assert colors.max(axis=1) == pytest.approx(1.0)
    assert colors.min() >= 0.0


def test_a_white_between_two_lamps_is_shared_by_reciprocal_kelvin() -> None:
    assert cold_share(2200.0, 2200.0, 6500.0) == 0.0
    assert cold_share(6500.0, 2200.0, 6500.0) == 1.0
    assert cold_share(1e6 / ((1e6 / 2200 + 1e6 / 6500) / 2), 2200.0, 6500.0) == pytest.approx(0.5)
    assert cold_share(1800.0, 2200.0, 6500.0) == 0.0


def test_mired_is_a_million_by_kelvin() -> None:
    assert (mired(2000.0), mired(6500.0)) == (500, 154)
