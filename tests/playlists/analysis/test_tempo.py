"""A steady beat is found to within half a percent, and none is made up."""

import numpy as np
import pytest
from fakes import sounds

from playlists.analysis.onsets import OnsetMeter
from playlists.analysis.spectrum import BandSpectrometer
from playlists.analysis.tempo import STEADY_AT_LEAST, Tempo, tempo_of


def measured(mono: sounds.Mono) -> Tempo:
    spectrometer, onsets = BandSpectrometer(), OnsetMeter()
    for start in range(0, len(mono), 480_000):
        onsets.add(spectrometer.spectra(mono[start : start + 480_000]).bands)
    return tempo_of(onsets.reading())


@pytest.mark.parametrize("tempo_bpm", [61.0, 72.5, 88.0, 103.0, 121.0])
def test_plucked_notes_give_their_tempo(tempo_bpm: float) -> None:
    found = measured(sounds.plucks(tempo_bpm))

    assert found.bpm == pytest.approx(tempo_bpm, rel=0.005)
    assert STEADY_AT_LEAST <= found.confidence <= 1.0


def test_drums_give_their_tempo_or_an_octave_of_it() -> None:
    found = measured(sounds.drums(100))

    assert found.bpm is not None
    assert np.log2(found.bpm / 100) == pytest.approx(round(np.log2(found.bpm / 100)), abs=0.01)


@pytest.mark.parametrize("seed", range(5))
def test_swelling_pads_have_no_tempo(seed: int) -> None:
    found = measured(sounds.pads(seed=seed))

    assert found.bpm is None
    assert found.confidence < STEADY_AT_LEAST


def test_a_drone_noise_and_silence_have_no_tempo() -> None:
    noise = np.random.default_rng(4).normal(0, 0.1, 30 * 48_000).astype(np.float32)

    for sound in (sounds.drone(), noise, np.zeros(30 * 48_000, np.float32)):
        assert measured(sound).bpm is None


def test_too_little_to_tell_has_no_tempo() -> None:
    assert measured(sounds.plucks(90, 8.0)) == Tempo(None, 0.0)
    assert tempo_of(np.empty(0, np.float32)) == Tempo(None, 0.0)


def test_the_tempo_does_not_depend_on_the_gain() -> None:
    sound = sounds.plucks(90)

    assert measured(sound * np.float32(0.03)).bpm == pytest.approx(90, rel=0.005)
