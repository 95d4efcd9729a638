"""The route of staff's words: kept as a name and a number, and never louder than the cap."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soundscape.folders import DataFolder
from soundscape.room.calibration import SOFT_CAP_DB_A, Calibration, Method
from soundscape.session.files import Terms
from soundscape.session.hearing import hearing_of
from soundscape.session.talk_route import TalkRoute, keep_route, read_route, remove, with_talk

TERMS = Terms("usb", 1.0, attended=True)


def test_a_voice_is_brought_to_the_level_of_the_music(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)

    kept = keep_route(folder, "mic", -41.2)

    assert kept == TalkRoute("mic", 15)
    assert read_route(folder) == kept


def test_no_voice_is_raised_or_lowered_without_limit(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)

    assert keep_route(folder, "mic", -90.0).gain_db == 40
    assert keep_route(folder, "mic", 0.0).gain_db == -20


def test_a_route_that_was_taken_away_is_gone(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    keep_route(folder, "mic", -41.2)

    remove(folder)

    assert read_route(folder) is None
    assert with_talk(TERMS, read_route(folder), None) == TERMS


@pytest.mark.parametrize(
    "line", ['talk_microphone = ""', "talk_gain_db = 3", "talk_microphone = 3"]
)
def test_what_is_no_whole_route_is_none(tmp_path: Path, line: str) -> None:
    folder = DataFolder(tmp_path)
    folder.settings.write_text(f"{line}\n", "utf-8")

    assert read_route(folder) is None


@given(st.floats(60.0, 140.0))
def test_on_calibrated_headphones_not_even_a_steady_tone_passes_the_soft_cap(
    offset_db: float,
) -> None:
    hearing = hearing_of(Calibration(offset_db, Method.MEASURED, (), ""))

    terms = with_talk(TERMS, TalkRoute("mic", 40), hearing)

    # A steady tone in both ears has as many LUFS as its peak has dBFS.
    assert terms.speech_peak_dbfs + offset_db <= SOFT_CAP_DB_A + 1e-6
