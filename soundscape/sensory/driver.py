"""Brings the lamps along a session's light: a thread for each output, beside the sound.

It is told now and then which frame is heard, and goes on counting from there by the clock, so
that neither a busy host nor a slow lamp disturbs the other.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from soundscape.clock import Clock
from soundscape.sensory.mixing import Light
from soundscape.sensory.output import LinkState, Output
from soundscape.sensory.scene import Scenery
from soundscape.units import Frames, frames_in

RATE_HZ = 40
LIGHT_UP_S = 10.0
"""The light goes on for so long after the sound's last frame: as long as a stop's may take."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the lamps are to follow.

    Attributes
    ----------
    scenery : Scenery
        The session's light.
    frame : Frames
        The frame that was heard.
    at_s : float
        When it was, on the driver's clock.
    """

    scenery: Scenery
    frame: Frames
    at_s: float


class Driver:
    """Drives some outputs until closed.

    Parameters
    ----------
    outputs : Sequence[Output]
        What shows light.
    clock : Clock
        Its time counts between what is told.
    scale : float
        Seconds of session in a second; the guards count the session's.
    """

    def __init__(self, outputs: Sequence[Output], clock: Clock, scale: float = 1.0) -> None:
        self._outputs = tuple(outputs)
        self._clock = clock
        self._scale = scale
        self._told: Told | None = None
        self._begun = threading.Event()
        self._closing = threading.Event()
        self._threads = [
            threading.Thread(target=self._drive, args=(each,), name=each.name, daemon=True)
            for each in outputs
        ]
        for thread in self._threads:
            thread.start()

    def follow(self, scenery: Scenery, frame: Frames) -> None:
        """Say what the light is, and which frame is heard."""
        self._told = Told(scenery, frame, self._clock.now())
        self._begun.set()

    def lost(self) -> tuple[str, ...]:
        """Return the names of the outputs that cannot be reached."""
        return tuple(each.name for each in self._outputs if each.state is LinkState.LOST)

    def close(self) -> None:
        """Let the lamps come where the session's light ends; returns at once."""
        self._closing.set()
        self._begun.set()

    def is_moving(self) -> bool:
        """Return whether a closed driver's lamps are still on their way."""
        return any(thread.is_alive() for thread in self._threads)

    def _drive(self, output: Output) -> None:
        self._begun.wait()
        pause = threading.Event()
        while self._told is not None:
            told = self._told
            arrived = output.show(self._lights(told, output), self._clock.now() * self._scale)
            if self._closing.is_set() and self._is_over(told, output, arrived=arrived):
                break
            pause.wait(1.0 / RATE_HZ)
        output.close()

    def _lights(self, told: Told, output: Output) -> list[Light]:
        frame = Frames(self._frame(told) + frames_in(output.lead_s))
        shown = told.scenery.at(frame)
        return [Light(shown.light, shown.color_k)] * len(output.fixtures)

    def _is_over(self, told: Told, output: Output, *, arrived: bool) -> bool:
        """Return whether the lamps are where the light ends, or have had the time for it."""
        last, here = Frames(told.frame + frames_in(LIGHT_UP_S)), self._frame(told)
        stands = told.scenery.at(here) == told.scenery.at(last)
        return output.state is LinkState.LOST or here >= last or (arrived and stands)

    def _frame(self, told: Told) -> Frames:
        passed_s = (self._clock.now() - told.at_s) * self._scale
        return Frames(told.frame + frames_in(passed_s))
