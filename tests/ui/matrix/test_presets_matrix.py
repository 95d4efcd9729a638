"""The patient's choice in every state, size, text size and language."""

import pytest
from fakes.gallery.presets import SCREENS
from fakes.gallery.stage import Screen
from fakes.matrix import (
    SESSION_LUMINANCE,
    SHIPPED,
    SIZES,
    Booth,
    fit,
    in_every_language,
    luminance,
    pixels_of,
    unnamed,
)

from ui.presets.window import PresetsWindow


@in_every_language(SCREENS)
def test_the_patients_choice_holds_its_words(booth: Booth, screen: Screen, language: str) -> None:
    assert booth.faults(screen, language) == []


@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_everything_of_the_patients_choice_has_a_name(booth: Booth, screen: Screen) -> None:
    with booth.shown(screen) as window:
        assert unnamed(window) == []


def test_the_choice_is_dark_while_a_session_goes_on(booth: Booth) -> None:
    locked = next(screen for screen in SCREENS if screen.name == "locked")
    booth.speak("pseudo")
    with booth.shown(locked, 150) as window:
        for size in SIZES:
            fit(window, size)

            assert luminance(pixels_of(window)).mean() <= SESSION_LUMINANCE


@pytest.mark.parametrize("language", SHIPPED)
def test_all_cards_are_seen_at_once_on_every_tablet(booth: Booth, language: str) -> None:
    typical = next(screen for screen in SCREENS if screen.name == "typical")
    booth.speak(language)
    with booth.shown(typical) as window:
        assert isinstance(window, PresetsWindow)
        for size, columns in zip(SIZES, (4, 2, 2), strict=True):
            fit(window, size)

            assert window.chooser.columns == columns
