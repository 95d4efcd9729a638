"""A log gets only what is listed: fixed words, names of events, and kinds and places of faults."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LEVELS = {"debug", "info", "warning", "error", "critical", "exception", "log"}
LISTED = {"described", "event"}
"""Functions and names whose value may stand in a log."""


def log_calls(path: Path) -> list[ast.Call]:
    """Return the calls that log."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in LEVELS
        and "log" in ast.unparse(node.func.value).casefold()
    ]


def is_listed(value: ast.expr) -> bool:
    """Return whether a value may stand in a log."""
    if isinstance(value, ast.Call):
        return isinstance(value.func, ast.Name) and value.func.id in LISTED
    return isinstance(value, ast.Constant) or (isinstance(value, ast.Name) and value.id in LISTED)


MODULES = [
    path
    for top in ("soundscape", "playlists", "ui")
    for path in sorted((ROOT / top).rglob("*.py"))
    if log_calls(path)
]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_log_gets_only_what_is_listed(path: Path) -> None:
    for call in log_calls(path):
        assert isinstance(call.func, ast.Attribute)
        assert call.func.attr != "exception"
        assert not call.keywords
        assert all(map(is_listed, call.args)), ast.unparse(call)


def test_there_are_logs_to_look_at() -> None:
    assert MODULES
