"""Acts are done, undone, done again and restored, also by the next start of the program."""

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from fakes.clock import FakeClock
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playlists.documents import Documents
from playlists.history.history import History
from soundscape.errors import LibraryError

WHO = "K. T."


class Full(Documents):
    """A folder whose disk is full."""

    def put(self, name: str, document: dict[str, Any] | None) -> None:  # noqa: ARG002 - full
        """Keep nothing."""
        raise OSError(28, "No space left on device")


def opened(folder: Path, shelf: Documents | None = None) -> History:
    """Return the history of a folder, as a new start of the program has it."""
    shelves = {"preset": shelf or Documents(folder / "presets")}
    return History(folder / "history.sqlite", shelves, FakeClock())


def test_an_act_is_undone_and_done_again_by_another_start(tmp_path: Path) -> None:
    presets = Documents(tmp_path / "presets")
    opened(tmp_path).do(WHO, "Saved a", [("preset", "a", {"line": "one"})])
    opened(tmp_path).do(
        WHO, "Changed a and b", [("preset", "a", {"line": "two"}), ("preset", "b", {"line": "x"})]
    )

    undone = opened(tmp_path).undo()
    after_undo = [presets.get("a"), presets.get("b")]
    again = opened(tmp_path).redo()

    assert undone is not None
    assert (undone.what, undone.who) == ("Changed a and b", WHO)
    assert after_undo == [{"line": "one"}, None]
    assert again is not None
    assert again.number == undone.number
    assert [presets.get("a"), presets.get("b")] == [{"line": "two"}, {"line": "x"}]
    assert opened(tmp_path).redo() is None


def test_a_new_act_makes_what_was_undone_gone_for_good(tmp_path: Path) -> None:
    history = opened(tmp_path)
    history.do(WHO, "one", [("preset", "a", {"line": "one"})])
    history.undo()
    history.do(WHO, "two", [("preset", "a", {"line": "two"})])

    assert history.redo() is None
    assert [act.what for act in history.acts()] == ["two"]


def test_nothing_to_change_is_no_act(tmp_path: Path) -> None:
    history = opened(tmp_path)
    history.do(WHO, "one", [("preset", "a", {"line": "one"})])

    assert history.do(WHO, "again", [("preset", "a", {"line": "one"})]) is None
    assert len(history.acts()) == 1


def test_what_was_changed_elsewhere_since_is_never_written_over(tmp_path: Path) -> None:
    presets, history = Documents(tmp_path / "presets"), opened(tmp_path)
    history.do(WHO, "Saved", [("preset", "a", {"line": "x"}), ("preset", "b", {"line": "y"})])
    presets.put("b", {"line": "by hand"})

    with pytest.raises(LibraryError, match="preset b was changed since"):
        history.undo()

    assert [presets.get("a"), presets.get("b")] == [{"line": "x"}, {"line": "by hand"}]
    assert [act.undone for act in history.acts()] == [False]


def test_an_act_that_was_cut_off_before_its_changes_can_be_undone(tmp_path: Path) -> None:
    presets, full = Documents(tmp_path / "presets"), Full(tmp_path / "presets")
    with suppress(OSError):
        opened(tmp_path, full).do(WHO, "Saved", [("preset", "a", {"line": "x"})])

    undone = opened(tmp_path).undo()
    nothing_there = presets.get("a")
    opened(tmp_path).redo()

    assert undone is not None
    assert nothing_there is None
    assert presets.get("a") == {"line": "x"}


def test_every_version_tells_who_and_when_and_can_be_restored(tmp_path: Path) -> None:
    presets, history = Documents(tmp_path / "presets"), opened(tmp_path)
    for who, line in (("Ann", "one"), ("Ben", "two"), ("Cleo", "three")):
        history.do(who, f"Said {line}", [("preset", "a", {"line": line})])
    first, *_ = history.versions("preset", "a")

    history.restore("Dana", "preset", "a", first.number)

    versions = history.versions("preset", "a")
    assert [version.who for version in versions] == ["Ann", "Ben", "Cleo", "Dana"]
    assert all(version.wall_time for version in versions)
    assert presets.get("a") == {"line": "one"}
    with pytest.raises(LibraryError, match="there are 1, 2, 3, 4"):
        history.restore("Dana", "preset", "a", 99)


@settings(
    derandomize=True,
    deadline=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 3)), min_size=1, max_size=6))
def test_undoing_all_and_doing_all_again_leads_back(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    presets, history = Documents(folder / "presets"), opened(folder)
    seen = [(None, None)]
    for name, number in steps:
        value = {"line": str(number)} if number else None
        if history.do(WHO, "step", [("preset", name, value)]):
            seen.append((presets.get("a"), presets.get("b")))  # type: ignore[arg-type]

    back = [(presets.get("a"), presets.get("b"))]
    while history.undo():
        back.append((presets.get("a"), presets.get("b")))
    while history.redo():
        pass

    assert back == seen[::-1]
    assert (presets.get("a"), presets.get("b")) == seen[-1]
