"""Fades begin and end where they say, and keep what their law keeps."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from soundscape.dsp.fades import equal_power, linear, raised_cosine


@given(st.integers(2, 96_000))
def test_equal_power_keeps_the_power_of_both_halves(length: int) -> None:
    share = np.arange(length) / length

    power = equal_power(share) ** 2 + equal_power(1.0 - share) ** 2

    np.testing.assert_allclose(power, 1.0, atol=1e-12)


@given(st.integers(2, 96_000))
def test_linear_keeps_the_amplitude_of_a_piece_with_itself(length: int) -> None:
    share = np.arange(length) / length

    np.testing.assert_allclose(linear(share) + linear(1.0 - share), 1.0, atol=1e-12)


def test_every_law_goes_from_nothing_to_all_and_stays_there() -> None:
    share = np.array([-1.0, 0.0, 1.0, 2.0])

    for law in (equal_power, linear, raised_cosine):
        np.testing.assert_allclose(law(share), [0.0, 0.0, 1.0, 1.0], atol=1e-15)


def test_a_raised_cosine_has_no_corner() -> None:
    rise = raised_cosine(np.linspace(-0.1, 1.1, 12_001))

    assert np.abs(np.diff(rise, 2)).max() < 1e-7
