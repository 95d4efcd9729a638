"""Energy orders music as people do, and does not hear how loud it is."""

import numpy as np
import pytest
from fakes import sounds

from playlists.analysis.energy import (
    REFERENCE,
    Energy,
    EnergyMeter,
    energy_of,
    window_energy,
    window_percussiveness,
)
from playlists.analysis.spectrum import BANDS, BandSpectrometer


def measured(mono: sounds.Mono, step: int = 480_000) -> Energy:
    spectrometer, meter = BandSpectrometer(), EnergyMeter()
    for start in range(0, len(mono), step):
        meter.add(spectrometer.spectra(mono[start : start + step]).bands)
    return meter.reading()


def test_more_movement_is_more_energy() -> None:
    still = measured(sounds.drone()).mean
    calm = measured(sounds.pads()).mean
    walking = measured(sounds.plucks(80)).mean
    driving = measured(sounds.drums(130)).mean

    assert still < 0.02
    assert still < calm < 0.3
    assert still < walking < 0.3
    assert driving > 0.8


def test_brighter_instruments_have_more_energy() -> None:
    dark = measured(sounds.plucks(90))
    sound = sounds.plucks(90)

    bright = measured(np.diff(sound, prepend=np.float32(0)))

    assert bright.mean > dark.mean + 0.05


def test_a_lone_bell_is_calm_however_sharply_it_begins() -> None:
    times_s = np.arange(4 * 48_000) / 48_000
    stroke = np.sin(2 * np.pi * 440 * times_s) * np.exp(-times_s) * np.minimum(1, times_s / 0.003)

    bell = measured(np.tile(stroke, 10).astype(np.float32))

    assert bell.mean < 0.1


def test_strokes_are_percussive_and_held_tones_are_not() -> None:
    held = measured(sounds.drone()).percussiveness
    swelling = measured(sounds.pads()).percussiveness
    plucked = measured(sounds.plucks(80)).percussiveness
    struck = measured(sounds.drums(130)).percussiveness

    assert held < 0.01
    assert held < swelling < plucked < 0.5 < struck


def test_the_same_music_played_faster_has_more_energy() -> None:
    assert measured(sounds.plucks(60)).mean < measured(sounds.plucks(96)).mean


@pytest.mark.parametrize("gain_db", [-30, -12, 12])
def test_gain_changes_energy_by_less_than_a_hundredth(gain_db: float) -> None:
    sound = sounds.plucks(90)

    louder = measured((sound * 10 ** (gain_db / 20)).astype(np.float32))

    assert louder.mean == pytest.approx(measured(sound).mean, abs=0.01)
    assert louder.percussiveness == pytest.approx(measured(sound).percussiveness, abs=0.01)


def test_the_size_of_the_blocks_changes_nothing() -> None:
    sound = sounds.plucks(90)

    assert measured(sound, 77_777).mean == pytest.approx(measured(sound).mean, abs=1e-4)


def test_the_curve_has_a_point_every_ten_seconds_and_follows_the_music() -> None:
    sound = np.concatenate([sounds.drone(20), sounds.drums(120, 20)])

    curve = measured(sound).curve

    assert [at_s for at_s, _ in curve] == [0.0, 10.0, 20.0, 30.0]
    assert curve[0][1] < 0.1
    assert curve[2][1] > 0.6


def test_silence_within_a_track_is_at_rest_and_does_not_count() -> None:
    music = sounds.plucks(90, 20)

    energy = measured(np.concatenate([music, np.zeros(20 * 48_000, np.float32)]))

    assert energy.curve[-1][1] == 0.0
    assert energy.mean == pytest.approx(measured(music).mean, abs=0.02)


def test_silence_and_nothing_have_no_energy() -> None:
    assert measured(np.zeros(48_000, np.float32)) == Energy(0.0, ((0.0, 0.0),), 0.0)
    assert EnergyMeter().reading().mean == 0.0
    assert window_energy(np.zeros((1_000, BANDS), np.float32)) == 0.0
    assert window_percussiveness(np.zeros((1_000, BANDS), np.float32)) == 0.0


def test_energy_grows_with_the_score_from_zero_to_one() -> None:
    energies = [energy_of(score) for score in np.linspace(-3, 7, 100)]

    assert energies == sorted(energies)
    assert (energies[0], energies[-1]) == (0.0, 1.0)


def test_the_reference_rises_from_zero_to_one() -> None:
    assert (np.diff(REFERENCE, axis=0) > 0).all()
    assert (REFERENCE[0, 1], REFERENCE[-1, 1]) == (0.0, 1.0)
