"""Finding a lamp: it swells and dims slowly while the others stay as they are."""

import math
from collections.abc import Sequence

from soundscape.clock import Clock
from soundscape.sensory.mixing import Light
from soundscape.sensory.output import Output

REST_LEVEL = 0.30
SWELL = 0.25
PULSE_S = 16.0
"""One swell: 0.06 Hz, and at its steepest half of the slew limit."""

PULSES = 2
COLOR_K = 2700.0
STEP_S = 1.0 / 40.0


def swell(passed_s: float) -> float:
    """Return the level of the lamp that is looked for, after some seconds of swelling."""
    return REST_LEVEL + SWELL * (1.0 - math.cos(2.0 * math.pi * passed_s / PULSE_S)) / 2.0


def find_lamp(outputs: Sequence[Output], name: str, clock: Clock) -> tuple[str, ...]:
    """Let one lamp swell twice, and return the names of the outputs that could not be reached.

    Parameters
    ----------
    outputs : Sequence[Output]
        All outputs of the room: the other lamps rest.
    name : str
        The lamp's.
    clock : Clock
        Waits between two steps.
    """
    begun_s = clock.now()
    while (passed_s := clock.now() - begun_s) < PULSES * PULSE_S:
        for output in outputs:
            levels = [swell(passed_s) if f.name == name else REST_LEVEL for f in output.fixtures]
            output.show([Light(level, COLOR_K) for level in levels], clock.now())
        clock.sleep(STEP_S)
    lost = tuple(output.name for output in outputs if output.state != "ok")
    for output in outputs:
        output.close()
    return lost
