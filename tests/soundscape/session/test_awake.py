"""Sleep is held off for as long as a session lives, and where it cannot be that is known."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from soundscape.session.awake import Awake, can_stay_awake

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the system's helper differs")


def helper(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a stand-in for systemd-inhibit first in the path; return where it writes."""
    told = folder / "told"
    program = folder / "systemd-inhibit"
    program.write_text(f'#!/bin/sh\necho "$@" > {told}\n{script}\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return told


def test_sleep_is_held_off_until_the_session_is_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = helper(tmp_path, "exec cat", monkeypatch)

    awake = Awake()
    was_held = awake.is_held
    while not (told.exists() and told.read_text()):
        assert awake.is_held
    awake.close()

    assert was_held
    assert "sleep:idle:handle-lid-switch" in told.read_text(encoding="utf-8")
    assert not awake.is_held


def test_it_ends_with_the_process_that_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = helper(tmp_path, 'cat; echo over >> "$0.over"', monkeypatch)
    words = "import os; from soundscape.session.awake import Awake; Awake(); os._exit(9)"

    subprocess.run([sys.executable, "-c", words], check=False)

    over = told.with_name("systemd-inhibit.over")
    for _ in range(1000):
        if over.exists():
            break
        subprocess.run(["true"], check=True)
    assert over.exists()


def test_a_machine_that_cannot_be_kept_awake_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    awake = Awake()

    assert not awake.is_held
    awake.close()


@pytest.mark.parametrize(("script", "can"), [("exit 0", True), ("exit 1", False)])
def test_whether_it_can_be_is_tried_beforehand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, *, can: bool
) -> None:
    helper(tmp_path, script, monkeypatch)

    assert can_stay_awake() is can
