"""The contract of the sound card on systems that are not at hand, with a PortAudio of our own.

It holds what the code asks of PortAudio on Windows and macOS, and what it does when PortAudio
tells that a device is gone. Nothing of it was tried on hardware.
"""

import sys
from collections.abc import Callable
from importlib.util import find_spec, module_from_spec
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from soundscape.engine import outlet
from soundscape.engine.output_block import OutputBlock
from soundscape.engine.ring import Field, Ring
from soundscape.engine.ring_file import create_ring
from soundscape.errors import DeviceLostError
from soundscape.units import Frames

DEVICES = {
    "win32": (
        ["MME", "Windows WASAPI"],
        [("Headphones (USB)", 0), ("Speakers", 1), ("Headphones (USB)", 1)],
        ("Headphones (USB)", 2),
    ),
    "darwin": (["Core Audio"], [("MacBook Speakers", 0), ("USB DAC", 0)], ("USB DAC", 1)),
}
"""For each system: its interfaces, its devices with theirs, and which we want."""


class PortAudioError(Exception):
    """What the library raises."""


class FakeStream:
    """A stream that remembers how it was opened and plays when told to."""

    latency = 0.25

    def __init__(self, terms: dict[str, Any]) -> None:
        self.terms = terms
        self.active = False

    def start(self) -> None:
        """Begin."""
        self.active = True

    def block(self) -> NDArray[np.float32]:
        """Return what the callback gives."""
        out = np.full((self.terms["blocksize"], 2), 9.0, np.float32)
        self.terms["callback"](out, len(out), None, None)
        return out

    def unplug(self) -> None:
        """Let the system end it, as when its device has gone."""
        self.active = False
        self.terms["finished_callback"]()


class FakePortAudio(ModuleType):
    """Stands in for ``sounddevice``."""

    PortAudioError = PortAudioError

    def __init__(self, platform: str) -> None:
        super().__init__("sounddevice")
        self._apis, self._devices, self.wanted = DEVICES[platform]
        self.looks = 0
        self.opened: list[FakeStream] = []
        self.broken: set[int] = set()

    def OutputStream(self, **terms: Any) -> FakeStream:  # noqa: N802, ANN401 -- theirs
        """Open a stream."""
        if terms["device"] in self.broken:
            raise PortAudioError("Invalid device")
        self.opened.append(FakeStream(terms))
        return self.opened[-1]

    def WasapiSettings(self, *, auto_convert: bool) -> tuple[str, bool]:  # noqa: N802 -- theirs
        """Return what WASAPI is told."""
        return "wasapi", auto_convert

    def query_devices(self) -> list[dict[str, object]]:
        """Return the devices."""
        return [{"name": n, "hostapi": a, "max_output_channels": 2} for n, a in self._devices]

    def query_hostapis(self) -> list[dict[str, object]]:
        """Return the interfaces."""
        return [{"name": name} for name in self._apis]

    def unplug(self, name: str) -> None:
        """Take away a device."""
        self._devices = [each for each in self._devices if each[0] != name]

    def _terminate(self) -> None:
        self.looks += 1

    def _initialize(self) -> None:
        self.looks += 1


@pytest.fixture(params=sorted(DEVICES))
def portaudio(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> FakePortAudio:
    """Return the PortAudio of a system on which we then run."""
    fake = FakePortAudio(request.param)
    monkeypatch.setattr(sys, "platform", request.param)
    monkeypatch.setitem(sys.modules, "sounddevice", fake)
    return fake


@pytest.fixture
def ring(tmp_path: Path) -> Ring:
    ring = create_ring(tmp_path / "ring")
    ring.write(Frames(0), np.full((400_000, 2), 0.02, np.float32))
    ring.set(Field.WRITTEN, 400_000)
    ring.set(Field.PLAYING, 1)
    return ring


Open = Callable[[str | None], Any]
"""Opens a device by its name."""


@pytest.fixture
def device(portaudio: FakePortAudio, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return a copy of the module that nobody else sees, as it is on that system."""
    assert not portaudio.opened
    spec = find_spec("soundscape.engine.device")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setitem(sys.modules, "soundscape.engine.device", module)
    return module


@pytest.fixture
def open_card(device: ModuleType, ring: Ring) -> Open:
    """Return what opens a device."""
    block = OutputBlock(ring, np.zeros((0, 2), np.float32))
    return lambda name: device.CardOutput(block, ring, device=name)


def test_a_named_device_is_opened_by_its_number_and_fed(
    portaudio: FakePortAudio, open_card: Open, ring: Ring
) -> None:
    name, number = portaudio.wanted
    card = open_card(name)
    (stream,) = portaudio.opened
    card.start()
    heard = stream.block()

    assert (stream.terms["device"], stream.terms["samplerate"]) == (number, 48_000)
    assert (stream.terms["extra_settings"] == ("wasapi", True)) is (sys.platform == "win32")
    assert card.is_alive
    np.testing.assert_array_equal(heard, np.full((1024, 2), 0.02, np.float32))
    assert ring.get(Field.LATENCY) == 12_000


def test_the_systems_own_choice_is_never_opened(portaudio: FakePortAudio, open_card: Open) -> None:
    with pytest.raises(DeviceLostError, match="by name"):
        open_card(None)

    assert not portaudio.opened


def test_a_device_that_goes_cuts_the_sound_at_once(
    portaudio: FakePortAudio, open_card: Open, ring: Ring
) -> None:
    card = open_card(portaudio.wanted[0])
    (stream,) = portaudio.opened
    card.start()
    stream.unplug()

    assert not card.is_alive
    assert ring.get(Field.CUT) == 1
    assert not stream.block().any()


def test_a_device_that_is_gone_or_broken_is_refused_with_a_sentence(
    portaudio: FakePortAudio, open_card: Open
) -> None:
    name, number = portaudio.wanted
    portaudio.broken = {number}

    with pytest.raises(DeviceLostError, match="cannot open"):
        open_card(name)
    with pytest.raises(DeviceLostError, match="not there"):
        open_card("Headphones (other)")


def test_devices_are_looked_for_anew_each_time(portaudio: FakePortAudio, open_card: Open) -> None:
    open_card(portaudio.wanted[0])

    assert portaudio.looks == 2


def test_headphones_are_back_only_when_the_system_has_them(
    portaudio: FakePortAudio,
    device: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(outlet, "connected", lambda: None)
    name = portaudio.wanted[0]

    assert device.output_names()
    assert outlet.is_back(tmp_path, name)
    portaudio.unplug(name)
    assert not outlet.is_back(tmp_path, name)
