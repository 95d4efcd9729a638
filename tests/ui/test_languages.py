"""Every window holds its words, in each language, at each size and text size."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.clock import FakeClock
from fakes.languages import OPENS, words_of
from fakes.screens import cut_texts, resize, themed
from fakes.session import status
from fakes.tracks import track
from PyQt6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from playlists.library.repository import Library
from playlists.presets import load_presets
from playlists.routes import load_routes
from soundscape.engine.sinks import Sink
from soundscape.folders import DataFolder
from ui.desk.session_panel import SessionPanel
from ui.desk.start_panel import StartPanel
from ui.desk.wishes import ChairState
from ui.presets.window import PresetsWindow
from ui.theme import Look

pytestmark = pytest.mark.slow
SIZES = [(1280, 800), (1024, 768), (800, 1280)]
USB = Sink("alsa_output.usb", "USB Headphones")
DATA = {USB.title, "Headphones", "Ember, IV 40 min", "Wide water", "Spoke"}
"""What windows show as it was given to them."""


@pytest.fixture(params=["de", "pseudo"])
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    catalog = words_of(request.param)
    monkeypatch.setattr("ui.words.catalog", lambda: catalog)
    return str(request.param)


@pytest.fixture(params=[100, 150])
def percent(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[int]:
    assert qapp is not None
    themed(Look(text_percent=request.param))
    yield request.param
    themed()


@pytest.fixture
def start(qtbot: QtBot, language: str, percent: int) -> StartPanel:
    assert language
    assert percent
    made = StartPanel(load_routes(), load_presets(), FakeClock())
    qtbot.addWidget(made)
    made.show_chair(ChairState(412, 38.0, "ember", (USB,), USB))
    made.show()
    return made


@pytest.fixture
def live(qtbot: QtBot, language: str, percent: int) -> SessionPanel:
    assert language
    assert percent
    made = SessionPanel(FakeClock())
    qtbot.addWidget(made)
    made.show()
    made.show_status(status(call={"state": "sent", "at_s": 1958.0}))
    return made


@pytest.fixture
def presets(qtbot: QtBot, tmp_path: Path, language: str, percent: int) -> Iterator[PresetsWindow]:
    assert language
    folder = DataFolder(tmp_path)
    (tmp_path / "settings.toml").write_text(f"text_percent = {percent}\n", "utf-8")
    with Library.open(folder.library) as library:
        library.save(track("a", path=tmp_path / "a.flac"))
    made = PresetsWindow(folder, clock=FakeClock())
    made.show()
    qtbot.waitUntil(lambda: len(made.chooser.cards) > 1)
    yield made
    made.close()
    made.deleteLater()


def bare_texts(window: QWidget) -> list[str]:
    """Return the texts that went past the catalog."""
    texts = [w.text() for w in window.findChildren(QLabel) if w.isVisible()]
    texts += [w.text() for w in window.findChildren(QAbstractButton) if w.isVisible()]
    spoken = [text for text in texts if any(map(str.isalpha, text.removesuffix("LU")))]
    return [text for text in spoken if OPENS not in text and text not in DATA]


def fit(window: QWidget, size: tuple[int, int]) -> None:
    """Give a window a size; where its words need more height it scrolls in its frame."""
    resize(window, *size)
    resize(window, size[0], max(size[1], window.minimumSizeHint().height()))


@pytest.mark.parametrize("size", SIZES)
def test_the_start_of_the_desk_holds_its_words(start: StartPanel, size: tuple[int, int]) -> None:
    fit(start, size)

    assert cut_texts(start) == []


@pytest.mark.parametrize("size", SIZES)
def test_the_live_desk_holds_its_words(live: SessionPanel, size: tuple[int, int]) -> None:
    fit(live, size)

    assert cut_texts(live) == []


@pytest.mark.parametrize("size", SIZES)
def test_the_patients_cards_hold_their_words(
    presets: PresetsWindow, size: tuple[int, int]
) -> None:
    fit(presets, size)

    for card in presets.chooser.cards:
        assert card.height() >= card.needed_height(card.width(), beside=card.is_beside)
    assert cut_texts(presets) == []


@pytest.mark.parametrize("language", ["pseudo"], indirect=True)
@pytest.mark.parametrize("percent", [100], indirect=True)
def test_no_word_goes_past_the_catalog(
    start: StartPanel, live: SessionPanel, presets: PresetsWindow
) -> None:
    assert [bare_texts(window) for window in (start, live, presets)] == [[], [], []]
