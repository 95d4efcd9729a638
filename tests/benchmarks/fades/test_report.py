"""The page says what was measured, and what was not."""

from dataclasses import asdict, fields
from typing import Any

from benchmarks.fades.measures import Measured
from benchmarks.fades.ours import Ours
from benchmarks.fades.processes import Use
from benchmarks.fades.report import page


def row(player: str, equal_level_ms: float) -> dict[str, Any]:
    found = dict.fromkeys((field.name for field in fields(Measured)), 0.0)
    return {
        "player": player,
        "load": "No core kept busy",
        "machine_load": 0.5,
        **found,
        "equal_level_ms": equal_level_ms,
        "cpu_percent": None,
        "memory_mb": None,
    }


def figures() -> dict[str, Any]:
    ours = Ours(0.0, 3e-8, Use(1.5, 90.0), Use(0.5, 50.0), 0.9, 0.6, 0.2)
    return {
        "machine": "2 cores",
        "runs": [row("one", 1.0), row("one", 2.0), row("one", 30.0), row("other", -4.0)],
        "ours": [{"load": "No core kept busy", "desk_start_s": 0.4, **asdict(ours)}],
    }


def test_each_player_has_a_column_with_the_median_of_its_rounds() -> None:
    written = page(figures())

    assert "| | one | other |" in written
    assert "| equal level, ms | +2.00 (+1.00, +30.00) | -4.00 |" in written
    assert "| CPU, % | - | - |" in written


def test_targets_stand_beside_what_was_reached() -> None:
    written = page(figures())

    assert "| host, % of a core, no core kept busy | 5 | 1.5 |" in written
    assert "| command to first sound, s, no core kept busy | 0.5 | 0.90 |" in written


def test_a_long_run_is_told_only_if_it_was_made() -> None:
    use = {"cpu_percent": 1.0, "memory_mb": 80.0}
    counts = {"minutes": 30, "fades": 10, "cores": 2, "gaps": 7, "underruns": 0, "frames": 1}
    measures = {"gaps_ms": 99.0, "machine_load": 2.0, "differing": 0, "bed_s": 0.0}
    long_run = {**counts, **measures, "host": use, "holder": use}

    assert "was not made" in page(figures())
    assert "7 gaps" in page({**figures(), "long": long_run})
