"""A file that somebody named appears whole or not at all, and nothing but a file gives way."""

import os
import re
import stat
from pathlib import Path

import pytest

from soundscape import output
from soundscape.errors import OutputError
from soundscape.output import arriving


def half_written(file: Path) -> None:
    with arriving(file) as whole:
        whole.write_text("half")
        _ = 1 / 0


def test_a_file_appears_whole_in_a_folder_that_is_made(tmp_path: Path) -> None:
    file = tmp_path / "new" / "plan.json"

    with arriving(file) as whole:
        whole.write_text("first")
        seen_before = file.exists()

    assert not seen_before
    assert file.read_text() == "first"
    assert list(file.parent.iterdir()) == [file]


def test_what_was_written_is_on_the_disk_before_it_takes_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, settled = tmp_path / "plan.json", list[tuple[str, bool]]()
    monkeypatch.setattr(
        output, "settle", lambda it: settled.append((it.read_text(), file.exists()))
    )

    with arriving(file) as whole:
        whole.write_text("first")

    assert settled == [("first", False)]
    assert file.read_text() == "first"


def test_what_fails_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_text("old")

    with pytest.raises(ZeroDivisionError):
        half_written(file)

    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_pipe_does_not_give_way(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    with pytest.raises(OutputError, match="is not an ordinary file; choose another name"):
        arriving(pipe).__enter__()

    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_folder_does_not_give_way(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="is a folder; name a file in it"):
        arriving(tmp_path).__enter__()


def test_a_name_longer_than_a_disk_takes_is_refused_in_its_own_words(tmp_path: Path) -> None:
    file = tmp_path / ("x" * 300)

    with pytest.raises(OSError, match="File name too long"):
        half_written(file)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "file", ["/proc/self/plan.json", "/proc/self/new/folder/plan.json", "/proc/version/plan.json"]
)
def test_a_place_that_takes_no_file_is_said_by_the_name_that_was_asked_for(file: str) -> None:
    with pytest.raises(OutputError, match=rf"^{re.escape(file)} cannot be written: "):
        half_written(Path(file))


def test_a_link_gives_way_and_what_it_points_to_stays(tmp_path: Path) -> None:
    old, link = tmp_path / "old.json", tmp_path / "link.json"
    old.write_text("old")
    link.symlink_to(old)

    with arriving(link) as whole:
        whole.write_text("new")

    assert (old.read_text(), link.read_text(), link.is_symlink()) == ("old", "new", False)
