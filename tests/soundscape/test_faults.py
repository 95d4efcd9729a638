"""What a log says of a fault: its kind and its place, and nothing that anybody typed."""

import pytest

from soundscape.errors import ClinicError
from soundscape.faults import described

CANARY = "canary Müller 0151"


def fill_the_disk() -> None:
    """Raise as the system does, with the name of what it could not write."""
    raise OSError(28, f"no room for {CANARY}", f"/data/{CANARY}")


def fail() -> None:
    """Raise as a program does that quotes what was typed."""
    try:
        fill_the_disk()
    except OSError as error:
        raise ClinicError(f"The note '{CANARY}' was not kept.") from error


def test_kinds_numbers_and_places_are_told_and_no_words() -> None:
    with pytest.raises(ClinicError) as failed:
        fail()

    said = described(failed.value)
    assert CANARY not in said
    assert [line.split()[0] for line in said.splitlines() if not line.startswith(" ")] == [
        "builtins.OSError",
        "soundscape.errors.ClinicError",
    ]
    assert "builtins.OSError 28" in said
    assert "test_faults.py:" in said
    assert said.rstrip().endswith("fail")


def test_an_error_that_is_its_own_cause_is_told_once() -> None:
    first, second = ValueError(), TypeError()
    first.__cause__, second.__cause__ = second, first

    assert described(first).count("ValueError") == 1
