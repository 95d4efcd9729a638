"""The music that the benchmarks of voice and loudness hear."""

from collections.abc import Sequence
from pathlib import Path

DEFAULT_FOLDERS = (Path("/usr/share/games/wesnoth"), Path("/usr/share/naev/dat/snd/music"))
"""Where Debian's packages wesnoth-1.16-music and naev-data put theirs."""

_ENDINGS = {".flac", ".m4a", ".mp3", ".ogg", ".opus", ".wav"}
_SMALLEST_BYTES = 300_000  # smaller ones are jingles and noises


def sound_files(folders: Sequence[Path], most: int) -> list[Path]:
    """Return at most so many tracks of the folders and all below them, spread evenly."""
    found = sorted(
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.suffix.lower() in _ENDINGS
        and not path.is_symlink()
        and path.stat().st_size >= _SMALLEST_BYTES
    )
    count = min(len(found), most)
    return [found[n * len(found) // count] for n in range(count)]
