"""The clinic's own ``visit.toml``: its rules, and the words of its sheets."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from soundscape.errors import InvalidPlanError
from soundscape.fields import read_fields
from soundscape.output import settle

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


def change_clinic(
    path: Path,
    part: str,
    table: str,
    choices: Mapping[str, Any],
    check: Callable[[Path], object],
) -> None:
    """Set some values in a table of the clinic's file, whole or not at all.

    What else stands there stays as people wrote it.

    Parameters
    ----------
    path : Path
        The clinic's ``visit.toml``; made if it is not there.
    part, table : str
        As ``rules`` and ``iv``.
    choices : Mapping[str, Any]
        Name to value; None takes a value out, so that it is as shipped.
    check : Callable[[Path], object]
        Reads the file that is to take its place; what it refuses with ``InvalidPlanError`` leaves
        everything as it was. So does a file that cannot be read as it is.
    """
    # Only here: all read the clinic's file, one window changes it, and it takes a while to load.
    import tomlkit  # noqa: PLC0415

    read_clinic(path, part)
    document = tomlkit.parse(path.read_text("utf-8") if path.is_file() else "")
    parts = document.setdefault(part, tomlkit.table(is_super_table=True))
    chosen = parts.setdefault(table, tomlkit.table())
    for name, value in choices.items():
        chosen.pop(name, None)
        if value is not None:
            chosen[name] = value
    path.parent.mkdir(parents=True, exist_ok=True)
    arriving = path.with_suffix(".part")
    try:
        arriving.write_text(tomlkit.dumps(document), "utf-8")
        check(arriving)
        settle(arriving)
        arriving.replace(path)
    finally:
        arriving.unlink(missing_ok=True)
