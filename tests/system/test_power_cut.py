"""A power cut at any moment loses nothing that was said to be recorded."""

from pathlib import Path

import pytest
from rig.power_cut import cut_everywhere, traced

pytestmark = pytest.mark.slow


def test_no_power_cut_loses_what_was_acknowledged(tmp_path: Path) -> None:
    steps = traced(tmp_path / "record", ["60", "--sessions", "3"])

    outcome = cut_everywhere(steps)

    assert outcome.acknowledged == 60
    assert outcome.states > 600
    assert (outcome.damaged, outcome.losing) == (0, 0)


def test_nor_one_while_the_log_is_copied_into_the_file(tmp_path: Path) -> None:
    # a thousand pages of log are copied and the log is begun anew
    steps = traced(tmp_path / "record", ["110", "--text-length", "40000"])
    copied = [step for step in steps if step.name == "journal.sqlite"]

    outcome = cut_everywhere(steps, every=197)

    assert len(copied) > 1000
    assert outcome.acknowledged == 110
    assert (outcome.damaged, outcome.losing) == (0, 0)


def test_a_record_that_trusts_the_disk_blindly_is_found_out(tmp_path: Path) -> None:
    steps = traced(tmp_path / "record", ["60", "--careless"])

    outcome = cut_everywhere(steps)

    assert outcome.losing > 0
