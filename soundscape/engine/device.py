"""The sound card, through PortAudio. The only module that imports ``sounddevice``."""

import sys
from typing import Any

import numpy as np
import sounddevice
from numpy.typing import NDArray

from soundscape.engine.output_block import OutputBlock
from soundscape.engine.ring import Field, Ring
from soundscape.errors import DeviceLostError
from soundscape.units import CHANNELS, SESSION_RATE_HZ

BLOCK_FRAMES = 1024
LATENCY_S = 0.2
"""Measured: no gap with both cores busy at 1024 frames and 0.2 s; 0.1 s is the least."""


class CardOutput:
    """A stream to the sound card.

    Parameters
    ----------
    block : OutputBlock
        What fills the blocks, in the callback.
    ring : Ring
        Where the stream's counters go.
    device : str | None
        Its name, or None for the system's choice.

    Raises
    ------
    DeviceLostError
        If there is no such device or it refuses the format.
    """

    def __init__(self, block: OutputBlock, ring: Ring, *, device: str | None) -> None:
        def callback(
            out: NDArray[np.float32],
            _frames: int,
            _time: object,
            status: Any,  # noqa: ANN401 -- untyped library
        ) -> None:
            if status:
                ring.set(Field.UNDERRUNS, ring.get(Field.UNDERRUNS) + 1)
            block.fill(out)

        try:
            self._stream = sounddevice.OutputStream(
                samplerate=SESSION_RATE_HZ,
                blocksize=BLOCK_FRAMES,
                latency=LATENCY_S,
                channels=CHANNELS,
                dtype="float32",
                device=_portaudio_name(device),
                callback=callback,
            )
        except (sounddevice.PortAudioError, ValueError) as error:
            named = f"the headphones '{device}'" if device else "any headphones"
            raise DeviceLostError(f"The system cannot open {named}; check the plug.") from error
        ring.set(Field.LATENCY, round(self._stream.latency * SESSION_RATE_HZ))

    def start(self) -> None:
        """Begin to take blocks."""
        self._stream.start()

    def abort(self) -> None:
        """Take no more, and drop what was given and not yet heard."""
        self._stream.abort(ignore_errors=True)

    def close(self) -> None:
        """Take no more, at once."""
        self._stream.close()

    @property
    def is_alive(self) -> bool:
        """True while PortAudio says that it takes blocks."""
        return bool(self._stream.active)


def output_names() -> list[str]:
    """Return the names of the devices that can play stereo; none where there is no sound.

    It ends any stream of its own process.
    """
    # PortAudio looks for devices once, when it starts: what was plugged in since needs a new look.
    sounddevice._terminate()  # noqa: SLF001 -- the way its own documentation shows
    sounddevice._initialize()  # noqa: SLF001
    devices = sounddevice.query_devices()
    return [str(each["name"]) for each in devices if each["max_output_channels"] >= CHANNELS]


def _portaudio_name(device: str | None) -> str | None:
    """Return PortAudio's name for a device.

    Under PulseAudio and PipeWire, PortAudio lists one device for all; which sink it leads to is
    set by the process's environment (``PULSE_SINK``), which a missing sink makes fail.
    """
    if device is None or sys.platform != "linux":
        return device
    names = {str(each["name"]) for each in sounddevice.query_devices()}
    return "pulse" if "pulse" in names else device
