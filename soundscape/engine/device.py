"""The sound card, through PortAudio. The only module that imports ``sounddevice``.

To import it opens PortAudio, which asks every driver of the machine and the sound server.
"""

import math
import sys
from typing import Any

import numpy as np
import sounddevice
from numpy.typing import NDArray

from soundscape.clock import MachineClock
from soundscape.engine.endpoints import endpoint_named, output_endpoints
from soundscape.engine.output_block import OutputBlock
from soundscape.engine.ring import Field, Ring
from soundscape.errors import DeviceLostError
from soundscape.units import CHANNELS, SESSION_RATE_HZ

BLOCK_FRAMES = 1024
LATENCY_S = 0.2
"""Measured: no gap with both cores busy at 1024 frames and 0.2 s; 0.1 s is the least."""

SILENCE_S = 0.2
"""A silence from here on ends by a fade."""

SERVER = "pulse"
"""What PortAudio calls PulseAudio and PipeWire, whichever sink the environment names."""


class CardOutput:
    """A stream to the sound card.

    Parameters
    ----------
    block : OutputBlock
        What fills the blocks, in the callback.
    ring : Ring
        Where the stream's counters go.
    device : str | None
        Its name; None for the system's choice, on Linux only.

    Attributes
    ----------
    is_flowing : bool
        Set once the card has begun to take blocks: from then on a break is a break.

    Raises
    ------
    DeviceLostError
        If there is no such device or it refuses the format.
    """

    def __init__(self, block: OutputBlock, ring: Ring, *, device: str | None) -> None:
        clock = MachineClock()
        filled_at_s = math.inf
        self.is_flowing = False

        def callback(
            out: NDArray[np.float32],
            _frames: int,
            _time: object,
            status: Any,  # noqa: ANN401 -- untyped library
        ) -> None:
            nonlocal filled_at_s
            if status:
                ring.set(Field.UNDERRUNS, ring.get(Field.UNDERRUNS) + 1)
            now_s = clock.now()
            silent_s = now_s - filled_at_s - LATENCY_S  # so long the card had nothing left
            if silent_s >= SILENCE_S and self.is_flowing:
                block.come_back(silent_s)
            filled_at_s = now_s
            block.fill(out)

        _look_again()
        number = _number_of(device)
        try:
            self._stream = sounddevice.OutputStream(
                samplerate=SESSION_RATE_HZ,
                blocksize=BLOCK_FRAMES,
                latency=LATENCY_S,
                channels=CHANNELS,
                dtype="float32",
                device=number,
                extra_settings=_settings(),
                callback=callback,
                finished_callback=block.cut,  # the system has ended the stream
            )
        except (sounddevice.PortAudioError, ValueError) as error:
            named = f"the headphones '{device}'" if device else "any headphones"
            raise DeviceLostError(f"The system cannot open {named}; check the plug.") from error
        ring.set(Field.LATENCY, round(self._stream.latency * SESSION_RATE_HZ))

    def start(self) -> None:
        """Begin to take blocks.

        Raises
        ------
        DeviceLostError
            If the device has gone meanwhile.
        """
        try:
            self._stream.start()
        except sounddevice.PortAudioError as error:
            raise DeviceLostError("The headphones cannot be started; check the plug.") from error

    def abort(self) -> None:
        """Take no more, and drop what was given and not yet heard."""
        self._stream.abort(ignore_errors=True)

    def close(self) -> None:
        """Take no more, at once."""
        self._stream.close(ignore_errors=True)

    @property
    def is_alive(self) -> bool:
        """True while PortAudio says that it takes blocks."""
        return bool(self._stream.active)


def output_names() -> list[str]:
    """Return the names of the devices that can play stereo; none where there is no sound.

    It ends any stream of its own process.
    """
    _look_again()
    return [name for _, name in _endpoints()]


def _look_again() -> None:
    # PortAudio looks for devices once, when it starts: what was plugged in since needs a new look.
    sounddevice._terminate()  # noqa: SLF001 -- the way its own documentation shows
    sounddevice._initialize()  # noqa: SLF001


def _endpoints() -> list[tuple[int, str]]:
    return output_endpoints(
        sounddevice.query_devices(), sounddevice.query_hostapis(), sys.platform
    )


def _number_of(device: str | None) -> int | None:
    """Return PortAudio's number for a device.

    Raises
    ------
    DeviceLostError
        If it is not there, or none is named where the system's choice may be a loudspeaker.
    """
    if device is not None:
        return endpoint_named(_endpoints(), device)
    if sys.platform != "linux":
        raise DeviceLostError("Choose the headphones by name; the system's choice may change.")
    return None


def _settings() -> object | None:
    """Return what WASAPI needs to take the session's rate where the endpoint has another."""
    return sounddevice.WasapiSettings(auto_convert=True) if sys.platform == "win32" else None
