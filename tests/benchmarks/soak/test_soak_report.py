"""The page of the soak says what was run and what was not."""

from typing import Any

import pytest

from benchmarks.soak.report import page

PROCESS = {
    "highest_mb": 90.0,
    "mb_an_hour": 0.5,
    "mb_a_day_of_session": 12.0,
    "fewest_files": 20,
    "most_files": 21,
    "cpu_percent": 1.5,
}
RUN: dict[str, Any] = {
    "hours": 24.0, "session_s": 86_400.0, "real_s": 1200.0, "status": 0, "underruns": 0,
    "bed_s": 0.0, "dry_s": 0.0, "guarded_samples": 0, "machine_load": 2.0,
    "host": PROCESS, "holder": PROCESS,
}  # fmt: skip


def test_a_run_without_a_card_says_nothing_of_gaps() -> None:
    written = page({"virtual": RUN})

    assert "| host: open files | 20 to 21 |" in written
    assert "gaps of 2 ms" not in written
    assert "Not run." in written


@pytest.mark.parametrize("gaps", [0, 3])
def test_a_run_on_a_card_says_how_many_gaps_there_were(gaps: int) -> None:
    heard = {"gaps": gaps, "longest_silence_ms": 0.1, "drift_ppm": -2.0, "jitter_ms": 5.0}

    written = page({"real": RUN | heard, "virtual": RUN})

    assert f"| gaps of 2 ms or more | {gaps} |" in written
    assert "Not run." not in written
