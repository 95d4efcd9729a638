"""The dialogs of the builder in every state, size, text size and language."""

import pytest
from fakes.gallery.dialogs import SCREENS
from fakes.gallery.stage import Screen
from fakes.matrix import Booth, in_every_language, unnamed


@in_every_language(SCREENS)
def test_a_dialog_holds_its_words(booth: Booth, screen: Screen, language: str) -> None:
    assert booth.faults(screen, language) == []


@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_everything_in_a_dialog_has_a_name(booth: Booth, screen: Screen) -> None:
    with booth.shown(screen) as window:
        assert unnamed(window) == []
