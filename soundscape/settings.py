"""The clinic's choices, in ``settings.toml``: what is not said there is as shipped."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from soundscape.output import arriving

Choice = str | int | bool | None
"""What a setting can be; None is as shipped."""


def read_settings(path: Path) -> dict[str, object]:
    """Return what a settings file says; nothing where it is missing or cannot be read."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}


def write_settings(path: Path, choices: Mapping[str, Choice]) -> None:
    """Set some choices, whole or not at all; all else stays as people wrote it.

    A file that cannot be read is put aside, as ``settings.toml.unread``, and begun anew: it says
    nothing anyway, and must not keep anybody from beginning a session.

    Parameters
    ----------
    path : Path
        The settings file; made if it is not there.
    choices : Mapping[str, Choice]
        Setting to choice; None takes a line out.
    """
    # Only here: every window reads settings, few write any, and it takes a while to load.
    import tomlkit  # noqa: PLC0415

    document = tomlkit.parse(_readable(path))
    for key, choice in choices.items():
        if choice is None:
            document.pop(key, None)
        else:
            document[key] = choice
    with arriving(path) as whole:
        whole.write_text(tomlkit.dumps(document), encoding="utf-8")


def _readable(path: Path) -> str:
    """Return the file's text; nothing where there is none or it is put aside."""
    if not path.is_file():
        return ""
    try:
        text = path.read_text("utf-8")
        tomllib.loads(text)
    except ValueError:
        path.replace(path.with_name(f"{path.name}.unread"))
        return ""
    return text
