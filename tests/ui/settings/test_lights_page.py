"""Lamps are listed, added, found, tried and removed on their page."""

import pytest
from fakes.screens import click
from pytestqt.qtbot import QtBot

from soundscape.clock import Clock
from soundscape.errors import LightsLostError
from soundscape.folders import DataFolder
from soundscape.sensory.fixture_file import add_fixture
from soundscape.sensory.fixtures import LIGHTS_FILE, Broker, Fixture, Kind, Via, read_room
from ui.settings.lights_page import LightsPage

from .conftest import OpenSettings

CEILING = Fixture("Ceiling", Kind.DIMMER, Via.SACN, host="127.0.0.1", address=5)
BULB = Fixture("Bulb", Kind.TUNABLE, Via.MQTT, topic="zigbee2mqtt/bulb/set")


def opened(open_settings: OpenSettings) -> LightsPage:
    page = open_settings("lights").page_of("lights")
    assert isinstance(page, LightsPage)
    return page


def test_a_room_without_lamps_says_so_and_offers_only_to_add_one(
    open_settings: OpenSettings,
) -> None:
    page = opened(open_settings)

    assert page.place.text() == "No lamp is listed."
    buttons = (page.swell, page.show_it, page.remove, page.look, page.form.add)
    assert not any(button.isEnabled() for button in buttons)


def test_a_lamp_is_added_shown_and_removed(
    open_settings: OpenSettings, folder: DataFolder
) -> None:
    page = opened(open_settings)
    page.form.name.setText(CEILING.name)
    page.form.host.setText(CEILING.host)
    page.form.address.set_value(5)

    click(page.form.add)
    listed, said = read_room(folder.root).fixtures, page.place.text()
    click(page.remove)

    assert listed == (CEILING,)
    assert said == "It dims; sACN at 127.0.0.1, universe 1, address 5."
    assert read_room(folder.root).fixtures == ()


def test_a_lamp_that_meets_another_is_refused_with_the_reason(
    open_settings: OpenSettings, folder: DataFolder
) -> None:
    add_fixture(folder.root, CEILING)
    page = opened(open_settings)
    page.form.name.setText("Second")
    page.form.host.setText(CEILING.host)
    page.form.address.set_value(5)

    click(page.form.add)

    assert "meets the channels of 'Ceiling'" in page.says.text()
    assert read_room(folder.root).fixtures == (CEILING,)
    assert page.form.name.text() == "Second"


def test_only_what_a_way_needs_is_asked(open_settings: OpenSettings) -> None:
    form = opened(open_settings).form

    click(form.via.buttons[Via.MQTT])

    assert form.topic.isVisible()
    assert not form.host.isVisible()
    form.name.setText("Bulb")
    form.topic.setText("z/bulb/set")
    assert form.lamp() == Fixture("Bulb", Kind.DIMMER, Via.MQTT, topic="z/bulb/set")


@pytest.mark.parametrize("asked", ["swell", "level"])
def test_a_lamp_is_shown_in_the_background_and_nothing_else_meanwhile(
    open_settings: OpenSettings,
    folder: DataFolder,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    asked: str,
) -> None:
    told: list[tuple[object, ...]] = []
    add_fixture(folder.root, CEILING)
    monkeypatch.setattr("ui.settings.lights_page.swell_lamp", lambda _f, *rest: told.append(rest))
    monkeypatch.setattr("ui.settings.lights_page.try_level", lambda _f, *rest: told.append(rest))
    page = opened(open_settings)
    page.level.set_value(60)

    click(page.swell if asked == "swell" else page.show_it)
    free = page.remove.isEnabled()
    qtbot.waitUntil(page.remove.isEnabled)

    assert not free
    assert [rest[:-1] for rest in told] == [("Ceiling",) if asked == "swell" else ("Ceiling", 0.6)]


def test_a_lamp_that_does_not_answer_is_told(
    open_settings: OpenSettings,
    folder: DataFolder,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def lost(_folder: DataFolder, _name: str, _clock: Clock) -> Fixture:
        raise LightsLostError("The lamps at sacn 127.0.0.1 do not answer.")

    add_fixture(folder.root, CEILING)
    monkeypatch.setattr("ui.settings.lights_page.swell_lamp", lost)
    page = opened(open_settings)

    click(page.swell)
    qtbot.waitUntil(lambda: "do not answer" in page.says.text())

    assert page.swell.isEnabled()


def test_lamps_at_the_broker_are_offered_but_those_that_are_listed(
    open_settings: OpenSettings,
    folder: DataFolder,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = Fixture("Other", Kind.DIMMER, Via.MQTT, topic="zigbee2mqtt/other/set")
    asked: list[Broker] = []

    def there(broker: Broker, _identity: str) -> tuple[Fixture, ...]:
        asked.append(broker)
        return BULB, other

    monkeypatch.setattr("ui.settings.lights_page.lamps_at", there)
    (folder.root / LIGHTS_FILE).write_text('[mqtt]\nhost = "127.0.0.1"\ntls = false\n', "utf-8")
    add_fixture(folder.root, BULB)
    page = opened(open_settings)

    click(page.look)
    qtbot.waitUntil(page.take.isVisible)
    offered = [page.found.itemText(n) for n in range(page.found.count())]
    click(page.take)

    assert [broker.host for broker in asked] == ["127.0.0.1"]
    assert offered == ["Other"]
    assert read_room(folder.root).fixtures == (BULB, other)


def test_a_list_that_was_written_wrongly_by_hand_is_named(
    open_settings: OpenSettings, folder: DataFolder
) -> None:
    (folder.root / LIGHTS_FILE).write_text("fixtures = 3\n", "utf-8")

    assert LIGHTS_FILE in opened(open_settings).says.text()
