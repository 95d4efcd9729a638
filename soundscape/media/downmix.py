"""Any layout of channels as two, by ITU-R BS.775-3, Annex 4, and never louder than full scale."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_HALF_POWER = 0.5**0.5
_LEFT = {"FL", "SL", "BL", "FLC", "DL", "WL", "TFL", "TBL"}
_RIGHT = {"FR", "SR", "BR", "FRC", "DR", "WR", "TFR", "TBR"}
_FULL = {"FL", "FR", "DL", "DR"}
_SILENT = {"LFE", "LFE2"}


def stereo_matrix(names: Sequence[str]) -> NDArray[np.float32]:
    """Return how much of each channel goes to the left and to the right.

    One channel goes to both sides as it is and two stay what they are. More are mixed, each side
    scaled so that full scale on all channels is full scale. Channels without a place in the room
    alternate between the sides.

    Parameters
    ----------
    names : Sequence[str]
        The channels' names in FFmpeg's notation, as ``FL``.

    Returns
    -------
    NDArray[np.float32], shape (channels, 2)
        Amplitude ratios.
    """
    if len(names) == 1:
        return np.ones((1, 2), np.float32)
    if len(names) == 2:  # noqa: PLR2004 - left and right, whatever they are called
        return np.eye(2, dtype=np.float32)
    matrix = np.array([_shares(name, place) for place, name in enumerate(names)], np.float32)
    matrix /= np.maximum(matrix.sum(axis=0), 1.0)
    return matrix


def _shares(name: str, place: int) -> tuple[float, float]:
    """Return the left and right amplitude of one channel before scaling."""
    level = 1.0 if name in _FULL else _HALF_POWER
    if name in _SILENT:
        return 0.0, 0.0
    if name in _LEFT:
        return level, 0.0
    if name in _RIGHT:
        return 0.0, level
    if name == "NONE":
        return (1.0, 0.0) if place % 2 == 0 else (0.0, 1.0)
    return _HALF_POWER, _HALF_POWER
