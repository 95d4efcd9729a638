"""How far energy moves when the same music is louder, compressed or resampled."""

import subprocess
import tempfile
from pathlib import Path

from benchmarks.energy.windows import energy_of_scores, scores_of

_CHANGES = {
    "12 dB softer": ("-af", "volume=-12dB", "-c:a", "pcm_f32le"),
    "12 dB louder": ("-af", "volume=12dB", "-c:a", "pcm_f32le"),
    "MP3 of 128 kbit/s": ("-c:a", "libmp3lame", "-b:a", "128k"),
    "44.1 kHz": ("-ar", "44100", "-c:a", "pcm_s16le"),
    "48 kHz": ("-ar", "48000", "-c:a", "pcm_s16le"),
    "32 kHz": ("-ar", "32000", "-c:a", "pcm_s16le"),
}


def largest_changes(paths: list[Path]) -> dict[str, float]:
    """Return, for each change, the largest difference of energy over all files.

    Each file's first two minutes are taken, once as they are and once changed by ffmpeg.
    """
    with tempfile.TemporaryDirectory() as folder:
        found = [_differences(path, Path(folder)) for path in paths]
    return {name: max(each[name] for each in found) for name in _CHANGES}


def _differences(path: Path, folder: Path) -> dict[str, float]:
    """Return how far each change moves the energy of one file."""
    plain = _converted(path, folder / "plain.wav", ("-c:a", "pcm_f32le"))
    energy = energy_of_scores(scores_of(plain))
    differences = {}
    for name, options in _CHANGES.items():
        ending = "mp3" if "libmp3lame" in options else "wav"
        changed = scores_of(_converted(plain, folder / f"changed.{ending}", options))
        differences[name] = abs(energy_of_scores(changed) - energy)
    return differences


def _converted(path: Path, made: Path, options: tuple[str, ...]) -> Path:
    """Return a file made by ffmpeg."""
    command = ["ffmpeg", "-v", "error", "-y", "-i", path, "-t", "120", "-vn", *options, made]
    subprocess.run(command, check=True)
    return made
