"""Changing ``lights.toml``: what people wrote around a lamp stays as they wrote it."""

from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError

from soundscape.errors import InvalidPlanError
from soundscape.fields import Fields
from soundscape.output import arriving
from soundscape.sensory.fixtures import LIGHTS_FILE, WHITES_K, Fixture, Kind, Room, Via, room_of


def add_fixture(folder: Path, fixture: Fixture) -> Room:
    """List one more lamp, and return the room as it then is.

    A lamp that does not fit is refused with ``InvalidPlanError``, and nothing changes.
    """
    document = _read(folder)
    table = tomlkit.table()
    for key, value in _row(fixture).items():
        table.add(key, value)
    document.setdefault("fixtures", tomlkit.aot()).append(table)
    return _written(folder, document)


def remove_fixture(folder: Path, name: str) -> Room:
    """List a lamp no more, and return the room as it then is.

    Raises
    ------
    InvalidPlanError
        If no lamp has that name.
    """
    document = _read(folder)
    fixtures = document.get("fixtures", [])
    places = [index for index, each in enumerate(fixtures) if each.get("name") == name]
    if not places:
        raise InvalidPlanError(LIGHTS_FILE, f"lists no lamp called '{name}'")
    del fixtures[places[0]]
    if not fixtures:
        del document["fixtures"]
    return _written(folder, document)


def _row(fixture: Fixture) -> dict[str, object]:
    row: dict[str, object] = {
        "name": fixture.name,
        "kind": str(fixture.kind),
        "via": str(fixture.via),
    }
    if fixture.via is Via.MQTT:
        row |= {"topic": fixture.topic, "brightness_steps": fixture.brightness_steps}
    else:
        row |= {
            "host": fixture.host,
            "universe": fixture.universe,
            "address": fixture.address,
        }
    if fixture.kind is Kind.TUNABLE and fixture.whites_k != WHITES_K:
        row["whites_k"] = [round(white_k) for white_k in fixture.whites_k]
    return row


def _read(folder: Path) -> tomlkit.TOMLDocument:
    path = folder / LIGHTS_FILE
    try:
        return tomlkit.parse(path.read_text("utf-8") if path.exists() else "")
    except (TOMLKitError, UnicodeDecodeError) as error:
        raise InvalidPlanError(LIGHTS_FILE, f"is not valid TOML ({error})") from error


def _written(folder: Path, document: tomlkit.TOMLDocument) -> Room:
    """Write a list of lamps that is found to be right, whole or not at all."""
    room = room_of(Fields(document.unwrap(), f"{LIGHTS_FILE}: "))
    with arriving(folder / LIGHTS_FILE) as whole:
        whole.touch(0o600)  # it may hold the broker's password
        whole.write_text(tomlkit.dumps(document), encoding="utf-8")
    return room
