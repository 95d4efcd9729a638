"""What a watch lets pass, puts right, and cuts."""

import pytest
from fakes.sound_servers import FakeSoundServer

from soundscape.engine.pin import Pin
from soundscape.engine.refuge import REFUGE, take_refuge
from soundscape.engine.sink_watch import Alarms, SinkWatch

PIN = Pin("headphones", "", (0.5, 0.5), "speakers")


class Heard:
    """Counts what a watch tells."""

    def __init__(self) -> None:
        self.cuts = 0
        self.changes = 0

    def cut(self) -> None:
        """Count a cut."""
        self.cuts += 1

    def change(self) -> None:
        """Count a change of volume."""
        self.changes += 1


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def server() -> FakeSoundServer:
    """Return a server on which a session is heard as it should be."""
    server = FakeSoundServer("speakers", "headphones")
    server.change("headphones", volumes=(0.5, 0.5))
    take_refuge(server, before="speakers")
    server.play_on("headphones")
    return server


@pytest.fixture
def watch(server: FakeSoundServer, heard: Heard) -> SinkWatch:
    return SinkWatch(server, PIN, Alarms(heard.cut, heard.change))


def volumes(server: FakeSoundServer) -> tuple[float, ...]:
    sink = server.sink("headphones")
    assert sink is not None
    assert not sink.is_muted
    return sink.volumes


def test_what_is_as_it_should_be_is_left_alone(
    server: FakeSoundServer, watch: SinkWatch, heard: Heard
) -> None:
    before = (server.sinks(), server.stream)

    assert watch.look()
    assert (server.sinks(), server.stream) == before
    assert heard.changes == 0


@pytest.mark.parametrize(
    "facts", [{"volumes": (1.5, 1.5)}, {"volumes": (0.5, 0.1)}, {"is_muted": True}]
)
def test_a_volume_changed_outside_is_put_back_and_told(
    server: FakeSoundServer, watch: SinkWatch, heard: Heard, facts: dict[str, object]
) -> None:
    server.change("headphones", **facts)

    assert watch.look()
    assert volumes(server) == (0.5, 0.5)
    assert heard.changes == 1


def test_a_cards_rounding_of_the_volume_is_no_change(
    server: FakeSoundServer, watch: SinkWatch, heard: Heard
) -> None:
    server.change("headphones", volumes=(64 / 127, 64 / 127))

    assert watch.look()
    assert heard.changes == 0


def test_the_streams_own_volume_is_full(
    server: FakeSoundServer, watch: SinkWatch, heard: Heard
) -> None:
    assert server.stream is not None
    server.set_stream_volumes(server.stream, (0.2, 0.2))

    assert watch.look()
    assert server.stream.volumes == (1.0, 1.0)
    assert heard.changes == 1


def test_with_flat_volumes_the_streams_volume_is_the_sinks_affair(
    server: FakeSoundServer, watch: SinkWatch
) -> None:
    assert server.stream is not None
    server.change("headphones", has_flat_volumes=True)
    server.set_stream_volumes(server.stream, (0.5, 0.5))

    assert watch.look()
    assert server.stream.volumes == (0.5, 0.5)


@pytest.mark.parametrize("chosen", ["speakers", "headphones"])
def test_another_default_is_put_back_and_the_sound_stays(
    server: FakeSoundServer, watch: SinkWatch, chosen: str
) -> None:
    server.set_default_sink(chosen)

    assert watch.look()
    assert server.default_sink() == REFUGE
    assert watch.look()


def test_headphones_that_vanish_cut_the_sound(server: FakeSoundServer, watch: SinkWatch) -> None:
    server.unplug("headphones")

    assert not watch.look()


def test_a_stream_that_somebody_moves_cuts_the_sound(
    server: FakeSoundServer, watch: SinkWatch
) -> None:
    server.play_on("speakers")

    assert not watch.look()


@pytest.mark.parametrize(
    "facts",
    [
        {"is_asleep": True},
        {"port": "analog-output-speaker"},
        {"properties": {"api.bluez5.profile": "headset-head-unit"}},
    ],
    ids=["it sleeps", "another socket", "hands-free"],
)
def test_a_sink_that_is_no_more_what_it_was_cuts_the_sound(
    server: FakeSoundServer, watch: SinkWatch, facts: dict[str, object]
) -> None:
    server.change("headphones", **facts)

    assert not watch.look()


def test_a_stream_that_is_being_made_anew_is_waited_for(
    server: FakeSoundServer, watch: SinkWatch
) -> None:
    server.stream = None

    assert watch.look()


def test_its_thread_tells_once_and_hangs_up(
    server: FakeSoundServer, watch: SinkWatch, heard: Heard
) -> None:
    server.unplug("headphones")

    watch.start()
    watch.close()

    assert heard.cuts == 1
    assert server.is_closed
