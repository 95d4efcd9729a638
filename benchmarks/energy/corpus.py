"""The game music that energy is judged by: Debian packages, and what file names say of it."""

import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.analysis.labels import label_of

PACKAGES = (
    "wesnoth-1.16-music", "naev-data", "ufoai-music", "warzone2100-music", "planetblupi-music-ogg",
    "singularity-music", "hyperrogue-music", "drascula-music", "widelands-data",
    "freedroidrpg-data", "nexuiz-music", "flare-game", "asc-music", "colobot-common-sounds",
    "fretsonfire-songs-muldjord", "fretsonfire-songs-sectoid",
)  # fmt: skip
"""``apt-get install --no-install-recommends`` these; what is missing is left out and said."""

_METAL = "fretsonfire-"
_ENDINGS = {".ogg", ".opus", ".mp3"}
_ARCHIVES = {".pk3"}
_SHORTEST_BYTES = 400_000
_NOT_MUSIC = ("animals", "sounds", "guitar.ogg")


@dataclass(frozen=True, slots=True)
class Piece:
    """One sound file.

    Attributes
    ----------
    package : str
        Where it is from; ``starter`` for this project's own.
    path : Path
        The file.
    label : str
        ``high`` or ``low`` energy as its composer's name for it says, or nothing. All metal songs
        are high.
    """

    package: str
    path: Path
    label: str


def debian_music(unpacked: Path) -> list[Piece]:
    """Return the music of the packages that are installed.

    Parameters
    ----------
    unpacked : Path
        Folder for what lies in archives; filled when it is needed first.
    """
    return [
        Piece(package, path, "high" if package.startswith(_METAL) else label_of(path))
        for package in PACKAGES
        for path in sorted(set(_sounds(package, unpacked)))
        if not any(part in _NOT_MUSIC for part in path.parts)
        and path.stat().st_size >= _SHORTEST_BYTES
    ]


def starter_music(folder: Path) -> list[Piece]:
    """Return the starter pieces that ``soundscape starter`` has left in a folder."""
    found = sorted(folder.glob("*.flac"))
    return [Piece("starter", path, "") for path in found if path.stem != "bed"]


def _sounds(package: str, unpacked: Path) -> Iterator[Path]:
    """Yield the sound files of a package, links resolved."""
    listed = subprocess.run(
        ["dpkg", "--listfiles", package], capture_output=True, text=True, check=False
    )
    if listed.returncode:
        print(f"{package} is not installed and left out.")
    for line in listed.stdout.splitlines():
        path = Path(line)
        if path.suffix in _ARCHIVES and path.is_file():
            yield from _archived(path, unpacked / package)
        elif path.suffix in _ENDINGS and path.is_file():
            yield path.resolve()


def _archived(archive: Path, folder: Path) -> Iterator[Path]:
    """Yield the sound files of an archive, unpacked."""
    with zipfile.ZipFile(archive) as found:
        for name in found.namelist():
            if Path(name).suffix in _ENDINGS:
                path = folder / name
                if not path.exists():
                    found.extract(name, folder)
                yield path
