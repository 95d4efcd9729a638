"""One file, decoded once from end to end, as one ``Analysis``."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from playlists.analysis.admission import Admission
from playlists.analysis.edges import EdgeMeter
from playlists.analysis.energy import EnergyMeter
from playlists.analysis.form import audition_s, ends_of, loudness_each_second
from playlists.analysis.loop import LoopMeter
from playlists.analysis.spectrum import BandSpectrometer
from playlists.analysis.startle import jump_lu, startle_lu
from playlists.analysis.tempo import TempoMeter
from playlists.analysis.vocals import VoiceMeter, installed_detector
from playlists.models import Analysis
from soundscape.dsp.loudness import LoudnessMeter
from soundscape.dsp.truepeak import TruePeakMeter
from soundscape.errors import DecodeError, RejectedFileError
from soundscape.media.decoder import StereoStream, open_stream
from soundscape.units import SESSION_RATE_HZ

ANALYSIS_VERSION = 4
"""Raised whenever a number would come out differently; older analyses are then made anew."""

_BLOCK_FRAMES = 5 * SESSION_RATE_HZ


def analyze_file(path: Path) -> Analysis:
    """Decode a file, judge whether it can be trusted, and measure it.

    Memory does not grow with the file, but for a few numbers each second.

    Raises
    ------
    RejectedFileError
        If the file cannot be read or must not be trusted; the message is the reason.
    """
    try:
        with open_stream(path) as stream:
            return _analyzed(stream)
    except DecodeError as error:
        raise RejectedFileError(str(error)) from error


def _analyzed(stream: StereoStream) -> Analysis:
    """Return the analysis of a stream that stands at its beginning."""
    source = stream.source
    admission, meters = Admission(), _Meters()
    admission.expect(source.declared_s)
    while len(block := stream.read(_BLOCK_FRAMES)):
        admission.take(block)
        meters.add(block)
    admission.judge(
        declared_s=source.declared_s, packets=stream.packets, bad_packets=stream.bad_packets
    )
    loudness = meters.loudness.reading()
    ends = ends_of(loudness, meters.edges.reading())
    loudness_curve = loudness_each_second(loudness)
    tempo = meters.tempo.reading()
    energy = meters.energy.reading()
    voice = meters.voice.reading()
    return Analysis(
        duration_s=admission.duration_s,
        sample_rate_hz=source.sample_rate_hz,
        channels=source.channels,
        codec=source.codec,
        tempo_bpm=tempo.bpm,
        tempo_confidence=tempo.confidence,
        tempo_alternatives=tempo.alternatives,
        beat_strength=tempo.strength,
        energy=energy.mean,
        energy_curve=energy.curve,
        percussiveness=energy.percussiveness,
        integrated_lufs=loudness.integrated_lufs,
        loudness_range_lu=loudness.range_lu,
        true_peak_dbtp=meters.true_peak.reading(),
        loudness_curve=loudness_curve,
        max_rise_lu_2s=startle_lu(loudness, ends.lead_silence_s),
        max_jump_lu=jump_lu(loudness, ends.lead_silence_s),
        brightness_hz=meters.brightness_hz(),
        vocal_probability=voice.probability,
        voice_spans=voice.spans,
        lead_silence_s=ends.lead_silence_s,
        tail_silence_s=ends.tail_silence_s,
        fade_in_s=ends.fade_in_s,
        fade_out_s=ends.fade_out_s,
        audition_s=audition_s(energy.curve, loudness_curve, ends),
        loopability=meters.loop.loopability(ends, energy.curve),
        analysis_version=ANALYSIS_VERSION,
    )


class _Meters:
    """All that measures, fed with the same blocks."""

    def __init__(self) -> None:
        self.loudness = LoudnessMeter()
        self.true_peak = TruePeakMeter()
        self.edges = EdgeMeter()
        self.energy = EnergyMeter()
        self.loop = LoopMeter()
        self.tempo = TempoMeter()
        self.voice = VoiceMeter(installed_detector())
        self._spectrometer = BandSpectrometer()
        self._centroid_weight = 0.0
        self._magnitude = 0.0

    def add(self, block: NDArray[np.float32]) -> None:
        """Feed every meter the next block, of shape (frames, 2)."""
        self.loudness.add(block)
        self.true_peak.add(block)
        left, right = block.T
        self.edges.add(np.maximum(np.abs(left), np.abs(right)))
        mono = (left + right) * np.float32(0.5)
        self.voice.add(mono)
        spectra = self._spectrometer.spectra(mono)
        self.energy.add(spectra.bands)
        self.loop.add(spectra.bands)
        self.tempo.add(mono, spectra.bands)
        self._centroid_weight += spectra.centroid_weight
        self._magnitude += spectra.magnitude

    def brightness_hz(self) -> float:
        """Return the mean spectral centroid; 0 of silence."""
        return self._centroid_weight / self._magnitude if self._magnitude else 0.0
