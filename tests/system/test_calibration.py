"""Headphones are calibrated through the real sound path, and a session keeps to it."""

import json
from pathlib import Path

import numpy as np
import pytest
from rig.chair import Chair
from rig.virtual_card import Recording, VirtualCard

from soundscape.dsp.loudness import LoudnessMeter
from soundscape.session.plan_file import read_plan

pytestmark = pytest.mark.slow


def test_the_noise_for_the_meter_has_its_level_and_is_heard_nowhere_else(
    chair: Chair, card: VirtualCard, headphones: Recording
) -> None:
    with card.recorded("speakers") as speakers:
        done = chair.command("calibrate", "play", "--device", "headphones")
    heard = headphones.samples()

    assert done.returncode == 0, done.stderr
    loud = np.flatnonzero(np.abs(heard).max(axis=1))
    assert len(heard[loud[0] : loud[-1]]) == pytest.approx(12 * 48_000, abs=48)
    meter = LoudnessMeter()
    meter.add(heard[loud[0] + 48_000 : loud[-1] - 48_000])
    assert meter.reading().integrated_lufs == pytest.approx(-26.0, abs=0.2)
    assert not np.any(speakers.samples())
    assert card.default_sink() == "headphones"


def test_a_session_on_loud_headphones_is_lowered_to_nominal_at_the_calibrated_volume(
    chair: Chair, card: VirtualCard
) -> None:
    chair.command("calibrate", "measured", "82", "--device", "headphones")
    card.pactl("set-sink-volume", "headphones", "150%")

    session = chair.run("--device", "headphones")
    chair.until(lambda: chair.passed(session, "session_started"))
    volume = card.pactl("get-sink-volume", "headphones").stdout
    busy = chair.command("calibrate", "play", "--device", "headphones")
    chair.end()

    home = chair.folder.sessions / session
    lowered, planned = read_plan(home / "plan.json").tracks, chair.plan.tracks
    assert {name: planned[name].gain_db - lowered[name].gain_db for name in planned} == (
        pytest.approx(dict.fromkeys(planned, 20.0))
    )
    assert _terms(home)["ear_db_a"] == pytest.approx(62.0)
    assert "100%" in volume
    assert busy.returncode == 1
    assert "end it first" in busy.stderr


def test_what_is_not_calibrated_says_so(chair: Chair) -> None:
    shown = chair.command("calibrate", "show")

    assert "Not calibrated: sessions keep the digital cap" in shown.stdout


def _terms(home: Path) -> dict[str, float]:
    found = json.loads((home / "session.json").read_text("utf-8"))
    assert isinstance(found, dict)
    return found
