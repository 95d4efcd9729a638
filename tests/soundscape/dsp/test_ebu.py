"""The meters read what EBU Tech 3341 and 3342 demand, and what an independent meter reads."""

import numpy as np
import pytest
from fakes import ebu, ebur128, sounds
from numpy.typing import NDArray

from soundscape.dsp.loudness import LoudnessMeter
from soundscape.dsp.truepeak import TruePeakMeter

_BLOCK_FRAMES = 70_001
SIGNALS = ebu.signals()


def blocks(sound: NDArray[np.floating]) -> list[NDArray[np.float32]]:
    return [
        sound[start : start + _BLOCK_FRAMES].astype(np.float32)
        for start in range(0, len(sound), _BLOCK_FRAMES)
    ]


def measured(sound: NDArray[np.floating], rate_hz: int) -> dict[ebu.Measure, float]:
    channels = sound.shape[1]
    weights = (1.0, 1.0) if channels == 2 else ebu.SURROUND_WEIGHTS
    loudness, peak = LoudnessMeter(rate_hz, weights), TruePeakMeter(channels)
    for block in blocks(sound):
        loudness.add(block)
        peak.add(block)
    reading = loudness.reading()
    return {
        ebu.Measure.INTEGRATED: reading.integrated_lufs,
        ebu.Measure.MOMENTARY_MAX: float(reading.momentary_lufs.max(initial=-np.inf)),
        ebu.Measure.SHORT_TERM_MAX: float(reading.short_term_lufs.max(initial=-np.inf)),
        ebu.Measure.RANGE: reading.range_lu,
        ebu.Measure.TRUE_PEAK: peak.reading(),
    }


def song(length_s: float, seed: int) -> NDArray[np.float64]:
    """Return music whose level, width and instruments change."""
    parts = [
        sounds.pads(length_s, seed) * 0.2,
        sounds.plucks(70.0 + seed, length_s, seed) * 0.7,
        sounds.drums(90.0, length_s) * 0.9,
    ]
    mono = np.concatenate(parts)
    side = np.roll(mono, 4_800) * 0.3
    return np.stack([mono + side, mono - side], axis=1).astype(np.float64)


@pytest.mark.parametrize("signal", SIGNALS, ids=[signal.name for signal in SIGNALS])
def test_a_signal_reads_as_the_document_says(signal: ebu.Signal) -> None:
    reading = measured(signal.sound(), signal.rate_hz)

    low, high = ebu.TOLERANCES[signal.measure]
    assert low <= reading[signal.measure] - signal.expected <= high


def test_there_are_as_many_signals_as_can_be_computed() -> None:
    assert len({signal.name for signal in SIGNALS}) == 26


@pytest.mark.parametrize("rate_hz", [44_100, 48_000])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_music_reads_as_an_independent_meter_reads_it(seed: int, rate_hz: int) -> None:
    music = song(12.0, seed)

    reading = measured(music, rate_hz)

    expected = ebur128.read(blocks(music), rate_hz)
    assert reading[ebu.Measure.INTEGRATED] == pytest.approx(expected.integrated_lufs, abs=0.02)
    assert reading[ebu.Measure.RANGE] == pytest.approx(expected.range_lu, abs=1.0)
    # That meter looks between samples with a shorter filter, and misses a little in noise.
    assert -0.1 <= reading[ebu.Measure.TRUE_PEAK] - expected.true_peak_dbtp <= 0.4
