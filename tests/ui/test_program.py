"""The program runs its own commands, and passes on what they refuse."""

from pathlib import Path

import pytest

from soundscape.errors import SoundscapeError
from soundscape.folders import DataFolder
from ui.program import run_command


def test_a_command_works_on_the_chairs_data(tmp_path: Path) -> None:
    run_command(DataFolder(tmp_path), "library", "list")

    assert (tmp_path / "library.sqlite").is_file()


def test_what_a_command_refuses_is_told_in_its_own_sentence(tmp_path: Path) -> None:
    with pytest.raises(SoundscapeError) as refusal:
        run_command(DataFolder(tmp_path), "run", str(tmp_path / "no-such-plan.json"))

    assert "no-such-plan.json" in str(refusal.value)
    assert "\n" not in str(refusal.value)
