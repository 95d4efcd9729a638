"""The patient's choice, left in the chair's data folder for the desk to offer.

``choice.json`` holds ``preset`` (a preset's name; empty where the nurse may choose),
``intention`` (whether it is shared or private, never its words; empty where none was said) and
``wall_time`` (ISO 8601, UTC).
"""

import json
from pathlib import Path

from soundscape.folders import DataFolder
from soundscape.output import arriving

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
    said = {"preset": preset, "intention": intention, "wall_time": wall_time}
    with arriving(choice_path(folder)) as whole:
        whole.write_text(json.dumps(said), encoding="utf-8")


def withdraw_choice(folder: DataFolder) -> None:
    """Take the choice back; it is no matter if there was none."""
    choice_path(folder).unlink(missing_ok=True)
