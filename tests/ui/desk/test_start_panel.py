"""The start screen: a few touches and one hold begin a session, nothing is typed."""

from dataclasses import replace

import pytest
from fakes.clock import FakeClock
from fakes.screens import click, controls, cut_texts, nameless, press, resize, themed
from PyQt6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from playlists.presets import load_presets
from playlists.routes import load_routes
from soundscape.engine.sinks import Sink
from soundscape.session.preflight import Check
from soundscape.units import Seconds
from ui.desk.start_panel import BEGIN_HOLD_S, StartPanel
from ui.desk.wishes import ChairState, Wish
from ui.theme import PRIMARY_TARGET_PX, TARGET_PX, Look
from ui.widgets.buttons import Kind

USB = Sink("alsa_output.usb", "USB Headphones")
SPEAKERS = Sink("alsa_output.pci", "Speakers")
FULL = ChairState(412, 38.0, "", (SPEAKERS, USB), USB)
EMPTY = replace(FULL, tracks=0)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def panel(qtbot: QtBot, clock: FakeClock) -> StartPanel:
    themed()
    made = StartPanel(load_routes(), load_presets(), clock)
    qtbot.addWidget(made)
    made.show_chair(FULL)
    made.show()
    resize(made, 1280, 800)
    return made


@pytest.fixture
def begun(panel: StartPanel) -> list[Wish]:
    heard: list[Wish] = []
    panel.begun.connect(heard.append)
    return heard


def hold(panel: StartPanel, clock: FakeClock) -> None:
    press(panel.begin)
    clock.advance(BEGIN_HOLD_S)
    panel.begin.follow()


def test_what_is_proposed_begins_with_one_hold(
    panel: StartPanel, begun: list[Wish], clock: FakeClock
) -> None:
    hold(panel, clock)

    (wish,) = begun
    default = next(preset.name for preset in load_presets().values() if preset.default)
    assert wish == Wish(route="iv", preset=default, delivery_s=Seconds(2400.0), headphones=USB)


def test_a_touch_of_the_beginning_begins_nothing(panel: StartPanel, begun: list[Wish]) -> None:
    click(panel.begin)

    assert begun == []


def test_preset_route_and_length_are_chosen_by_touch(
    panel: StartPanel, begun: list[Wish], clock: FakeClock
) -> None:
    click(panel.tiles["ember"])
    click(panel.route_buttons["intranasal"])
    resize(panel, 1280, 800)
    assert panel.delivery is not None
    minus, plus = controls(panel.delivery)
    click(plus)
    hold(panel, clock)

    (wish,) = begun
    assert (wish.route, wish.preset) == ("intranasal", "ember")
    assert wish.delivery_s > load_routes()["intranasal"].delivery_s
    assert minus.isEnabled()


def test_presets_and_routes_exclude_each_other(panel: StartPanel) -> None:
    for buttons in (panel.tiles, panel.route_buttons):
        for button in list(buttons.values()):
            click(button)
            assert [b for b in buttons.values() if b.isChecked()] == [button]


def test_a_route_without_a_length_asks_for_none(panel: StartPanel) -> None:
    click(panel.route_buttons["im"])

    assert panel.delivery is None
    assert panel.wish(USB).delivery_s == load_routes()["im"].delivery_s


@pytest.mark.parametrize("route", sorted(load_routes()))
def test_every_length_that_is_offered_can_be_planned(panel: StartPanel, route: str) -> None:
    click(panel.route_buttons[route])
    low_s, high_s = load_routes()[route].delivery_range_s
    for minutes in (0, 500):
        if panel.delivery is not None:
            panel.delivery.set_value(minutes)

        assert low_s <= panel.wish(USB).delivery_s <= high_s


def test_the_patients_choice_is_taken_up(panel: StartPanel) -> None:
    panel.show_chair(replace(FULL, choice="night-sky"))

    assert panel.wish(USB).preset == "night-sky"
    assert "Night Sky" in panel.facts.choice.text()


@pytest.mark.parametrize(
    ("choice", "intention", "said"),
    [
        ("ember", "shared", "The patient chose Ember. They would like to share an intention."),
        ("", "private", "They keep their intention to themselves."),
        ("ember", "", "The patient chose Ember"),
        ("ember", "anything else", "The patient chose Ember"),
        ("", "", "No choice yet"),
    ],
)
def test_staff_see_that_a_patient_would_share_an_intention(
    panel: StartPanel, choice: str, intention: str, said: str
) -> None:
    panel.show_chair(replace(FULL, choice=choice, intention=intention))

    assert panel.facts.choice.text() == said


def test_staff_may_choose_otherwise_and_are_not_overruled(panel: StartPanel) -> None:
    chosen = replace(FULL, choice="night-sky")
    panel.show_chair(chosen)
    click(panel.tiles["ember"])
    panel.show_chair(chosen)

    assert panel.wish(USB).preset == "ember"


