"""A steady beat is found and measured exactly, none is made up, and pieces equal the whole."""

import pickle

import numpy as np
import pytest
from fakes import sounds

from playlists.analysis.spectrum import BandSpectrometer
from playlists.analysis.tempo import NO_TEMPO, Tempo, TempoMeter
from playlists.models import BeatStrength


def measured(mono: sounds.Mono, block_frames: int = 480_000) -> Tempo:
    spectrometer, meter = BandSpectrometer(), TempoMeter()
    for start in range(0, len(mono), block_frames):
        block = mono[start : start + block_frames]
        meter.add(block, spectrometer.spectra(block).bands)
    return meter.reading()


def clicks(tempo_bpm: float, length_s: float = 60.0) -> sounds.Mono:
    """Return a struck note on each beat, exactly in time, and a low one on every fourth."""
    sound = np.zeros(round(length_s * sounds.RATE_HZ), np.float32)
    for beat in range(int(length_s * tempo_bpm / 60)):
        pitch_hz = (220.0, 330.0, 440.0, 330.0)[beat % 4]
        times_s = np.arange(sounds.RATE_HZ // 3) / sounds.RATE_HZ
        note = np.sin(2 * np.pi * pitch_hz * times_s) * np.exp(-times_s / 0.1)
        start = round(beat * 60 / tempo_bpm * sounds.RATE_HZ)
        sound[start : start + len(note)] += note[: len(sound) - start].astype(np.float32)
    return sound * np.float32(0.3)


def octaves_away(found: Tempo, tempo_bpm: float) -> float:
    assert found.bpm is not None
    octaves = float(np.log2(found.bpm / tempo_bpm))
    return abs(octaves - round(octaves))


@pytest.mark.parametrize("tempo_bpm", [57.3, 72.5, 88.2, 103.7, 121.1])
def test_a_steady_beat_is_measured_to_a_thousandth(tempo_bpm: float) -> None:
    found = measured(clicks(tempo_bpm))

    assert octaves_away(found, tempo_bpm) < np.log2(1.001)
    assert found.strength is BeatStrength.CLEAR


@pytest.mark.parametrize("tempo_bpm", [72.5, 88.0, 103.0])
def test_plucked_notes_give_their_tempo_though_loose(tempo_bpm: float) -> None:
    found = measured(sounds.plucks(tempo_bpm))

    assert octaves_away(found, tempo_bpm) < np.log2(1.005)
    assert 0.0 < found.confidence <= 1.0


def test_drums_give_their_tempo_or_an_octave_of_it() -> None:
    assert octaves_away(measured(sounds.drums(100)), 100) < 0.01


@pytest.mark.parametrize("seed", range(4))
def test_swelling_pads_have_no_tempo(seed: int) -> None:
    assert measured(sounds.pads(seed=seed)) == NO_TEMPO


@pytest.mark.parametrize("beating_hz", [0.2, 1.0, 2.0, 4.0])
def test_a_drone_that_beats_has_no_tempo(beating_hz: float) -> None:
    sound = sounds.tone(110.0, 40.0, 4) + sounds.tone(110.0 + beating_hz, 40.0, 4)

    assert measured((0.1 * sound).astype(np.float32)) == NO_TEMPO


def test_a_drone_noise_and_silence_have_no_tempo() -> None:
    noise = np.random.default_rng(4).normal(0, 0.1, 30 * 48_000).astype(np.float32)

    for sound in (sounds.drone(), noise, np.zeros(30 * 48_000, np.float32)):
        assert measured(sound) == NO_TEMPO


def test_too_little_to_tell_has_no_tempo() -> None:
    assert measured(sounds.plucks(90, 8.0)) == NO_TEMPO
    assert TempoMeter().reading() == NO_TEMPO


def test_the_tempo_does_not_depend_on_the_gain() -> None:
    sound = sounds.plucks(90)

    quiet, loud = measured(sound * np.float32(0.03)), measured(sound)

    assert quiet.bpm == pytest.approx(loud.bpm, rel=1e-6)


def test_what_is_fed_in_pieces_gives_what_the_whole_gives() -> None:
    sound = sounds.plucks(83)

    whole, pieces = measured(sound, len(sound)), measured(sound, 77_777)

    assert pieces.bpm == pytest.approx(whole.bpm, rel=1e-6)
    assert pieces.confidence == pytest.approx(whole.confidence, abs=1e-4)


def test_alternatives_are_other_tempi_the_likeliest_first() -> None:
    found = measured(sounds.plucks(72.5))

    weights = [weight for _, weight in found.alternatives]
    assert weights == sorted(weights, reverse=True)
    assert all(0.0 < weight <= 1.0 for weight in weights)
    assert all(abs(np.log2(bpm / (found.bpm or 1.0))) > 0.05 for bpm, _ in found.alternatives)


def test_what_is_kept_does_not_grow_with_the_track() -> None:
    spectrometer, meter = BandSpectrometer(), TempoMeter()
    block = sounds.plucks(90, 20.0)
    sizes_bytes = []

    for _ in range(8):
        meter.add(block, spectrometer.spectra(block).bands)
        sizes_bytes.append(len(pickle.dumps(meter)))

    assert max(sizes_bytes[4:]) < 1.2 * max(sizes_bytes[:4])
