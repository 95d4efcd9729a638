"""How strong a cue is on each of its frames: for who renders it, and who reads its record."""

import numpy as np
from numpy.typing import NDArray

from soundscape.dsp.fades import equal_power, linear
from soundscape.session.cues import Cue, Shape
from soundscape.units import Frames, amplitude


def cue_amplitudes(cue: Cue, start: Frames, length: Frames) -> NDArray[np.float64]:
    """Return a cue's amplitude on some of its frames: fades times trim.

    Returns
    -------
    NDArray[np.float64], shape (length,)
        As ratios.
    """
    frames = np.arange(start, start + length)
    gain = np.full(length, amplitude(cue.gain_db))
    if cue.fade_in and start < cue.start + cue.fade_in:
        law = equal_power if cue.shape_in is Shape.EQUAL_POWER else linear
        gain *= law((frames - cue.start) / cue.fade_in)
    leaves = cue.end - cue.fade_out
    if cue.fade_out and start + length > leaves:
        law = equal_power if cue.shape_out is Shape.EQUAL_POWER else linear
        gain *= law(1.0 - (frames - leaves) / cue.fade_out)
    return gain
