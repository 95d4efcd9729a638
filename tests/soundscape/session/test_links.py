"""A record's links: whatever was changed, moved or taken out is found at its first place."""

from typing import Any

import pytest

from soundscape.session.links import FIRST, first_unlinked, linked

ROWS = [(n, n * 100, f"2026-01-01T00:00:0{n}", "note", f'{{"n": {n}}}') for n in range(1, 6)]
LINKED = list(linked(FIRST, ROWS))


def test_a_record_as_it_was_written_holds() -> None:
    assert first_unlinked(LINKED) is None
    assert first_unlinked([]) is None
    assert len({row[-1] for row in LINKED}) == len(ROWS)


def test_it_does_not_matter_in_how_many_parts_it_was_written() -> None:
    first = list(linked(FIRST, ROWS[:2]))

    assert [*first, *linked(first[-1][-1], ROWS[2:])] == LINKED


@pytest.mark.parametrize("at", range(5))
@pytest.mark.parametrize(
    ("column", "value"), [(0, 9), (1, 7), (2, ""), (3, "stop"), (4, "{}"), (5, "f" * 64)]
)
def test_a_changed_field_is_found_at_its_entry(at: int, column: int, value: object) -> None:
    changed: list[tuple[Any, ...]] = list(LINKED)
    changed[at] = (*changed[at][:column], value, *changed[at][column + 1 :])

    assert first_unlinked(changed) == at + 1


@pytest.mark.parametrize("at", range(4))
def test_an_entry_taken_out_or_moved_is_found_at_its_place(at: int) -> None:
    out = [row for place, row in enumerate(LINKED) if place != at]
    moved = [*LINKED[:at], LINKED[at + 1], LINKED[at], *LINKED[at + 2 :]]

    assert first_unlinked(out) == at + 1
    assert first_unlinked(moved) == at + 1


def test_text_that_no_file_can_hold_is_linked_too() -> None:
    (row,) = linked(FIRST, [(1, 0, "", "note", "\ud800")])

    assert first_unlinked([row]) is None
