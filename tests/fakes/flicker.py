"""How much of a level repeats where people's eyes are most sensitive to flicker."""

import numpy as np
from numpy.typing import NDArray

SENSITIVE_HZ = (3.0, 30.0)


def flicker(levels: NDArray[np.float64], rate_hz: float) -> float:
    """Return the effective value of a level, shape (times,), between 3 and 30 Hz.

    The window's own loss is made up for, so that a sine reads its amplitude by the root of two.
    """
    window = np.hanning(len(levels))
    spectrum = np.fft.rfft((levels - levels.mean()) * window)
    frequencies_hz = np.fft.rfftfreq(len(levels), 1.0 / rate_hz)
    inside = (frequencies_hz >= SENSITIVE_HZ[0]) & (frequencies_hz <= SENSITIVE_HZ[1])
    power = 2.0 * float(np.sum(np.abs(spectrum[inside]) ** 2)) / len(levels)
    return float(np.sqrt(power / np.sum(window**2)))
