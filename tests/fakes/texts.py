"""Every text that the program can show or print: in its source, its data and its translations."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from soundscape.home import home

ROOT = Path(__file__).parents[2]
_PO_TEXT = re.compile(r'^(?:msgid|msgid_plural|msgstr(?:\[\d\])?)?\s*"(.*)"$', re.MULTILINE)
_COMMENT = re.compile(r"^\s*//.*$", re.MULTILINE)


@cache
def shown_texts() -> tuple[tuple[str, str], ...]:
    """Return each text with where it stands: strings of the source, data, layouts, catalogs."""
    return tuple(_texts())


def _texts() -> Iterator[tuple[str, str]]:
    for top in ("soundscape", "playlists", "ui"):
        for path in sorted((ROOT / top).rglob("*.py")):
            tree = ast.parse(path.read_text("utf-8"))
            yield from ((_where(path, line), text) for line, text in _strings(tree))
    for path in sorted((home() / "assets").rglob("*.toml")):
        yield from (
            (_where(path), text) for text in _leaves(tomllib.loads(path.read_text("utf-8")))
        )
    for path in sorted((home() / "assets").rglob("*.typ")):
        yield _where(path), _COMMENT.sub("", path.read_text("utf-8"))
    for path in sorted((home() / "assets").rglob("*.po")):
        yield from ((_where(path), text) for text in _PO_TEXT.findall(path.read_text("utf-8")))


def _where(path: Path, line: int = 0) -> str:
    return f"{path.relative_to(ROOT)}:{line}" if line else str(path.relative_to(ROOT))


def _strings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the strings of a module that are no documentation: those do not stand alone."""
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in alone
        ):
            yield node.lineno, node.value


def _leaves(value: object) -> Iterator[str]:
    """Yield the texts of a table, with its keys."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield str(key)
            yield from _leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner)
    elif isinstance(value, str):
        yield value
