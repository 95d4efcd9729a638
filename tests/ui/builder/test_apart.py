"""What is called apart runs in one other process, and its end is no end of ours."""

import math
import os
import select
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from playlists.library.query import parse
from soundscape.errors import InvalidQueryError, SoundscapeError
from ui.builder.apart import Apart, answered


@pytest.fixture(scope="module")
def apart() -> Iterator[Apart]:
    made = Apart()
    yield made
    made.close()


def test_all_calls_are_done_in_one_other_process(apart: Apart) -> None:
    first, second = apart.call(os.getpid), apart.call(os.getpid)

    assert first == second != os.getpid()
    assert apart.call(math.hypot, 3.0, 4.0) == 5.0


def test_a_process_that_died_is_told_and_replaced(apart: Apart) -> None:
    with pytest.raises(SoundscapeError, match="try again"):
        apart.call(os._exit, 3)

    assert apart.call(math.sqrt, 4.0) == 2.0


def test_closing_ends_what_is_being_done() -> None:
    apart = Apart()
    died: list[str] = []

    def waits() -> None:
        with pytest.raises(SoundscapeError) as raised:
            apart.call(select.select, [], [], [])
        died.append(str(raised.value))

    apart.call(os.getpid)
    thread = threading.Thread(target=waits)
    thread.start()
    apart.close()
    thread.join(60.0)

    assert len(died) == 1
    with pytest.raises(SoundscapeError):
        apart.call(os.getpid)


def test_an_error_on_purpose_keeps_its_sentence() -> None:
    with pytest.raises(InvalidQueryError) as raised:
        parse("bpm:x")

    answer = answered(parse, ("bpm:x",))

    assert type(answer.error) is SoundscapeError
    assert str(answer.error) == str(raised.value)


def test_an_error_of_the_disk_keeps_its_file(apart: Apart, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as raised:
        apart.call(Path.read_text, tmp_path / "none")

    assert raised.value.filename == str(tmp_path / "none")


def test_a_fault_is_logged_without_what_it_says(
    caplog: pytest.LogCaptureFixture,
) -> None:
    answer = answered(int, ("a name",))

    assert isinstance(answer.error, RuntimeError)
    assert "ValueError" in caplog.text
    assert "a name" not in caplog.text
    caplog.clear()


def test_arguments_by_name_are_refused(apart: Apart) -> None:
    with pytest.raises(ValueError, match="by position"):
        apart.call(int, "11", base=2)
