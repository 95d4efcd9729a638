"""Tests that few others may run beside lie where ``make test`` looks for them."""

from pathlib import Path

TESTS = Path(__file__).parents[1]
MARKS = ("mark.paired", "mark.alone")


def test_what_few_may_run_beside_is_among_the_whole_sessions() -> None:
    marked = [
        path
        for path in TESTS.rglob("test_*.py")
        if path != Path(__file__) and any(mark in path.read_text("utf-8") for mark in MARKS)
    ]

    assert marked
    assert {path.parent for path in marked} == {TESTS / "system"}
