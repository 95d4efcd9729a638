"""Which of PortAudio's devices a name means, on each system; never the system's own choice.

On Windows only WASAPI's endpoints count: through MME or the mapper a stream would follow the
default. On macOS PortAudio opens Core Audio's device itself, not the default. Neither has been
tried on hardware.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from soundscape.errors import DeviceLostError
from soundscape.units import CHANNELS

NULL_DEVICE = "null"
"""The name that stands for no device: the session runs, and nothing is heard."""

HOST_APIS: Mapping[str, str] = {"win32": "Windows WASAPI", "darwin": "Core Audio"}
"""The one programming interface whose devices are used, by ``sys.platform``."""


def output_endpoints(
    devices: Sequence[Mapping[str, Any]], apis: Sequence[Mapping[str, Any]], platform: str
) -> list[tuple[int, str]]:
    """Return the number and name of each device that can play stereo.

    Parameters
    ----------
    devices, apis : Sequence[Mapping[str, Any]]
        As ``sounddevice.query_devices`` and ``query_hostapis`` tell them.
    platform : str
        As ``sys.platform``.
    """
    wanted = HOST_APIS.get(platform)
    return [
        (number, str(device["name"]))
        for number, device in enumerate(devices)
        if device["max_output_channels"] >= CHANNELS
        and wanted in {None, apis[device["hostapi"]]["name"]}
    ]


def endpoint_named(endpoints: Sequence[tuple[int, str]], name: str) -> int:
    """Return the number of the only device with a name.

    Raises
    ------
    DeviceLostError
        If there is none, or more than one.
    """
    numbers = [number for number, each in endpoints if each == name]
    if not numbers:
        raise DeviceLostError(f"The headphones '{name}' are not there; check the plug.")
    if len(numbers) > 1:
        raise DeviceLostError(f"Two devices are called '{name}'; give one another name.")
    return numbers[0]
