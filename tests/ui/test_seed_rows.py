"""The founding text, statement by statement: what it asks of windows, sound and machine.

The numbers are those of docs/visit.md; what it asks of a visit is in
``tests/soundscape/visit/test_seed_rows.py``.
"""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fakes.clock import FakeClock
from fakes.previews import NotingPreview
from fakes.screens import click, press, themed
from fakes.session import FakeBridge, status
from fakes.tracks import track
from PyQt6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from playlists.arcs import load_arcs
from playlists.library.search import matching
from playlists.models import Voice
from playlists.presets import load_presets
from playlists.routes import LONGEST_FADE_SHARE, load_routes
from soundscape.engine.sinks import Sink
from soundscape.folders import DataFolder
from soundscape.session.phases import Anchor, Phase, nominal_spans
from soundscape.session.preflight import disk, power, sleep
from ui.desk.start_panel import BEGIN_HOLD_S, StartPanel
from ui.desk.wishes import ChairState, Wish
from ui.kiosk.window import KioskWindow
from ui.presets.window import PresetsWindow

AWAY = ["rise", "deepen", "return"]
FADED_STEPS = 120
"""So many looks at the clock, 0.2 s apart, bring every light to its rest."""
USB = Sink("alsa_output.usb", "USB Headphones")
CHAIR = ChairState(412, 38.0, "", (USB,), USB)


class Chair:
    """The patient's screen with the bridge behind it."""

    def __init__(self, folder: DataFolder) -> None:
        self.bridge = FakeBridge()
        self.clock = FakeClock(1000.0)
        self.window = KioskWindow(folder, bridge=self.bridge, clock=self.clock)
        self.window.resize(640, 400)
        self.window.show()

    def words_in(self, phase: str, **changes: object) -> str:
        """Return the words that the patient reads a while after a phase began."""
        self.bridge.status_changed.emit(status(phase=phase, **changes))
        for _step in range(FADED_STEPS):
            self.clock.advance(0.2)
            self.window.follow()
        return self.window.screen_.words()

    def colors_in(self, phase: str) -> set[str]:
        """Return the colors that the patient sees in a phase."""
        self.bridge.status_changed.emit(status(phase=phase))
        self.window.follow()
        image = self.window.screen_.grab().toImage()
        across, down = range(0, image.width(), 8), range(0, image.height(), 8)
        return {image.pixelColor(x, y).name() for x in across for y in down}


