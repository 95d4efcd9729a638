"""Sound written to a file that appears whole or not at all."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from soundscape.errors import EngineError
from soundscape.output import arriving
from soundscape.units import CHANNELS, SESSION_RATE_HZ

_FORMATS = {".wav": ("WAV", "FLOAT"), ".flac": ("FLAC", "PCM_24")}


def write_audio(
    path: Path,
    blocks: Iterable[NDArray[np.float32]],
    *,
    sample_rate_hz: int = SESSION_RATE_HZ,
    subtype: str | None = None,
    tags: Mapping[str, str] | None = None,
) -> None:
    """Write stereo sound in the format that the file's ending names.

    Parameters
    ----------
    path : Path
        Ends in ``.wav`` (float32) or ``.flac`` (24-bit); a file there is replaced.
    blocks : Iterable[NDArray[np.float32]]
        Each of shape (frames, 2); the lengths may differ.
    sample_rate_hz : int
        Of the blocks.
    subtype : str | None
        Another sample format of libsndfile, as ``PCM_16``.
    tags : Mapping[str, str] | None
        To go into the file: title, artist, album, comment, license.

    Raises
    ------
    EngineError
        If the ending is another one, or the disk refuses.
    """
    if path.suffix.lower() not in _FORMATS:
        raise EngineError(f"{path.name} cannot be written; its name must end in .wav or .flac.")
    container, usual_subtype = _FORMATS[path.suffix.lower()]
    try:
        with (
            arriving(path) as whole,
            whole.open("wb") as file,
            soundfile.SoundFile(
                file,
                "w",
                samplerate=sample_rate_hz,
                channels=CHANNELS,
                format=container,
                subtype=subtype or usual_subtype,
            ) as sound,
        ):
            for name, text in (tags or {}).items():
                setattr(sound, name, text)
            for block in blocks:
                sound.write(block)
    except soundfile.LibsndfileError as error:
        raise EngineError(f"{path.name} cannot be written; is the disk full?") from error
    except OSError as error:
        raise EngineError(f"{path.name} cannot be written: {error.strerror}.") from error
