"""A session's pin outlives its processes, and fits what comes back."""

from pathlib import Path

import pytest
from fakes.sound_servers import FakeSoundServer

from soundscape.engine.outlet import acceptable, new_pin
from soundscape.engine.pin import PIN_FILE, Pin, pin_facts, read_pin, write_pin
from soundscape.engine.sound_server import ServerSink
from soundscape.errors import DeviceLostError

PIN = Pin("headphones", "out", (0.5, 0.4), "speakers")


def test_a_pin_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_pin(tmp_path, PIN)

    assert read_pin(tmp_path) == PIN


def test_the_record_says_where_and_how_loud_a_session_is_heard(tmp_path: Path) -> None:
    before = pin_facts(tmp_path)
    write_pin(tmp_path, PIN)

    assert before == {}
    assert pin_facts(tmp_path) == {
        "sink": "headphones", "socket": "out", "volume_percent": [50, 40],
    }  # fmt: skip


@pytest.mark.parametrize("said", ["", "{", "[]", "7", '{"sink": "a"}'])
def test_what_is_no_pin_is_none(tmp_path: Path, said: str) -> None:
    (tmp_path / PIN_FILE).write_text(said, "utf-8")

    assert read_pin(tmp_path) is None


def test_there_is_no_pin_before_a_session(tmp_path: Path) -> None:
    assert read_pin(tmp_path) is None


def test_a_sink_with_other_channels_gets_the_mean_volume() -> None:
    sink = ServerSink(1, "headphones", "", volumes=(1.0, 1.0, 1.0, 1.0))

    assert PIN.volumes_for(sink) == pytest.approx((0.45,) * 4)


def test_a_new_pin_takes_the_volume_and_socket_as_they_are() -> None:
    server = FakeSoundServer("speakers", "headphones")
    server.change("headphones", port="out", volumes=(0.5, 0.4))

    assert new_pin(server, "headphones") == PIN


def test_without_a_name_the_servers_default_is_pinned() -> None:
    assert new_pin(FakeSoundServer("speakers", "headphones"), None).sink == "speakers"


@pytest.mark.parametrize("facts", [{"is_muted": True}, {"volumes": (0.0, 0.0)}])
def test_headphones_of_which_nothing_is_heard_begin_no_session(facts: dict[str, object]) -> None:
    server = FakeSoundServer("headphones")
    server.change("headphones", **facts)

    with pytest.raises(DeviceLostError, match="muted"):
        new_pin(server, "headphones")


def test_the_pinned_sink_is_acceptable_on_its_own_socket_only() -> None:
    server = FakeSoundServer("headphones")
    server.change("headphones", port="out")
    assert acceptable(server, PIN).name == "headphones"

    server.change("headphones", port="speaker")
    with pytest.raises(DeviceLostError, match="another socket"):
        acceptable(server, PIN)


def test_headphones_in_hands_free_mode_are_not_acceptable() -> None:
    server = FakeSoundServer("headphones")
    server.change("headphones", port="out", properties={"bluetooth.protocol": "handsfree"})

    with pytest.raises(DeviceLostError, match="hands-free"):
        acceptable(server, PIN)


def test_headphones_that_are_not_there_are_not_acceptable() -> None:
    with pytest.raises(DeviceLostError, match="not there"):
        acceptable(FakeSoundServer("speakers"), PIN)
