"""The patient's screen in every state: its words whole, and always dark."""

import numpy as np
import pytest
from fakes.clock import FakeClock
from fakes.gallery.kiosk import DARK, SCREENS
from fakes.gallery.stage import Screen
from fakes.matrix import (
    SESSION_LUMINANCE,
    SIZES,
    Booth,
    in_every_language,
    luminance,
    pixels_of,
    unnamed,
)
from fakes.screens import resize
from numpy.typing import NDArray

from ui.kiosk.comfort import BREATH_S
from ui.kiosk.window import FRAME_MS, KioskWindow

FASTEST_HZ = 0.25
EDGE_LUMINANCE = 0.01
"""Of a glow that fades away; words are brighter."""
MARGIN_PX = 24
LSB = 1.0 / 255.0


@in_every_language(SCREENS)
def test_the_patients_screen_holds_its_words(booth: Booth, screen: Screen, language: str) -> None:
    assert booth.faults(screen, language) == []


@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_everything_on_the_patients_screen_has_a_name(booth: Booth, screen: Screen) -> None:
    with booth.shown(screen) as window:
        assert unnamed(window) == []


@pytest.mark.slow
@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_the_patients_screen_is_dark_and_writes_within_its_edges(
    booth: Booth, screen: Screen
) -> None:
    booth.speak("pseudo")
    with booth.shown(screen, 150) as window:
        for size in SIZES:
            resize(window, *size)
            lights = luminance(pixels_of(window))
            mean = lights.mean()
            lights[MARGIN_PX:-MARGIN_PX, MARGIN_PX:-MARGIN_PX] = 0.0

            assert mean <= SESSION_LUMINANCE
            assert lights.max() <= EDGE_LUMINANCE


@pytest.mark.slow
@pytest.mark.parametrize("screen", DARK, ids=str)
def test_nothing_on_the_patients_screen_changes_fast(booth: Booth, screen: Screen) -> None:
    rate_hz = 1000.0 / FRAME_MS
    with booth.shown(screen) as window:
        assert isinstance(window, KioskWindow)
        resize(window, 320, 200)
        levels = breathing(window, booth.clock, round(4 * BREATH_S * rate_hz))

    spectrum = np.abs(np.fft.rfft(levels - levels.mean())) * 2.0 / len(levels)
    fast = np.fft.rfftfreq(len(levels), 1.0 / rate_hz) > FASTEST_HZ
    assert spectrum[fast].max() <= 0.1 * LSB


def breathing(window: KioskWindow, clock: FakeClock, frames: int) -> NDArray[np.float64]:
    """Return the screen's mean level, 0-1, at each of some looks at the clock."""
    levels = []
    for _frame in range(frames):
        clock.advance(FRAME_MS / 1000.0)
        window.follow()
        levels.append(pixels_of(window.screen_).mean() * LSB)
    return np.array(levels)
