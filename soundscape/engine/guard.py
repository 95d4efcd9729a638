"""The last thing that samples pass, in the player and in the render; nothing goes around it."""

import numpy as np
from numpy.typing import NDArray

CEILING = 0.7079
"""Highest sample that leaves the program, -3 dBFS: above all that the renderer's limiter and the
highest volume can give together, so that sound music is never touched."""


def guard(block: NDArray[np.float32]) -> int:
    """Hold a block within the ceiling, in place, with nothing that is not a number.

    Parameters
    ----------
    block : NDArray[np.float32], shape (frames, channels)
        What is about to be heard.

    Returns
    -------
    int
        How many samples had to be changed.
    """
    sound = np.abs(block) <= CEILING  # false for NaN too
    if sound.all():
        return 0
    np.nan_to_num(block, copy=False, nan=0.0, posinf=0.0, neginf=0.0)
    np.clip(block, -CEILING, CEILING, out=block)
    return int(sound.size - np.count_nonzero(sound))
