"""Files that mean harm, computed: what each is, and what must become of it.

The sound in them lasts 21 s, so that nothing is refused merely for being short.
"""

import shutil
import struct
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

RATE_HZ = 48_000
LENGTH_S = 21.0
PEAK = 0.07


class Fate(StrEnum):
    """What must become of a file."""

    ADMITTED = "admitted"
    REFUSED = "refused"
    EITHER = "either"


@dataclass
class HostileFolder:
    """A folder that is being filled with such files.

    Attributes
    ----------
    root : Path
        Where they lie.
    fates : dict[Path, Fate]
        What must become of each.
    """

    root: Path
    fates: dict[Path, Fate]

    def put(self, name: str | bytes, content: bytes, fate: Fate) -> Path:
        """Write a file."""
        path = self.root / (
            name if isinstance(name, str) else name.decode(errors="surrogateescape")
        )
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        self.fates[path] = fate
        return path

    def sound(
        self, name: str, samples: NDArray[np.float32], fate: Fate, *,
        rate_hz: int = RATE_HZ, kind: str | None = None,
    ) -> None:  # fmt: skip
        """Write samples, shape (frames, channels), as the name's ending says."""
        path = self.root / name
        path.parent.mkdir(exist_ok=True)
        soundfile.write(path, samples, rate_hz, kind)
        self.fates[path] = fate


def tone(
    length_s: float = LENGTH_S, rate_hz: int = RATE_HZ, channels: int = 2, peak: float = PEAK
) -> NDArray[np.float32]:
    """Return a tone that fades in and out, shape (frames, channels)."""
    time_s = np.arange(round(length_s * rate_hz)) / rate_hz
    swell = np.clip(np.minimum(time_s, length_s - time_s) / 0.1, 0.0, 1.0)
    mono = peak * swell * np.sin(2.0 * np.pi * 220.0 * time_s)
    return np.repeat(mono[:, None], channels, axis=1).astype(np.float32)


def encoded(folder: Path) -> dict[str, bytes]:
    """Return the same tone as a file of each kind, by its ending."""
    source = folder / "source.wav"
    soundfile.write(source, tone(), RATE_HZ)
    codecs = {
        "mp3": ["-c:a", "libmp3lame", "-b:a", "64k"],
        "opus": ["-c:a", "libopus", "-b:a", "48k"],
        "ogg": ["-c:a", "libvorbis"],
        "m4a": ["-c:a", "aac", "-b:a", "64k"],
        "flac": ["-c:a", "flac", "-sample_fmt", "s16"],
    }
    made = {}
    for ending, codec in codecs.items():
        target = source.with_suffix(f".{ending}")
        command = ["ffmpeg", "-v", "error", "-y", "-i", str(source), *codec, str(target)]
        subprocess.run(command, check=True)
        made[ending] = target.read_bytes()
        target.unlink()
    source.unlink()
    return made


def wav_header(data_bytes: int, **fields: int) -> bytes:
    """Return the header of a WAV file; any field of it may lie.

    Fields are ``channels``, ``rate_hz``, ``bits``, ``block_bytes`` and ``riff_bytes``.
    """
    channels, bits = fields.get("channels", 2), fields.get("bits", 16)
    rate_hz = fields.get("rate_hz", RATE_HZ)
    block_bytes = fields.get("block_bytes", channels * bits // 8)
    word, half = 0xFFFFFFFF, 0xFFFF
    described = struct.pack(
        "<HHIIHH", 1, channels & half, rate_hz & word, rate_hz * block_bytes & word,
        block_bytes & half, bits,
    )  # fmt: skip
    riff_bytes = struct.pack("<I", fields.get("riff_bytes", 36 + data_bytes) & word)
    data = b"data" + struct.pack("<I", data_bytes & word)
    return b"RIFF" + riff_bytes + b"WAVEfmt \x10\0\0\0" + described + data


def pcm() -> bytes:
    """Return the tone as 16-bit samples."""
    return (tone() * 32767).astype("<i2").tobytes()


Maker = Callable[[HostileFolder, dict[str, bytes]], None]


def filled(root: Path, makers: tuple[Maker, ...]) -> HostileFolder:
    """Return a folder that each maker has put its files into."""
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    folder, base = HostileFolder(root, {}), encoded(root)
    for make in makers:
        make(folder, base)
    return folder
