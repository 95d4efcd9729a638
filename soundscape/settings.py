"""The clinic's choices, in ``settings.toml``: what is not said there is as shipped."""

import json
import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path


def read_settings(path: Path) -> dict[str, object]:
    """Return what a settings file says; nothing where it is missing or cannot be read."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}


def write_settings(path: Path, choices: Mapping[str, str]) -> None:
    """Set some texts, whole or not at all; every other line stays as people wrote it.

    A choice stands in the file's first part, before any table, one to a line.
    """
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    tables = [number for number, line in enumerate(lines) if line.lstrip().startswith("[")]
    head, rest = (lines[: tables[0]], lines[tables[0] :]) if tables else (lines, [])
    for key, value in choices.items():
        said = re.compile(rf"\s*{re.escape(key)}\s*=")
        head = [line for line in head if not said.match(line)]
        head.append(f"{key} = {_quoted(value)}")
    path.parent.mkdir(parents=True, exist_ok=True)
    arriving = path.with_suffix(".part")
    with arriving.open("w", encoding="utf-8") as file:
        file.write("\n".join([*head, *rest]) + "\n")
        file.flush()
        os.fsync(file.fileno())
    arriving.replace(path)


def _quoted(text: str) -> str:
    """Return a TOML basic string: JSON's, but that TOML forbids a bare DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
