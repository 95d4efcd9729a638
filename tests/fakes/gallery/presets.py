"""The patient's choice in its states."""

from collections.abc import Sequence
from typing import Any

from fakes.gallery.stage import Screen, Stage
from fakes.previews import NotingPreview
from fakes.session import status
from fakes.tracks import track

from playlists.library.repository import Library
from ui.presets.cards import PresetCard
from ui.presets.window import PresetsWindow
from ui.theme import PATIENT_TARGET_PX


def window(stage: Stage, tracks: Sequence[str] = "abcdef") -> PresetsWindow:
    """Return the window once it knows what can be heard."""
    with Library.open(stage.folder.library) as library:
        library.save(*(track(name, path=stage.folder.root / f"{name}.flac") for name in tracks))
    made = PresetsWindow(stage.folder, player=NotingPreview(), clock=stage.clock)
    if tracks:
        stage.qtbot.waitUntil(lambda: any(card.is_audible for card in made.chooser.cards))
    return made


def card(made: PresetsWindow, name: str) -> PresetCard:
    """Return the card of a preset."""
    return next(card for card in made.chooser.cards if card.preset.name == name)


def heard(stage: Stage) -> PresetsWindow:
    """Return the window while a card is heard."""
    made = window(stage)
    card(made, "ember").click()
    stage.clock.advance(7.0)
    made.audition.follow()
    return made


def answered(stage: Stage, name: str) -> PresetsWindow:
    """Return the window after a choice."""
    made = window(stage)
    made.chooser.show_chosen(name)
    made.chooser.confirm.click()
    made.intention.share.click()
    return made


def asked(stage: Stage, *, may_type: bool) -> PresetsWindow:
    """Return the window while it asks what the patient hopes for."""
    made = window(stage)
    made.chooser.show_chosen("ember")
    made.chooser.confirm.click()
    made.intention.ask(may_type=may_type)
    return made


def following(stage: Stage, told: dict[str, Any]) -> PresetsWindow:
    """Return the window as it follows a session."""
    made = window(stage)
    made.follow(told)
    return made


def deaf(stage: Stage) -> PresetsWindow:
    """Return the window where nothing can be heard."""
    made = window(stage)
    made.audition.failed.emit("")
    return made


def _screen(name: str, make: Any) -> Screen:  # noqa: ANN401 - any of the above
    return Screen(name, make, target_px=PATIENT_TARGET_PX)


SCREENS = (
    _screen("empty", lambda stage: window(stage, "")),
    _screen("typical", window),
    _screen("heard", heard),
    _screen("error", deaf),
    _screen("asked", lambda stage: asked(stage, may_type=False)),
    _screen("asked, with a visit", lambda stage: asked(stage, may_type=True)),
    _screen("chosen", lambda stage: answered(stage, "ember")),
    _screen("nurse chooses", lambda stage: answered(stage, "")),
    _screen("locked", lambda stage: following(stage, status())),
)
