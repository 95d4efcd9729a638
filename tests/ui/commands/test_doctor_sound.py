"""What the doctor says of the headphones that staff chose."""

import pytest

from soundscape.engine.sinks import HANDS_FREE, Sink
from ui.commands.doctor_sound import described, fault_of

GOOD = Sink("usb", "USB", is_headphones=True, bus="usb")


def test_headphones_without_a_fault_have_none() -> None:
    assert fault_of("usb", "USB", (Sink("pci", "Built-in"), GOOD)) == ""


@pytest.mark.parametrize(
    ("sink", "said"),
    [
        (Sink("pci", "Built-in"), "is not there"),
        (Sink("usb", "USB", why_not=HANDS_FREE), "hands-free"),
        (Sink("usb", "USB", is_headphones=False), "loudspeaker"),
        (Sink("usb", "USB", is_headphones=True, has_loudspeaker=True), "when unplugged"),
        (Sink("usb", "USB", battery_percent=20), "20 %"),
    ],
)
def test_a_fault_is_told_in_one_sentence(sink: Sink, said: str) -> None:
    assert said in fault_of("usb", "USB", (sink,))


def test_a_sink_is_told_with_all_that_is_known() -> None:
    bluetooth = Sink("b", "Calm", is_headphones=True, bus="bluetooth", battery_percent=70)

    assert described(bluetooth) == "Calm [b] (headphones, bluetooth, battery 70 %)"
    assert described(Sink("x", "X")) == "X [x]"
