"""Tones have their pitch, loops no seam, struck tones an end."""

import numpy as np
import pytest
from numpy.typing import NDArray

from playlists.starter.voices import (
    LOOP_FRAMES,
    NOISES,
    STRUCK,
    SUSTAINED,
    frequency_hz,
    noise_loop,
    struck_tone,
    sustained_loop,
)
from soundscape.units import SESSION_RATE_HZ


def strongest_hz(sound: NDArray[np.float32]) -> float:
    spectrum = np.abs(np.fft.rfft(sound[0]))
    return float(spectrum.argmax() * SESSION_RATE_HZ / sound.shape[1])


@pytest.mark.parametrize("name", SUSTAINED)
def test_a_held_tone_has_its_pitch_and_no_seam(name: str) -> None:
    loop = sustained_loop(SUSTAINED[name], 57, np.random.default_rng(1))

    steps = np.abs(np.diff(loop, axis=1, append=loop[:, :1]))
    assert strongest_hz(loop) == pytest.approx(frequency_hz(57), rel=0.005)
    assert steps[:, -1].max() <= steps[:, :-1].max()
    assert np.sqrt(np.mean(np.square(loop))) == pytest.approx(1.0, rel=1e-3)
    assert loop.shape == (2, LOOP_FRAMES)


@pytest.mark.parametrize("name", sorted(set(STRUCK) - {"brush", "shaker"}))
def test_a_struck_tone_has_its_pitch_and_rings_to_nothing(name: str) -> None:
    tone = struck_tone(STRUCK[name], 57, np.random.default_rng(1))

    assert strongest_hz(tone) == pytest.approx(frequency_hz(57), rel=0.005)
    assert np.abs(tone[:, 0]).max() < 1e-6
    assert np.abs(tone[:, -1]).max() < 1e-4


@pytest.mark.parametrize("center_hz", [band[0] for noise in NOISES.values() for band in noise])
def test_a_noise_is_strongest_around_its_center(center_hz: float) -> None:
    loop = noise_loop(center_hz, 0.8, np.random.default_rng(1))

    power = np.square(np.abs(np.fft.rfft(loop[0].astype(np.float64))))
    bins_hz = np.fft.rfftfreq(loop.shape[1], 1.0 / SESSION_RATE_HZ)
    middle = np.exp(np.average(np.log(bins_hz[1:]), weights=power[1:]))
    assert middle == pytest.approx(center_hz, rel=0.05)


def test_pitches_are_tempered_equally_on_440_hz() -> None:
    assert frequency_hz(69) == pytest.approx(440.0)
    assert frequency_hz(57) == pytest.approx(220.0)
    assert frequency_hz(60) == pytest.approx(261.6256, abs=1e-4)
