"""The sound server's sinks are told by name, title and kind."""

import pytest

from soundscape.engine.sinks import (
    HANDS_FREE,
    LOW_BATTERY_PERCENT,
    Sink,
    is_worn,
    sinks_among,
    warning,
    why_not,
)
from soundscape.engine.sound_server import ServerSink


def sink(name: str = "usb", title: str = "USB", port: str = "", **properties: str) -> ServerSink:
    dotted = {key.replace("__", "."): value for key, value in properties.items()}
    return ServerSink(3, name, title, dotted, port=port)


def test_sinks_are_told_by_name_and_title() -> None:
    told = sinks_among((sink("alsa_output.usb-1", "USB Headphones"), sink("b", " ")))

    assert told == (Sink("alsa_output.usb-1", "USB Headphones"), Sink("b", "b"))


@pytest.mark.parametrize("name", ["auto_null", "soundscape_nowhere"])
def test_a_sink_that_leads_nowhere_is_none(name: str) -> None:
    assert sinks_among((sink(name),)) == ()


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (sink(device__form_factor="headset"), True),
        (sink(device__form_factor="headphone"), True),
        (sink(port="analog-output-headphones", device__form_factor="internal"), True),
        (sink(port="analog-output-speaker"), False),
        (sink(port="hdmi-output-0"), False),
        (sink(device__form_factor="internal"), False),
        (sink(port="analog-output", device__bus="usb"), None),
        (sink(), None),
    ],
)
def test_what_is_worn_on_the_head_is_told_where_the_driver_says(
    told: ServerSink, expected: object
) -> None:
    assert is_worn(told) is expected


@pytest.mark.parametrize(
    "told",
    [
        sink("bluez_sink.00_11.headset_head_unit"),
        sink("bluez_sink.00_11.handsfree_head_unit"),
        sink("bluez_output.00_11.1", api__bluez5__profile="headset-head-unit"),
        sink("bluez_sink.00_11", bluetooth__protocol="handsfree_head_unit"),
    ],
)
def test_hands_free_mode_is_refused(told: ServerSink) -> None:
    assert why_not(told) == HANDS_FREE
    assert sinks_among((told,))[0].why_not == HANDS_FREE


@pytest.mark.parametrize(
    "told",
    [
        sink("bluez_sink.00_11.a2dp_sink", bluetooth__protocol="a2dp_sink"),
        sink("bluez_output.00_11.1", api__bluez5__profile="a2dp-sink"),
        sink("alsa_output.usb-Some_Headset.analog-stereo"),
    ],
)
def test_headphones_in_their_music_mode_may_be_used(told: ServerSink) -> None:
    assert why_not(told) == ""


@pytest.mark.parametrize(("said", "percent"), [("70%", 70), ("100", 100), ("", None), ("?", None)])
def test_the_battery_is_told_where_the_server_says(said: str, percent: int | None) -> None:
    (told,) = sinks_among((sink("bluez_sink.1.a2dp_sink", bluetooth__battery=said),))

    assert told.battery_percent == percent
    assert told.bus == "bluetooth"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (Sink("usb", "USB", is_headphones=True, battery_percent=LOW_BATTERY_PERCENT), ""),
        (Sink("usb", "USB", battery_percent=LOW_BATTERY_PERCENT - 1), "49 %"),
        (Sink("pci", "Built-in", is_headphones=False), "loudspeaker"),
        (Sink("pci", "Built-in", is_headphones=True, has_loudspeaker=True), "when unplugged"),
        (Sink("bluez", "Calm", why_not=HANDS_FREE), "hands-free"),
    ],
)
def test_what_should_not_be_relied_on_is_said_in_one_sentence(told: Sink, said: str) -> None:
    assert said in warning(told)
    assert bool(warning(told)) is bool(said)


def test_a_card_that_can_switch_to_a_loudspeaker_is_told() -> None:
    ports = ("analog-output-speaker", "analog-output-headphones")
    laptop = ServerSink(1, "pci", "Laptop", port=ports[1], ports=ports)
    alone = ServerSink(2, "usb", "USB", port="analog-output", ports=("analog-output",))

    assert [each.has_loudspeaker for each in sinks_among((laptop, alone))] == [True, False]
