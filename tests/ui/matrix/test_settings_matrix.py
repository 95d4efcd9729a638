"""The settings in every state, size, text size and language."""

import pytest
from fakes.gallery.settings import SCREENS
from fakes.gallery.stage import Screen
from fakes.matrix import Booth, in_every_language, unnamed


@in_every_language(SCREENS)
def test_the_settings_hold_their_words(booth: Booth, screen: Screen, language: str) -> None:
    assert booth.faults(screen, language) == []


@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_everything_in_the_settings_has_a_name(booth: Booth, screen: Screen) -> None:
    with booth.shown(screen) as window:
        assert unnamed(window) == []
