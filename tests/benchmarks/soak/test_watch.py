"""A soak's judgment finds the leak and the drift that were put in."""

import numpy as np
import pytest

from benchmarks.soak.watch import Look, judged


def seen(
    *, leak_mb_an_hour: float = 0.0, drift_ppm: float = 0.0, new_files: int = 0
) -> list[Look]:
    """Return the looks at a session of two hours."""
    at_s = 1000.0 + np.arange(0.0, 7200.0, 10.0)
    return [
        Look(
            at_s=float(at),
            heard_s=float((at - 1000.0) * (1.0 + 1e-6 * drift_ppm)),
            host_mb=150.0 + leak_mb_an_hour * float(at - 1000.0) / 3600.0,
            holder_mb=60.0,
            host_files=20 + new_files * index // 100,
            holder_files=10,
            host_cpu_s=0.02 * float(at),
            holder_cpu_s=0.005 * float(at),
        )
        for index, at in enumerate(at_s)
    ]


def test_a_steady_session_has_no_slope() -> None:
    found = judged(seen())

    assert abs(found["drift_ppm"]) < 0.01
    assert found["jitter_ms"] < 0.01
    assert found["host"]["mb_an_hour"] == pytest.approx(0.0, abs=1e-9)
    assert found["host"]["fewest_files"] == found["host"]["most_files"] == 20
    assert found["host"]["cpu_percent"] == pytest.approx(2.0)
    assert found["holder"]["cpu_percent"] == pytest.approx(0.5)


def test_a_leak_of_memory_is_found_in_its_process_alone() -> None:
    found = judged(seen(leak_mb_an_hour=3.0))

    assert found["host"]["mb_an_hour"] == pytest.approx(3.0)
    assert found["host"]["mb_a_day_of_session"] == pytest.approx(72.0)
    assert found["holder"]["mb_an_hour"] == pytest.approx(0.0, abs=1e-9)


def test_a_leak_of_files_and_a_drift_are_found() -> None:
    found = judged(seen(drift_ppm=50.0, new_files=1))

    assert found["host"]["most_files"] > found["host"]["fewest_files"]
    assert found["drift_ppm"] == pytest.approx(50.0, abs=0.01)
