"""The demo's step tells the truth of its sound, and leaves none behind."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from fakes.clock import FakeClock
from fakes.screens import click, themed
from fakes.session import status
from pytestqt.qtbot import QtBot

from soundscape.engine.sinks import Sink
from soundscape.folders import DataFolder
from ui.first_run.demo_step import DemoStep

USB = Sink("alsa_output.usb", "USB Headphones")


class Demo:
    """Stands for the session of the demo: made once it may be, seen off or not."""

    def __init__(self) -> None:
        self.may_be_made = Event()
        self.seen_off: list[object] = []

    def begin(self, *_given: object) -> "Demo":
        """Make it, as soon as it may be made."""
        self.may_be_made.wait()
        return self

    def see_off(self, _folder: DataFolder, keeper: object) -> None:
        """End it."""
        self.seen_off.append(keeper)


@pytest.fixture
def demo(monkeypatch: pytest.MonkeyPatch) -> Iterator[Demo]:
    made = Demo()
    monkeypatch.setattr("ui.first_run.demo.begin_demo", made.begin)
    monkeypatch.setattr("ui.first_run.demo.see_off", made.see_off)
    yield made
    made.may_be_made.set()


@pytest.fixture
def step(qtbot: QtBot, tmp_path: Path) -> Iterator[DemoStep]:
    themed()
    made = DemoStep(DataFolder(tmp_path), FakeClock())
    qtbot.addWidget(made)
    made.use(USB)
    made.show()
    made.enter()
    yield made
    made.leave()


def test_a_demo_that_is_left_while_it_plays_is_seen_off(
    qtbot: QtBot, step: DemoStep, demo: Demo
) -> None:
    demo.may_be_made.set()
    click(step.begin)
    qtbot.waitUntil(lambda: step.has_acted)
    step.follow(status())

    step.leave()

    qtbot.waitUntil(lambda: demo.seen_off == [demo])
    assert not step.stop.isVisible()


def test_a_demo_that_is_left_while_it_is_made_never_plays_unseen(
    qtbot: QtBot, step: DemoStep, demo: Demo
) -> None:
    click(step.begin)
    step.leave()

    demo.may_be_made.set()

    qtbot.waitUntil(lambda: demo.seen_off == [demo])
    qtbot.waitUntil(step.begin.isEnabled)
    assert not step.has_acted


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("ok", "It is heard in USB Headphones."),
        ("lost", "USB Headphones is not there. Plug it in; the sound waits."),
    ],
)
def test_where_the_demo_is_heard_is_said_as_it_is(step: DemoStep, state: str, words: str) -> None:
    step.follow(status(device={"name": USB.name, "state": state}))

    assert step.says.text() == words
