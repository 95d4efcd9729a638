"""A picture in a FLAC file, which players show beside its title."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from mutagen.flac import FLAC, Picture
from numpy.typing import NDArray

_FRONT = 3  # ID3v2's number for a front cover


def embed_cover(path: Path, pixels: NDArray[np.uint8], *, said: str) -> None:
    """Put a picture into a FLAC file, as its cover; its sound stays as it is.

    Parameters
    ----------
    path : Path
        The file.
    pixels : NDArray[np.uint8], shape (height, width, 3)
        Red, green and blue.
    said : str
        The picture in words.
    """
    picture = Picture()  # type: ignore[no-untyped-call]
    picture.type, picture.mime, picture.desc = _FRONT, "image/png", said
    picture.height, picture.width, picture.depth = pixels.shape[0], pixels.shape[1], 24
    picture.data = _png(pixels)
    file = FLAC(path)  # type: ignore[no-untyped-call]
    file.clear_pictures()  # type: ignore[no-untyped-call]
    file.add_picture(picture)  # type: ignore[no-untyped-call]
    file.save()


def _png(pixels: NDArray[np.uint8]) -> bytes:
    encoder = av.CodecContext.create("png", "w")
    encoder.height, encoder.width = pixels.shape[:2]
    encoder.pix_fmt, encoder.time_base = "rgb24", Fraction(1)
    frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="rgb24")
    return b"".join(bytes(packet) for packet in [*encoder.encode(frame), *encoder.encode(None)])
