"""A name means one device of the right kind, on each system; never the system's own choice."""

import pytest

from soundscape.engine.endpoints import endpoint_named, output_endpoints
from soundscape.errors import DeviceLostError

WINDOWS_APIS = [{"name": "MME"}, {"name": "Windows DirectSound"}, {"name": "Windows WASAPI"}]


def device(name: str, api: int, channels: int = 2) -> dict[str, object]:
    return {"name": name, "hostapi": api, "max_output_channels": channels}


WINDOWS = [
    device("Microsoft Sound Mapper - Output", 0),
    device("Headphones (USB Audio)", 0),
    device("Primary Sound Driver", 1),
    device("Headphones (USB Audio)", 1),
    device("Microphone (USB Audio)", 2, 0),
    device("Speakers (Realtek)", 2),
    device("Headphones (USB Audio)", 2),
]


def test_on_windows_only_wasapis_endpoints_count() -> None:
    found = output_endpoints(WINDOWS, WINDOWS_APIS, "win32")

    assert found == [(5, "Speakers (Realtek)"), (6, "Headphones (USB Audio)")]


def test_a_windows_name_that_every_interface_has_means_wasapis() -> None:
    found = output_endpoints(WINDOWS, WINDOWS_APIS, "win32")

    assert endpoint_named(found, "Headphones (USB Audio)") == 6


def test_a_part_of_a_name_is_no_name() -> None:
    with pytest.raises(DeviceLostError, match="not there"):
        endpoint_named(output_endpoints(WINDOWS, WINDOWS_APIS, "win32"), "Headphones")


def test_on_macos_core_audios_devices_are_opened_by_their_number() -> None:
    devices = [device("Microphone", 0, 0), device("Built-in", 0), device("USB", 0)]
    found = output_endpoints(devices, [{"name": "Core Audio"}], "darwin")

    assert endpoint_named(found, "USB") == 2


def test_two_devices_of_one_name_are_refused() -> None:
    devices = [device("USB", 0), device("USB", 0)]
    found = output_endpoints(devices, [{"name": "Core Audio"}], "darwin")

    with pytest.raises(DeviceLostError, match="Two devices"):
        endpoint_named(found, "USB")


def test_on_linux_every_device_that_plays_stereo_counts() -> None:
    devices = [device("hw:0", 0, 1), device("pulse", 0, 32)]

    assert output_endpoints(devices, [{"name": "ALSA"}], "linux") == [(1, "pulse")]
