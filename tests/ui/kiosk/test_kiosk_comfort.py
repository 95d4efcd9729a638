"""What the patient sees without asking is dark, slow and never a surprise."""

from itertools import pairwise
from pathlib import Path

import pytest
from fakes.screens import relative_luminance
from fakes.session import status

from ui.kiosk.comfort import BREATH_S, Glow, breath, glow_image, read_cue, read_glow, words_for

GLOWS = [Glow.EMBER, Glow.MOSS]


@pytest.mark.parametrize("glow", GLOWS)
def test_the_glow_stays_under_the_cap_of_luminance(glow: Glow) -> None:
    image = glow_image(glow, 320, 200)
    lights = [
        relative_luminance(image.pixelColor(x, y))
        for x in range(0, 320, 2)
        for y in range(0, 200, 2)
    ]

    assert 0.0005 < sum(lights) / len(lights) <= 0.005
    assert max(lights) <= 0.05


@pytest.mark.parametrize("glow", GLOWS)
def test_the_glow_leaves_the_edge_of_the_screen_black(glow: Glow) -> None:
    image = glow_image(glow, 640, 400)

    assert {image.pixelColor(x, 399).name() for x in (0, 639)} == {"#000000"}


def test_the_glow_breathes_slower_than_anything_that_flickers() -> None:
    steps = [breath(moment / 10.0) for moment in range(int(BREATH_S * 10) + 1)]

    assert 1.0 / BREATH_S < 0.25
    assert max(abs(after - before) for before, after in pairwise(steps)) < 0.02
    assert steps[0] == pytest.approx(steps[-1])


def test_words_go_with_the_light_and_come_back_with_it() -> None:
    assert words_for(status(phase="settle", screen=0.25))[1] == 1.0
    assert words_for(status(phase="rise", screen=0.0)) == ("", 0.0)
    assert words_for(status(phase="recover", screen=0.25))[0].startswith("Welcome back")


@pytest.mark.parametrize("phase", ["dose", "rise", "deepen", "return"])
def test_nothing_is_written_while_the_patient_is_away(phase: str) -> None:
    assert words_for(status(phase=phase, screen=0.4))[0] == ""


@pytest.mark.parametrize(
    ("said", "glow"),
    [('kiosk_glow = "moss"', Glow.MOSS), ('kiosk_glow = "disco"', Glow.OFF), ("", Glow.OFF)],
)
def test_the_settings_choose_the_glow(tmp_path: Path, said: str, glow: Glow) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text(said, "utf-8")

    assert read_glow(settings) is glow


@pytest.mark.parametrize(
    ("said", "cue"),
    [
        ('[sheet.en]\ncue = "Let it come."', "Let it come."),
        ('[sheet.en]\ncue = ""', ""),
        ("[sheet.en]\ncue = 3", "There is nothing you have to do."),
        ("", "There is nothing you have to do."),
    ],
)
def test_the_cue_is_the_clinics_or_as_shipped(tmp_path: Path, said: str, cue: str) -> None:
    clinic = tmp_path / "visit.toml"
    clinic.write_text(said, "utf-8")

    read = read_cue(clinic)

    assert read.startswith(cue)
    assert bool(read) is bool(cue)
