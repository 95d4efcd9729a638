"""The demo of the first steps is a real session, on data of its own that is gone afterwards."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from soundscape.clock import MachineClock
from soundscape.engine.endpoints import NULL_DEVICE
from soundscape.errors import SessionError
from soundscape.folders import DataFolder
from soundscape.session.client import SessionClient, running_session
from ui.first_run.demo import begin_demo, demo_folder, see_off

pytestmark = pytest.mark.slow
PATIENCE_S = 60.0


@pytest.fixture
def folder(short_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DataFolder]:
    """Yield a new chair, and stop what still sounds on it."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(short_path))
    made = DataFolder(short_path / "chair")
    yield made
    if running_session(demo_folder(made)):
        with closing(SessionClient(demo_folder(made).runtime, "desk")) as client:
            client.stop_at_once()


def test_the_demo_plays_five_phases_in_two_minutes_and_leaves_nothing(
    folder: DataFolder,
) -> None:
    keeper = begin_demo(folder, NULL_DEVICE, "Demo", MachineClock())
    own = demo_folder(folder)
    with closing(SessionClient(own.runtime, "desk")) as client:
        status = client.status()
    see_off(folder, keeper)

    assert (status["title"], status["device"]["name"]) == ("Demo", NULL_DEVICE)
    assert [phase["name"] for phase in status["expected"]] == [
        "settle", "rise", "deepen", "return", "ground",
    ]  # fmt: skip
    assert status["expected"][-1]["end_s"] == pytest.approx(120.0, abs=2.0)
    assert list(folder.root.iterdir()) == []


def test_a_chair_with_a_session_plays_no_demo(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "ui.first_run.demo.running_session", lambda _folder: "20260101t000000-ab12"
    )

    with pytest.raises(SessionError, match="end it before the demo"):
        begin_demo(folder, NULL_DEVICE, "Demo", MachineClock())
    assert not demo_folder(folder).root.exists()
