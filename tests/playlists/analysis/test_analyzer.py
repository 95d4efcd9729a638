"""A file is measured as it will be heard, or refused with a sentence."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from fakes import sounds

from playlists.analysis.admission import LONGEST_S, Admission
from playlists.analysis.analyzer import ANALYSIS_VERSION, analyze_file
from soundscape.errors import RejectedFileError
from soundscape.units import Seconds


@pytest.mark.slow
def test_every_number_of_a_known_piece_is_right(tmp_path: Path) -> None:
    music = sounds.plucks(61, 30)
    silence = np.zeros(2 * 48_000, np.float32)
    path = sounds.write(tmp_path / "a.flac", np.concatenate([silence, music, silence]))

    found = analyze_file(path)

    assert (found.codec, found.sample_rate_hz, found.channels) == ("flac", 48_000, 2)
    assert found.duration_s == pytest.approx(34)
    assert found.tempo_bpm == pytest.approx(61, rel=0.005)
    assert found.lead_silence_s == pytest.approx(2, abs=0.02)
    assert found.tail_silence_s == pytest.approx(2, abs=0.5)
    assert found.true_peak_dbtp == pytest.approx(20 * np.log10(0.3), abs=0.1)
    assert -35 < found.integrated_lufs < -10
    assert 0.0 < found.energy < 0.2
    assert 0.2 < found.percussiveness < 0.6
    assert len(found.energy_curve) == 4
    assert len(found.loudness_curve) == 34
    assert found.fade_in_s == 0.0
    assert found.max_jump_lu < 3.0
    assert found.lead_silence_s <= found.audition_s <= 12.0
    assert 0.0 < found.loopability < 0.5
    assert 200 < found.brightness_hz < 2_000
    assert found.analysis_version == ANALYSIS_VERSION


@pytest.mark.slow
def test_a_sudden_rise_is_measured_and_the_tracks_own_start_is_none(tmp_path: Path) -> None:
    music = sounds.drone(30)
    music[: 15 * 48_000] *= 0.1

    found = analyze_file(sounds.write(tmp_path / "a.wav", music))

    assert found.max_rise_lu_2s == pytest.approx(20, abs=1)
    assert found.tempo_bpm is None


@pytest.mark.parametrize(
    ("sound", "reason"),
    [
        (sounds.drone(10), "shorter than 20 seconds"),
        (np.zeros(30 * 48_000, np.float32), "silent"),
        (sounds.drone(30) * np.float32(1e-4), "silent"),
        (sounds.drone(30) * np.float32(10), "far beyond full scale"),
        (np.where(np.arange(30 * 48_000) == 900_000, np.nan, sounds.drone(30)), "broken samples"),
    ],
    ids=["short", "zeros", "quiet", "loud", "nan"],
)
def test_what_must_not_be_heard_is_refused(
    tmp_path: Path, sound: sounds.Mono, reason: str
) -> None:
    path = sounds.write(tmp_path / "a.wav", sound.astype(np.float32))

    with pytest.raises(RejectedFileError, match=reason):
        analyze_file(path)


def test_a_file_cut_in_half_is_refused(tmp_path: Path) -> None:
    path = sounds.write(tmp_path / "a.flac", sounds.pads(50))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    with pytest.raises(RejectedFileError, match="damaged"):
        analyze_file(path)


def test_more_than_four_hours_are_refused_while_decoding() -> None:
    admission = Admission()
    minute = np.full((60 * 48_000, 2), 0.1, np.float32)

    for _ in range(int(LONGEST_S / 60)):
        admission.take(minute)

    with pytest.raises(RejectedFileError, match="longer than 4 hours"):
        admission.take(minute)


def test_a_file_that_claims_more_than_four_hours_is_not_even_decoded() -> None:
    admission = Admission()
    admission.expect(None)
    admission.expect(LONGEST_S)

    with pytest.raises(RejectedFileError, match="longer than 4 hours"):
        admission.expect(Seconds(LONGEST_S + 1))


def test_one_bad_packet_in_a_hundred_is_the_most() -> None:
    admission = Admission()
    admission.take(np.full((30 * 48_000, 2), 0.1, np.float32))

    admission.judge(declared_s=Seconds(30.0), packets=1_000, bad_packets=10)

    with pytest.raises(RejectedFileError, match="cannot be decoded"):
        admission.judge(declared_s=Seconds(30.0), packets=1_000, bad_packets=11)


def test_nothing_of_the_analysis_needs_qt() -> None:
    code = "import sys; sys.modules['PyQt6'] = None; import playlists.analysis.analyzer"

    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[3])
