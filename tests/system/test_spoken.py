"""What a screen reader finds in the real windows, over the real accessibility bus."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from rig.touch_screen import TouchScreen

from soundscape.folders import DataFolder
from soundscape.settings import write_settings
from ui.commands.main import ROLES

pytestmark = pytest.mark.slow
TESTS = Path(__file__).parents[1]
SPOKEN, PAGES = TESTS / "rig" / "spoken.py", TESTS / "rig" / "pages.py"
SYSTEM_PYTHON = "/usr/bin/python3"
NO_ROLES = {"", "unknown", "invalid"}
PATIENCE_S = 90.0

Node = tuple[str, str, str, bool]


@pytest.fixture
def environment() -> Iterator[dict[str, str]]:
    """Yield what a program needs to be shown and read: a screen, a bus, a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="ss-") as name, TouchScreen(Path(name)) as screen:
        words = ["dbus-daemon", "--session", "--nofork", "--print-address"]
        with subprocess.Popen(
            words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as bus:
            assert bus.stdout is not None
            (Path(name) / "run").mkdir(mode=0o700)
            yield (
                os.environ
                | screen.environment
                | {
                    "DBUS_SESSION_BUS_ADDRESS": bus.stdout.readline().strip(),
                    "XDG_RUNTIME_DIR": str(Path(name) / "run"),
                    "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
                }
            )
            bus.terminate()


def read_aloud(environment: dict[str, str], windows: int) -> list[Node]:
    """Return what a screen reader finds once so many windows are there."""
    reader = [SYSTEM_PYTHON, str(SPOKEN), str(windows)]
    done = subprocess.run(
        reader, env=environment, stdout=subprocess.PIPE, check=True, timeout=PATIENCE_S
    )
    return [tuple(node) for node in json.loads(done.stdout)]


@pytest.fixture
def nodes(environment: dict[str, str], tmp_path: Path) -> Iterator[list[Node]]:
    """Yield what is found in a window of each role, all of them open at once."""
    write_settings(DataFolder(tmp_path).settings, {"text_percent": 100})
    words = [sys.executable, "-m", "soundscape", "--data-dir", str(tmp_path), "--role"]
    windows = [
        subprocess.Popen([*words, role], env=environment, stderr=subprocess.DEVNULL)
        for role in ROLES
    ]
    try:
        yield read_aloud(environment, len(windows))
    finally:
        for window in windows:
            window.terminate()
            window.wait(10)


@pytest.fixture
def pages(environment: dict[str, str], tmp_path: Path) -> Iterator[tuple[int, list[Node]]]:
    """Yield how many pages there are beside those of the windows' start, and what is in them."""
    words = [sys.executable, str(PAGES), str(tmp_path)]
    path = {"PYTHONPATH": f"{TESTS.parent}{os.pathsep}{TESTS}"}
    with subprocess.Popen(
        words, env=environment | path, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as shown:
        assert shown.stdout is not None
        try:
            count = int(shown.stdout.readline())
            yield count, read_aloud(environment, count)
        finally:
            shown.terminate()


def test_whatever_takes_the_focus_has_a_name_and_a_role(nodes: list[Node]) -> None:
    focusable = [node for node in nodes if node[3]]

    assert len({window for window, *_node in nodes}) == len(ROLES)
    assert len(focusable) > 10 * len(ROLES) / 2
    assert [node for node in focusable if not node[2] or node[1] in NO_ROLES] == []


def test_every_page_behind_them_is_named_too(pages: tuple[int, list[Node]]) -> None:
    count, found = pages
    focusable = [node for node in found if node[3]]

    assert len({window for window, *_node in found}) == count
    assert [node for node in focusable if not node[2] or node[1] in NO_ROLES] == []