class Desk:
    """The start screen with what it was told to begin."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.panel = StartPanel(load_routes(), load_presets(), self.clock)
        self.begun: list[Wish] = []
        self.panel.begun.connect(self.begun.append)
        self.panel.show_chair(CHAIR)
        self.panel.show()

    def hold(self) -> None:
        """Hold the button that begins."""
        press(self.panel.begin)
        self.clock.advance(BEGIN_HOLD_S)
        self.panel.begin.follow()


@pytest.fixture
def chair(qtbot: QtBot, tmp_path: Path) -> Chair:
    themed()
    made = Chair(DataFolder(tmp_path))
    qtbot.addWidget(made.window, before_close_func=lambda window: window.leave())
    return made


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    themed()
    made = Desk()
    qtbot.addWidget(made.panel)
    return made


def test_row_09_the_clinics_cue_is_shown_until_the_dose_but_not_into_silence(
    qtbot: QtBot, tmp_path: Path
) -> None:
    themed()
    (tmp_path / "visit.toml").write_text('[sheet.en]\ncue = "Let it come."\n', "utf-8")
    chair = Chair(DataFolder(tmp_path))
    qtbot.addWidget(chair.window, before_close_func=lambda window: window.leave())

    assert chair.words_in("settle", screen=0.25) == "Let it come."
    assert chair.words_in("settle", screen=0.25, cues=[]).startswith("Welcome")
    assert chair.words_in("rise", screen=0.0) == ""


def test_row_10_the_room_is_checked_and_each_check_says_why(desk: Desk, tmp_path: Path) -> None:
    checks = [disk(DataFolder(tmp_path)), power(), sleep()]
    desk.panel.show_chair(replace(CHAIR, free_gb=0.4))

    assert all(check.name and check.detail for check in checks)
    assert desk.panel.facts.space.text().startswith("Little space")


@pytest.mark.parametrize("phase", AWAY)
def test_row_14_the_screen_is_black_behind_the_mask(chair: Chair, phase: str) -> None:
    assert chair.colors_in(phase) == {"#000000"}


def test_row_14_every_route_has_a_dark_screen_while_the_patient_is_away() -> None:
    for route in load_routes().values():
        scenes = {phase.name: phase.scene for phase in route.phases}
        assert scenes[Phase.RISE].screen[1] == 0.0
        assert scenes[Phase.DEEPEN].screen == scenes[Phase.RETURN].screen == (0.0, 0.0)


def test_row_15_a_session_is_bound_to_the_headphones_that_staff_chose(
    desk: Desk,
) -> None:
    desk.hold()

    assert [wish.headphones for wish in desk.begun] == [USB]


def test_row_16_a_voice_or_an_unheard_track_is_not_instrumental() -> None:
    assert track(vocal_probability=0.9).voice is Voice.VOICE
    assert track(vocal_probability=None).voice is Voice.CHECK_BY_EAR
    assert track(vocal_probability=0.01).voice not in {Voice.VOICE, Voice.CHECK_BY_EAR}


def test_row_16_what_patients_may_choose_stays_calm() -> None:
    arcs = load_arcs()
    offered = [arcs[preset.arc] for preset in load_presets().values()]

    assert all(arc.cap <= 0.50 for arc in offered if not arc.therapist_only)
    assert arcs["gentle"].cap == 0.50


@pytest.mark.parametrize("phase", AWAY)
def test_row_17_to_18_nothing_is_asked_or_said_while_the_patient_is_away(
    chair: Chair, phase: str
) -> None:
    assert chair.words_in(phase, screen=0.0) == ""
    assert chair.window.screen_.answer() == ""


def test_row_20_staff_soften_and_silence_without_entering() -> None:
    remote = set(status()["can"])

    assert {"soften", "silence", "note", "call_seen"} <= remote


@pytest.mark.parametrize("route", list(load_routes()))
def test_row_21_light_comes_back_when_the_effects_subside(route: str) -> None:
    scenes = {phase.name: phase.scene for phase in load_routes()[route].phases}

    assert scenes[Phase.RETURN].lights[1] < scenes[Phase.GROUND].lights[1]
    assert scenes[Phase.GROUND].lights[1] <= scenes[Phase.RECOVER].lights[1]


def test_card_1_music_is_found_by_tempo_and_energy() -> None:
    slow, fast = (
        track("slow", tempo_bpm=60.0, energy=0.2),
        track("fast", tempo_bpm=140.0, energy=0.2),
    )
    driving = track("driving", tempo_bpm=60.0, energy=0.8)

    assert matching([slow, fast, driving], "energy<0.4 tempo<100") == [slow]


@pytest.mark.parametrize("name", list(load_routes()))
def test_card_2_every_phase_has_its_own_fade_timed_by_what_staff_tell(name: str) -> None:
    route = load_routes()[name]
    spans_s = nominal_spans(route.phases, route.delivery_s)

    assert Anchor.DOSE_START in route.anchors
    for phase, (start_s, end_s) in zip(route.phases, spans_s, strict=True):
        assert 0.0 < phase.fade_s <= LONGEST_FADE_SHARE * (end_s - start_s)


def test_card_3_whatever_is_touched_at_the_chair_only_calls(chair: Chair) -> None:
    generator = np.random.default_rng(7)
    chair.bridge.status_changed.emit(status(phase="deepen"))

    for x, y in generator.integers((0, 0), (640, 400), (50, 2)):
        click(chair.window.screen_, at=QPoint(int(x), int(y)))

    assert {event for event, _ in chair.bridge.sent} == {"call"}


def test_card_4_staff_begin_with_one_hold(desk: Desk) -> None:
    desk.hold()

    assert len(desk.begun) == 1


def test_card_5_a_therapists_word_stands_above_the_machines() -> None:
    heard = track(vocal_probability=0.9, instrumental=True)

    assert heard.voice not in {Voice.VOICE, Voice.CHECK_BY_EAR}


def test_card_6_a_patient_chooses_before_the_dose_and_not_after(
    qtbot: QtBot, tmp_path: Path
) -> None:
    themed()
    window = PresetsWindow(DataFolder(tmp_path), player=NotingPreview(), clock=FakeClock())
    qtbot.addWidget(window)

    window.follow(status(anchors={"dose_start": None}))
    was_locked = window.is_locked
    window.follow(status(anchors={"dose_start": 900.0}))

    assert (was_locked, window.is_locked) == (False, True)
