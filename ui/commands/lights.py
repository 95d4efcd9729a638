"""``soundscape lights``: the room's lamps: which there are, and which is which."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict

from soundscape.clock import MachineClock
from soundscape.errors import InvalidPlanError
from soundscape.folders import DataFolder, data_folder
from soundscape.sensory.fixture_file import add_fixture, remove_fixture
from soundscape.sensory.fixtures import LIGHTS_FILE, Fixture, Kind, Via, read_room
from soundscape.sensory.mqtt_lamps import lamps_at
from soundscape.session.lamps_shown import swell_lamp
from ui.commands.actions import take_global_options

SUMMARY = "list, add and remove the room's lamps, and find out which lamp is which"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="the lamps that follow a session")
    add = actions.add_parser("add", help="let one more lamp follow")
    add.add_argument("name", help="what staff call it")
    add.add_argument(
        "--kind", choices=[str(kind) for kind in Kind], required=True, help="what it can do"
    )
    add.add_argument(
        "--via", choices=[str(via) for via in Via], required=True, help="how it is reached"
    )
    add.add_argument("--host", default="", help="sACN, Art-Net: the node's address, or multicast")
    add.add_argument("--universe", type=int, default=1, help="sACN, Art-Net (default: 1)")
    add.add_argument("--address", type=int, default=1, help="its first channel (default: 1)")
    add.add_argument("--topic", default="", help="MQTT: where its commands go")
    remove = actions.add_parser("remove", help="let a lamp follow no more")
    remove.add_argument("name")
    find = actions.add_parser("find", help="let one lamp swell slowly, twice")
    find.add_argument("name")
    discover = actions.add_parser("discover", help="lamps that the broker in lights.toml knows")
    take_global_options(listing, add, remove, find, discover)


def run(options: argparse.Namespace) -> int:
    """Do what was asked for, and print the lamps it concerns."""
    folder = data_folder(options.data_dir)
    if options.action == "add":
        lamps: Sequence[Fixture] = add_fixture(folder.root, _fixture(options)).fixtures
    elif options.action == "remove":
        lamps = remove_fixture(folder.root, options.name).fixtures
    elif options.action == "find":
        lamps = [swell_lamp(folder, options.name, MachineClock())]
    elif options.action == "discover":
        lamps = _discovered(folder)
    else:
        lamps = read_room(folder.root).fixtures
    if options.json:
        sys.stdout.write(json.dumps([asdict(lamp) for lamp in lamps]) + "\n")
    else:
        sys.stdout.writelines(f"{_line(lamp)}\n" for lamp in lamps)
        if not lamps:
            sys.stderr.write(
                "No lamp follows a session yet; see 'soundscape lights add --help'.\n"
            )
    return 0


def _fixture(options: argparse.Namespace) -> Fixture:
    return Fixture(
        name=options.name,
        kind=Kind(options.kind),
        via=Via(options.via),
        host=options.host,
        universe=options.universe,
        address=options.address,
        topic=options.topic,
    )


def _discovered(folder: DataFolder) -> Sequence[Fixture]:
    """Return the lamps that a broker knows of.

    Raises
    ------
    InvalidPlanError
        If none is named.
    """
    broker = read_room(folder.root).broker
    if broker is None:
        raise InvalidPlanError(LIGHTS_FILE, "needs an [mqtt] table with the broker")
    return lamps_at(broker, folder.runtime.name)


def _line(lamp: Fixture) -> str:
    """Return a line on a lamp for people."""
    if lamp.via is Via.MQTT:
        place = lamp.topic
    else:
        place = f"{lamp.host}, universe {lamp.universe}, address {lamp.address}"
    return f"{lamp.name:<24} {lamp.kind:<8} {lamp.via:<7} {place}"
