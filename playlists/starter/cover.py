"""A piece's cover: its mood's colors as still bands of haze, one for each layer of its sound."""

import zlib

import numpy as np
from numpy.typing import NDArray

from playlists.starter.score import Piece

SIZE_PX = 360

_COLORS = {
    "shore": ((12, 22, 34), (64, 108, 124), (196, 206, 186)),
    "forest": ((14, 22, 18), (66, 96, 70), (190, 196, 140)),
    "night": ((12, 13, 28), (58, 56, 104), (176, 160, 196)),
    "hearth": ((28, 17, 14), (122, 72, 48), (236, 186, 126)),
    "sky": ((20, 28, 44), (100, 130, 164), (234, 218, 200)),
    "rain": ((16, 20, 24), (76, 92, 104), (184, 196, 196)),
}
"""Of each mood: the ground, the haze, and the light above it."""

_HAZES = 5


def cover(piece: Piece) -> NDArray[np.uint8]:
    """Return a piece's cover; the livelier the piece, the higher its waves and its light.

    Returns
    -------
    NDArray[np.uint8], shape (SIZE_PX, SIZE_PX, 3)
        Red, green and blue; the same for the same piece.
    """
    rng = np.random.default_rng(zlib.crc32(piece.title.encode()))
    across = np.linspace(0.0, 1.0, SIZE_PX)
    down = across[:, None]
    ground, haze, light = (np.array(color, float) for color in _COLORS[piece.mood])
    sun = np.exp(-((across - rng.uniform(0.25, 0.75)) ** 2 + (down - 0.3) ** 2) / 0.02)
    glow = np.clip(0.75 * (1.0 - down) ** 2 + (0.25 + 0.2 * piece.pace) * sun, 0.0, 1.0)
    picture = haze + (light - haze) * glow[..., None]
    for number in range(_HAZES):
        height = (
            0.45
            + 0.11 * number
            + (0.008 + 0.014 * piece.pace)
            * sum(
                np.sin(2.0 * np.pi * (turns * across + rng.uniform())) / turns
                for turns in (1, 2, 3)
            )
        )
        share = np.clip((down - height) / 0.03, 0.0, 1.0)[..., None]
        color = haze + (ground - haze) * (number + 1) / _HAZES
        picture += share * 0.8 * (color - picture)
    return np.asarray(np.round(picture), np.uint8)
