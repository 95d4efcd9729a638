"""Finding a lamp, and trying a level: slowly, while the others stay as they are."""

import math
from collections.abc import Callable, Sequence

from soundscape.clock import Clock
from soundscape.sensory.mixing import Light
from soundscape.sensory.output import Output

REST_LEVEL = 0.30
SWELL = 0.25
START_S = 1.0
PULSE_S = 16.0
"""One swell: 0.06 Hz, and at its steepest half of the slew limit."""

PULSES = 2
TRY_S = 12.0
"""Long enough to go from dark to full, or back, and to look at it."""

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
    return _shown(outputs, name, swell, PULSES * PULSE_S, clock)


def show_level(
    outputs: Sequence[Output], name: str, share: float, clock: Clock
) -> tuple[str, ...]:
    """Bring one lamp to a level, and return the names of the outputs that were not reached.

    It goes there as slowly as everything does, and stays for a while; a session, or the next
    lamp that is looked for, takes it from there.

    Parameters
    ----------
    outputs : Sequence[Output]
        All outputs of the room: the other lamps rest.
    name : str
        The lamp's.
    share : float
        Of its full light, 0-1.
    clock : Clock
        Waits between two steps.
    """

    def level_at(passed_s: float) -> float:
        return share if passed_s >= START_S else REST_LEVEL  # the first ones are taken at once

    return _shown(outputs, name, level_at, TRY_S, clock)


def _shown(
    outputs: Sequence[Output],
    name: str,
    level_at: Callable[[float], float],
    for_s: float,
    clock: Clock,
) -> tuple[str, ...]:
    begun_s = clock.now()
    while (passed_s := clock.now() - begun_s) < for_s:
        for output in outputs:
            rest = [level_at(passed_s) if f.name == name else REST_LEVEL for f in output.fixtures]
            output.show([Light(level, COLOR_K) for level in rest], clock.now())
        clock.sleep(STEP_S)
    lost = tuple(output.name for output in outputs if output.state != "ok")
    for output in outputs:
        output.close()
    return lost
