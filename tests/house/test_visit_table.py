"""The table of the founding text names tests that exist, and every row has one."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TABLE = (ROOT / "docs" / "visit.md").read_text("utf-8")
ROWS = [line for line in TABLE.splitlines() if re.match(r"\| (?:U?\d)", line)]


def written_tests() -> set[str]:
    return {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text("utf-8"), re.MULTILINE)
    }


def test_every_statement_has_a_row_and_every_row_a_test_that_exists() -> None:
    named = [set(re.findall(r"`(test_\w+)`", row)) for row in ROWS]
    numbers = [row.split("|")[1].strip() for row in ROWS]
    statements = {*map(str, range(1, 35)), *(f"U{n}" for n in range(1, 7))}

    assert all(named)
    assert set().union(*named) <= written_tests()
    spans = {"17-18": {"17", "18"}, "29-30": {"29", "30"}}
    assert set().union(*(spans.get(number, {number}) for number in numbers)) == statements


def test_every_test_of_a_row_is_in_the_table() -> None:
    named = set(re.findall(r"`(test_\w+)`", TABLE))

    assert {name for name in written_tests() if re.match(r"test_(?:row|card)_\d", name)} <= named
