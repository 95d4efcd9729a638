"""What commands print of a path can be read and obeys nobody."""

import os
from pathlib import Path

import pytest

from ui.commands.facts import shown


@pytest.mark.parametrize(
    ("name", "read"),
    [
        (b"caf\xc3\xa9.mp3", "caf\u00e9.mp3"),
        (b"caf\xe9.mp3", "caf\ufffd.mp3"),
        (b"\x1b[31mred.mp3", "\ufffd[31mred.mp3"),
        (b"new\nline.mp3", "new\ufffdline.mp3"),
        ("\u202egnp.mp3".encode(), "\ufffdgnp.mp3"),
    ],
)
def test_any_name_is_one_line_that_a_terminal_only_shows(name: bytes, read: str) -> None:
    assert shown(Path(os.fsdecode(name))) == read