def test_without_music_only_the_starter_sounds_are_offered(
    panel: StartPanel, begun: list[Wish], clock: FakeClock
) -> None:
    panel.show_chair(EMPTY)
    hold(panel, clock)

    assert panel.starter.isVisible()
    assert "no music" in panel.says.text()
    assert begun == []


@pytest.mark.parametrize("preset", ["quiet", "soft-bed"])
def test_what_needs_no_music_begins_without_any(
    panel: StartPanel, begun: list[Wish], clock: FakeClock, preset: str
) -> None:
    panel.show_chair(EMPTY)
    click(panel.tiles[preset])
    hold(panel, clock)

    assert [wish.preset for wish in begun] == [preset]


def test_with_music_the_starter_sounds_are_not_offered(panel: StartPanel) -> None:
    assert not panel.starter.isVisible()


def test_while_something_is_done_nothing_else_is_offered(panel: StartPanel) -> None:
    panel.show_busy("Choosing the music")
    assert not panel.begin.isEnabled()

    panel.show_done("The library has 3 tracks too few.")
    assert panel.begin.isEnabled()
    assert panel.says.text() == "The library has 3 tracks too few."


def test_little_space_is_said(panel: StartPanel) -> None:
    panel.show_chair(replace(FULL, free_gb=0.4))

    assert panel.facts.space.text().startswith("Little space")


def test_a_refusal_goes_with_the_choice_that_it_was_about(panel: StartPanel) -> None:
    panel.show_done("The fitting music cannot fill it.")

    click(panel.tiles["quiet"])

    assert panel.says.isHidden()


def test_what_is_being_done_is_said_until_it_is_done(panel: StartPanel) -> None:
    panel.show_busy("Choosing the music")

    click(panel.tiles["quiet"])

    assert panel.says.text() == "Choosing the music"


def test_nothing_is_typed(panel: StartPanel) -> None:
    assert panel.findChildren(QLineEdit) == []


@pytest.mark.parametrize("size", [(1280, 800), (1024, 768), (800, 1280)])
def test_every_target_is_large_and_no_text_is_cut(
    panel: StartPanel, size: tuple[int, int]
) -> None:
    resize(panel, *size)

    assert [c for c in controls(panel) if min(c.width(), c.height()) < TARGET_PX] == []
    assert panel.begin.height() >= PRIMARY_TARGET_PX
    assert cut_texts(panel) == []
    assert [t.text() for t in panel.tiles.values() if t.width() < t.sizeHint().width()] == []


def test_everything_that_takes_the_focus_is_named(panel: StartPanel) -> None:
    panel.show_chair(EMPTY)

    assert nameless(panel) == []


@pytest.mark.parametrize("percent", [125, 150])
def test_no_text_is_cut_when_the_reader_wants_it_larger(panel: StartPanel, percent: int) -> None:
    themed(Look(text_percent=percent))
    resize(panel, 1279, 800)
    resize(panel, 1279, max(800, panel.minimumSizeHint().height()))  # where needed it scrolls
    found = cut_texts(panel)
    themed()

    assert found == []


def test_what_stands_against_a_session_on_this_machine_is_said(panel: StartPanel) -> None:
    fine, bad = (
        Check("sleep", ok=True, detail="held off"),
        Check("power", ok=False, detail="Plug."),
    )
    panel.show_chair(replace(FULL, checks=(fine,)))
    assert panel.facts.space.text() == "38 GB free. Power and clock are fine."
    assert panel.facts.machine.isHidden()

    panel.show_chair(replace(FULL, checks=(fine, bad)))

    assert panel.facts.machine.text() == "Power: Plug."
    assert panel.facts.space.text() == "38 GB free"
    assert panel.begin.isEnabled()


def test_other_headphones_are_to_be_tried_anew(panel: StartPanel) -> None:
    panel.sides.show_played()

    panel.headphones.box.activated.emit(0)

    assert panel.sides.isHidden()


def test_the_last_space_on_a_disk_is_told_exactly(panel: StartPanel) -> None:
    panel.show_chair(replace(FULL, free_gb=0.4))

    assert panel.facts.space.text() == "Little space on the disk: 0.4 GB free"


def test_whose_session_would_begin_stands_above_the_button(panel: StartPanel) -> None:
    panel.show_visit("M-14", ready=True)
    assert panel.title.text().startswith("M-14, ")

    panel.show_visit("", ready=True)
    assert "M-14" not in panel.title.text()


def test_resuming_a_session_comes_before_a_new_one(panel: StartPanel) -> None:
    panel.show_chair(replace(FULL, interrupted="A session was interrupted."))
    assert panel.begin.property("kind") == Kind.QUIET

    panel.show_chair(FULL)
    assert panel.begin.property("kind") == Kind.PRIMARY


def test_a_visit_that_is_not_ready_comes_before_its_session(panel: StartPanel) -> None:
    panel.show_chair(FULL)

    panel.show_visit("M-14", ready=False)
    assert panel.begin.property("kind") == Kind.QUIET
    assert panel.begin.isEnabled()

    panel.show_visit("M-14", ready=True)
    assert panel.begin.property("kind") == Kind.PRIMARY
