"""The desk answers a change of the session once, and keeps out of its way."""

from pathlib import Path
from typing import Any

import pytest
from fakes.session import FakeBridge, status
from pytestqt.qtbot import QtBot

from soundscape.errors import SessionError
from soundscape.folders import DataFolder
from soundscape.units import Seconds
from ui.desk.onward import Facts, Onward

ORDER: dict[str, object] = {"cues": [{"phase": 3, "track": "a"}]}


class FakePlanner:
    """Answers with one order, or fails, and remembers what it was asked."""

    def __init__(self, order: Facts | None = ORDER) -> None:
        self.order = order
        self.fails = False
        self.asked: list[tuple[str, float]] = []

    def answer(self, session: str, at: Seconds) -> Facts | None:
        """Return the order."""
        self.asked.append((session, at))
        if self.fails:
            raise SessionError("There is no such session.")
        return self.order


def changed(at_s: float | None, **changes: object) -> dict[str, Any]:
    """Return the status of a session in which something was changed at a moment."""
    return status(changed_at_s=at_s, can=["hold", "reorder"], **changes)


@pytest.fixture
def bridge() -> FakeBridge:
    """Return a link that has been started."""
    made = FakeBridge()
    made.start()
    return made


def test_a_change_is_answered_once(qtbot: QtBot, bridge: FakeBridge, tmp_path: Path) -> None:
    planner = FakePlanner()
    onward = Onward(DataFolder(tmp_path), bridge, planner)

    for _ in range(3):
        bridge.status_changed.emit(changed(1700.0))
    qtbot.waitUntil(lambda: bool(bridge.sent))
    bridge.status_changed.emit(changed(1700.0))

    assert bridge.sent == [("reorder", ORDER)]
    assert planner.asked == [("20260101-0900", 1970.0)]
    assert not onward.is_busy


def test_where_what_is_laid_may_stay_nothing_is_sent(
    qtbot: QtBot, bridge: FakeBridge, tmp_path: Path
) -> None:
    planner = FakePlanner(None)
    onward = Onward(DataFolder(tmp_path), bridge, planner)

    bridge.status_changed.emit(changed(1700.0))
    qtbot.waitUntil(lambda: not onward.is_busy)

    assert planner.asked
    assert bridge.sent == []


def test_an_answer_to_what_is_over_is_not_sent(
    qtbot: QtBot, bridge: FakeBridge, tmp_path: Path
) -> None:
    planner = FakePlanner()
    onward = Onward(DataFolder(tmp_path), bridge, planner)

    onward.heed(changed(1700.0))
    onward.heed(changed(1701.0))
    qtbot.waitUntil(lambda: not onward.is_busy)
    assert bridge.sent == []
    onward.heed(changed(1701.0))
    qtbot.waitUntil(lambda: bool(bridge.sent))

    assert len(planner.asked) == 2


def test_a_planner_that_fails_is_not_asked_again(
    qtbot: QtBot, bridge: FakeBridge, tmp_path: Path
) -> None:
    planner = FakePlanner()
    planner.fails = True
    onward = Onward(DataFolder(tmp_path), bridge, planner)

    onward.heed(changed(1700.0))
    qtbot.waitUntil(lambda: not onward.is_busy)
    onward.heed(changed(1700.0))

    assert len(planner.asked) == 1
    assert bridge.sent == []


@pytest.mark.parametrize("quiet", [changed(None), changed(1700.0) | {"can": ["stop"]}, status()])
def test_nothing_is_asked_where_nothing_can_be_answered(
    bridge: FakeBridge, tmp_path: Path, quiet: dict[str, Any]
) -> None:
    planner = FakePlanner()
    onward = Onward(DataFolder(tmp_path), bridge, planner)

    onward.heed(quiet)

    assert not onward.is_busy
    assert planner.asked == []
