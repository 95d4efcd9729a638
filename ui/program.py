"""The program's own commands and windows, each in a process of its own."""

import subprocess
import sys

from soundscape.errors import SoundscapeError
from soundscape.folders import DataFolder


def words_for(folder: DataFolder, *words: str) -> list[str]:
    """Return the command line that runs this program on a chair's data."""
    return [sys.executable, "-m", "soundscape", "--data-dir", str(folder.root), *words]


def run_command(folder: DataFolder, *words: str) -> None:
    """Run a command to its end; for the background, as it may take minutes.

    Raises
    ------
    SoundscapeError
        If it fails; the message is the command's own.
    """
    done = subprocess.run(  # noqa: S603 -- our own program
        words_for(folder, *words), capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = done.stderr.strip().splitlines() or [""]
        raise SoundscapeError(said[-1].removeprefix("soundscape: "))
