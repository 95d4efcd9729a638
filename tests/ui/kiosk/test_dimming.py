"""The patient's screen glides: its words, its glow, and the display's own light."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soundscape.sensory.backlight import Backlight, backlight_called
from soundscape.sensory.scene import SLEW_LIMIT_PER_S
from ui.kiosk.dimming import LEAST, STAFF, Dimming, Wish

STEP_S = 0.1
FULL = 1000
DARK = Wish("", 0.0, 0.0, 0.0)
DARK_AT_LEAST = Wish("", 0.0, 0.0, LEAST)


@pytest.fixture
def display(tmp_path: Path) -> Path:
    """Return a folder as the system has for a display, four fifths bright."""
    folder = tmp_path / "panel"
    folder.mkdir()
    (folder / "max_brightness").write_text(f"{FULL}\n")
    (folder / "brightness").write_text("800\n")
    return folder


def brightness(display: Path) -> float:
    return int((display / "brightness").read_text()) / FULL


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "Welcome", "Welcome back"]),
            st.floats(0.0, 1.0),
            st.floats(0.0, 1.0),
            st.floats(0.0, 1.0),
            st.integers(1, 30),
        ),
        min_size=2,
        max_size=15,
    )
)
@settings(max_examples=60, derandomize=True)
def test_nothing_that_is_wished_makes_the_screen_faster_than_the_limit(
    wishes: list[tuple[str, float, float, float, int]],
) -> None:
    dimming = Dimming(None, 0.0)
    shown: list[Wish] = []
    for words, strength, glow, light, steps in wishes:
        for _ in range(steps):
            wish = Wish(words, strength, glow, light)
            shown.append(dimming.toward(wish, len(shown) * STEP_S))

    for levels in (
        [s.strength for s in shown],
        [s.glow for s in shown],
        [s.light for s in shown],
    ):
        assert max(map(abs, np.diff(levels)), default=0.0) <= SLEW_LIMIT_PER_S * STEP_S + 1e-9
    for before, after in pairwise(shown):
        assert before.words == after.words or before.strength <= SLEW_LIMIT_PER_S * STEP_S + 1e-9


def test_words_fade_away_before_others_come() -> None:
    dimming = Dimming(None, 0.0)
    welcome = Wish("Welcome", 0.4, 0.0, LEAST)

    come = [dimming.toward(welcome, step * STEP_S) for step in range(60)]
    gone = [dimming.toward(DARK, step * STEP_S) for step in range(60, 120)]

    assert come[0] == Wish("Welcome", 0.0, 0.0, LEAST)
    assert come[-1] == welcome
    assert gone[10].words == "Welcome"
    assert 0.0 < gone[10].strength < 0.4
    assert gone[-1] == DARK_AT_LEAST


def test_the_display_dims_with_the_session_and_comes_back_for_staff(display: Path) -> None:
    dimming = Dimming(backlight_called("panel", display.parent), 0.0)
    seen = [brightness(display)]
    for step in range(120):
        dimming.toward(DARK, step * STEP_S)
        seen.append(brightness(display))
    dark = seen[-1]
    steps = 0
    while not dimming.is_restored(12.0 + steps * STEP_S):
        steps += 1
        seen.append(brightness(display))

    assert dark == LEAST
    assert brightness(display) == 0.8
    assert np.abs(np.diff(seen)).max() <= SLEW_LIMIT_PER_S * 0.2 + 1.0 / FULL


def test_a_display_that_was_found_dark_is_left_bright_enough_for_staff(display: Path) -> None:
    (display / "brightness").write_text("0\n")
    dimming = Dimming(backlight_called("auto", display.parent), 0.0)

    steps = 0
    while not dimming.is_restored(steps * STEP_S):
        steps += 1

    assert brightness(display) == STAFF


def test_a_display_that_goes_away_is_left_alone(display: Path) -> None:
    dimming = Dimming(backlight_called("panel", display.parent), 0.0)
    (display / "brightness").unlink()
    display.rename(display.with_name("gone"))

    dimming.toward(DARK, 0.1)

    assert dimming.is_restored(0.2)


@pytest.mark.parametrize("name", ["other", "", 3, None, "../panel"])
def test_a_display_that_is_not_there_is_none(display: Path, name: object) -> None:
    assert backlight_called(name, display.parent) is None


def test_a_display_that_may_not_be_changed_is_none(display: Path) -> None:
    (display / "max_brightness").write_text("much\n")

    assert backlight_called("panel", display.parent) is None
    assert backlight_called("panel", display / "nowhere") is None


def test_a_level_is_written_in_the_display_s_steps(display: Path) -> None:
    Backlight(display, FULL).show(0.123)

    assert (display / "brightness").read_text() == "123\n"
