"""The patient's choice, left in the chair's data folder for the desk to offer.

``choice.json`` holds ``preset`` (a preset's name; empty where the nurse may choose),
``intention`` (whether it is shared or private, never its words; empty where none was said) and
``wall_time`` (ISO 8601, UTC).
"""

import json
import os
from pathlib import Path

from soundscape.folders import DataFolder

NURSE_CHOOSES = ""
"""Stands where a preset's name would: the patient leaves it to the nurse."""

SHARED, PRIVATE, SKIPPED = "shared", "private", ""
"""What becomes of an intention."""


def choice_path(folder: DataFolder) -> Path:
    """Return where the choice lies."""
    return folder.root / "choice.json"


def write_choice(
    folder: DataFolder, preset: str, wall_time: str, *, intention: str = SKIPPED
) -> None:
    """Leave a choice, whole or not at all."""
    path = choice_path(folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    arriving = path.with_suffix(".part")
    with arriving.open("w", encoding="utf-8") as file:
        said = {"preset": preset, "intention": intention, "wall_time": wall_time}
        json.dump(said, file)
        file.flush()
        os.fsync(file.fileno())
    arriving.replace(path)


def withdraw_choice(folder: DataFolder) -> None:
    """Take the choice back; it is no matter if there was none."""
    choice_path(folder).unlink(missing_ok=True)
