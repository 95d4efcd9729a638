"""Spectra come a hundred times a second and put a tone where it belongs."""

import numpy as np
import pytest
from fakes import sounds

from playlists.analysis.spectrum import BANDS, FRAMES_PER_S, BandSpectrometer


def test_a_hundred_spectra_come_each_second() -> None:
    spectra = BandSpectrometer().spectra(np.zeros(10 * 48_000, np.float32))

    assert abs(len(spectra.bands) - 10 * FRAMES_PER_S) <= 2
    assert spectra.bands.shape[1] == BANDS


@pytest.mark.parametrize("frequency_hz", [600.0, 1_500.0, 4_000.0])
def test_a_tone_is_the_centroid_and_fills_one_band(frequency_hz: float) -> None:
    sound = sounds.tone(frequency_hz, 3).astype(np.float32)

    spectra = BandSpectrometer().spectra(sound)

    # The first and last frames hold the tone's abrupt edges, which are of every pitch.
    assert spectra.centroid_weight / spectra.magnitude == pytest.approx(frequency_hz, rel=0.1)
    shares = np.sort(spectra.bands[10:-10].sum(axis=0))[::-1]
    assert shares[:3].sum() > 0.6 * shares.sum()


def test_less_than_a_window_gives_nothing_yet() -> None:
    spectrometer = BandSpectrometer()

    assert len(spectrometer.spectra(np.zeros(10, np.float32)).bands) == 0
    assert len(spectrometer.spectra(np.zeros(0, np.float32)).bands) == 0
