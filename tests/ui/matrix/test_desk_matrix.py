"""The desk in every state, size, text size and language."""

import pytest
from fakes.gallery.care import SCREENS as CARE_SCREENS
from fakes.gallery.desk import SCREENS
from fakes.gallery.stage import Screen
from fakes.matrix import SHIPPED, SIZES, Booth, fit, in_every_language, unnamed

from ui.desk.session_panel import SessionPanel
from ui.theme import TEXT_PERCENTS

USUAL = [screen for screen in SCREENS if screen.name.endswith("typical")]
TABLET = SIZES[1]


@in_every_language(SCREENS)
def test_the_desk_holds_its_words(booth: Booth, screen: Screen, language: str) -> None:
    assert booth.faults(screen, language) == []


@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_everything_on_the_desk_has_a_name(booth: Booth, screen: Screen) -> None:
    with booth.shown(screen) as window:
        assert unnamed(window) == []


@pytest.mark.parametrize("language", SHIPPED)
@pytest.mark.parametrize("screen", USUAL, ids=str)
def test_what_begins_and_what_stops_is_seen_on_a_small_tablet(
    booth: Booth, screen: Screen, language: str
) -> None:
    booth.speak(language)

    with booth.shown(screen) as window:
        fit(window, TABLET)

        assert window.size().height() == TABLET[1]


@pytest.mark.parametrize("percent", TEXT_PERCENTS)
def test_what_stops_a_session_is_seen_without_scrolling(booth: Booth, percent: int) -> None:
    lives = [
        s for s in (*USUAL, *CARE_SCREENS) if s.name in {"live, typical", "live with a visit"}
    ]
    for live in lives:
        with booth.shown(live, percent) as window:
            fit(window, SIZES[0])
            assert isinstance(window, SessionPanel)
            stop = window.sound.stop

            assert stop.mapTo(window, stop.rect().bottomLeft()).y() < SIZES[0][1]
