"""A dose that was touched late is corrected on the desk: session, desk and record agree."""

import contextlib
from collections.abc import Iterator
from datetime import timedelta

import pytest
from fakes.screens import click, themed
from PyQt6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from rig.chair import Chair

from soundscape.clock import MachineClock
from soundscape.folders import DataFolder
from soundscape.session.client import SessionClient, arm_free_chair, launch
from soundscape.session.files import Terms, read_armed
from soundscape.session.journal import read_journal
from soundscape.session.phases import Anchor
from soundscape.units import frames_in
from soundscape.visit.moments import anchors_of, moment_of
from ui.desk.window import DeskWindow

pytestmark = pytest.mark.slow
SCALE = 10.0
LATE_S = 75.0
"""The dose was planned at 60 s; staff touch it after that."""
PATIENCE_MS = 30_000
A_MOMENT = timedelta(milliseconds=2)
"""A status says moments in whole milliseconds."""


@pytest.fixture
def session(deaf_chair: Chair, monkeypatch: pytest.MonkeyPatch) -> Iterator[SessionClient]:
    """Yield a line to a session whose time flies."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", deaf_chair.environment["XDG_RUNTIME_DIR"])
    folder, clock = DataFolder(deaf_chair.folder.root), MachineClock()
    terms = Terms(device="null", scale=SCALE, attended=True)
    keeper = launch(folder, arm_free_chair(folder, deaf_chair.plan_file, (), terms, clock), clock)
    with contextlib.closing(SessionClient(folder.runtime, "test")) as client:
        deaf_chair.until(lambda: client.status()["t_s"] > LATE_S)
        yield client
    deaf_chair.end()
    keeper.wait(10)


def button(desk: DeskWindow, text: str) -> QPushButton:
    """Return the button of the live panel that says something."""
    return next(each for each in desk.live.findChildren(QPushButton) if each.text() == text)


def test_a_dose_that_was_touched_late_is_corrected_by_a_touch(
    qtbot: QtBot, deaf_chair: Chair, session: SessionClient
) -> None:
    themed()
    folder = DataFolder(deaf_chair.folder.root)
    desk = DeskWindow(folder)
    qtbot.addWidget(desk)
    desk.show()
    qtbot.waitUntil(
        lambda: desk.is_live and bool(desk.start.facts.music.text()), timeout=PATIENCE_MS
    )
    correction = desk.live.correction
    click(button(desk, "Dose started"))
    qtbot.waitUntil(correction.isVisible, timeout=PATIENCE_MS)
    touched_s = session.status()["anchors"]["dose_start"]
    before = [span for span in session.status()["phases"] if span["start_s"] <= touched_s]

    click(correction.earlier)
    qtbot.waitUntil(
        lambda: session.status()["anchors"]["dose_start"] != touched_s, timeout=PATIENCE_MS
    )

    found = session.status()
    assert found["anchors"]["dose_start"] == pytest.approx(touched_s - 60.0)
    assert [span["start_s"] for span in found["phases"]][: len(before)] == [
        span["start_s"] for span in before
    ]
    qtbot.waitUntil(
        lambda: desk.live.events.lines[0][1].text() == "Dose started: 1\u00a0min earlier",
        timeout=PATIENCE_MS,
    )
    armed = read_armed(folder, str(found["session"]))
    entries = read_journal(armed.folder)
    told = [(e.event, dict(e.facts)) for e in entries if e.event in {"dose_start", "correct"}]
    assert told == [
        ("dose_start", {}),
        ("correct", {"anchor": "dose_start", "ago_min": 1.0}),
    ]
    said = moment_of(entries, frames_in(touched_s - 60.0))
    assert abs(anchors_of(armed, entries)[Anchor.DOSE_START] - said) < A_MOMENT
    desk.close()
