"""The clinic's own ``visit.toml``: its rules, and the words of its sheets."""

from pathlib import Path
from typing import Any

from soundscape.errors import InvalidPlanError
from soundscape.fields import read_fields

PARTS = ("rules", "sheet")


def read_clinic(path: Path | None, part: str) -> dict[str, dict[str, Any]]:
    """Return the tables of a part of the clinic's file, by name; none where there is no file.

    Raises
    ------
    InvalidPlanError
        If the file cannot be read, or has a part that is unknown or not made of tables.
    """
    if path is None or not path.is_file():
        return {}
    data = read_fields(path).rest()
    unknown = set(data) - set(PARTS)
    if unknown:
        raise InvalidPlanError(f"{path.name}: {min(unknown)}", f"is none of {', '.join(PARTS)}")
    tables = data.get(part, {})
    if not isinstance(tables, dict) or not all(isinstance(t, dict) for t in tables.values()):
        raise InvalidPlanError(f"{path.name}: {part}", "must be made of tables")
    return tables
