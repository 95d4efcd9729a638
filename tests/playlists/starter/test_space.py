"""A room decays without an echo, and a sound in it stays where it is."""

import numpy as np
import pytest

from playlists.starter.space import convolved, placed, room


def test_a_room_is_the_direct_sound_and_a_tail_that_decays() -> None:
    response = room(2.0, 0.5, np.random.default_rng(1))

    energy = np.square(response[:, 1:].astype(np.float64))
    quarters = energy[:, : energy.shape[1] // 4 * 4].reshape(2, 4, -1).sum(axis=2)
    assert np.all(np.diff(quarters, axis=1) < 0.0)
    assert energy.sum(axis=1) == pytest.approx([0.5, 0.5], rel=0.05)
    assert response[:, 0] == pytest.approx([1.0, 1.0], abs=0.01)


def test_convolution_by_blocks_equals_convolution() -> None:
    rng = np.random.default_rng(2)
    sound = np.zeros((2, 1_100_000), np.float32)
    hits = rng.integers(0, sound.shape[1], 20)
    sound[:, hits] = rng.uniform(-1.0, 1.0, (2, 20))
    response = rng.uniform(-0.1, 0.1, (2, 3_000)).astype(np.float32)

    wet = convolved(sound, response)

    expected = np.zeros((2, sound.shape[1] + 3_000))
    for at in set(hits.tolist()):
        expected[:, at : at + 3_000] += sound[:, at : at + 1] * response
    assert wet == pytest.approx(expected[:, : sound.shape[1]], abs=1e-5)


@pytest.mark.parametrize("pan", [-1.0, -0.3, 0.0, 0.8, 1.0])
def test_a_place_keeps_the_power(pan: float) -> None:
    left, right = placed(pan)

    assert left**2 + right**2 == pytest.approx(2.0)
    assert (right > left) == (pan > 0.0)
