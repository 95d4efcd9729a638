"""A tone for each side is heard on the headphones that were chosen, and nowhere else."""

import numpy as np
import pytest
from rig.chair import Chair
from rig.listening import heard_s
from rig.virtual_card import VirtualCard

from soundscape.session.sides import LEVEL_DBFS, side_tones
from soundscape.settings import write_settings
from soundscape.units import amplitude

pytestmark = pytest.mark.slow


def test_the_doctor_plays_left_then_right_on_the_chosen_headphones_alone(
    chair: Chair, card: VirtualCard
) -> None:
    choice = {"device": "headphones", "device_title": "Cans"}
    write_settings(chair.folder.settings, choice)
    card.pactl("set-default-sink", "speakers")
    wanted = side_tones()
    with card.recorded("speakers") as speakers, card.recorded("headphones") as headphones:
        said = chair.command("doctor", "--tones").stdout
        chair.until(lambda: bool(headphones.samples()[:, 1].any()))
        chair.until(lambda: not headphones.samples()[-4800:].any())
        heard, leaked_s = headphones.samples(), heard_s(speakers.samples())

    start = int(np.flatnonzero(heard[:, 0])[0]) - int(np.flatnonzero(wanted[:, 0])[0])
    np.testing.assert_array_equal(heard[start : start + len(wanted)], wanted)
    assert np.abs(heard).max() <= amplitude(LEVEL_DBFS) * 1.001
    assert leaked_s == 0.0
    assert "a tone came left, then right, on Cans" in said
    assert card.default_sink() == "speakers"
    assert not chair.shared_memory()


def test_without_a_choice_no_tone_is_played(deaf_chair: Chair) -> None:
    said = deaf_chair.command("doctor", "--tones")

    assert "Choose the headphones on the desk first." in said.stdout
    assert said.returncode == 1
