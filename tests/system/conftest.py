"""Whole sessions: real processes, a private sound server, and nothing left behind."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from rig.chair import Chair, chair_like, made_plan
from rig.scene import Scene, heard_session
from rig.virtual_card import Recording, VirtualCard

from soundscape.clock import MachineClock
from soundscape.folders import DataFolder
from soundscape.session.client import SessionClient, arm_free_chair, launch
from soundscape.session.files import Terms


@pytest.fixture
def short_path() -> Iterator[Path]:
    """Yield an empty folder with a short name, as sockets need."""
    with tempfile.TemporaryDirectory(prefix="ss-") as name:
        yield Path(name)


@pytest.fixture
def card(short_path: Path) -> Iterator[VirtualCard]:
    """Yield a private sound server."""
    with VirtualCard(short_path) as card:
        yield card


@pytest.fixture(scope="session")
def short_tones(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """Return a plan whose session takes two minutes."""
    return made_plan(tmp_path_factory.mktemp("short"), 20.0)


@pytest.fixture(scope="session")
def long_tones(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """Return a plan whose session takes six minutes."""
    return made_plan(tmp_path_factory.mktemp("long"), 60.0)


@pytest.fixture
def chair(short_tones: DataFolder, tmp_path: Path, card: VirtualCard) -> Iterator[Chair]:
    """Yield a chair with a sound card."""
    chair = chair_like(short_tones, tmp_path, card.environment)
    yield chair
    chair.end()


@pytest.fixture
def long_chair(long_tones: DataFolder, tmp_path: Path, card: VirtualCard) -> Iterator[Chair]:
    """Yield a chair with a sound card, whose first piece sounds unmixed for some time."""
    chair = chair_like(long_tones, tmp_path, card.environment)
    yield chair
    chair.end()


@pytest.fixture
def scene(long_chair: Chair, card: VirtualCard) -> Iterator[Scene]:
    """Yield a session that is being heard."""
    with heard_session(long_chair, card) as scene:
        yield scene


@pytest.fixture
def deaf_chair(long_tones: DataFolder, tmp_path: Path, short_path: Path) -> Iterator[Chair]:
    """Yield a chair without a sound card."""
    (short_path / "run").mkdir(mode=0o700)
    environment = {**os.environ, "XDG_RUNTIME_DIR": str(short_path / "run")}
    chair = chair_like(long_tones, tmp_path, environment)
    yield chair
    chair.end()


@pytest.fixture
def session(deaf_chair: Chair, monkeypatch: pytest.MonkeyPatch) -> Iterator[SessionClient]:
    """Yield a line to a session that has been going on for some seconds."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", deaf_chair.environment["XDG_RUNTIME_DIR"])
    folder, clock = DataFolder(deaf_chair.folder.root), MachineClock()
    terms = Terms(device="null", scale=1.0, attended=True)
    keeper = launch(folder, arm_free_chair(folder, deaf_chair.plan_file, (), terms, clock), clock)
    with contextlib.closing(SessionClient(folder.runtime, "test")) as client:
        deaf_chair.until(lambda: client.status()["t_s"] > 3.0)
        yield client
    deaf_chair.end()
    keeper.wait(10)


@pytest.fixture
def headphones(card: VirtualCard) -> Iterator[Recording]:
    """Yield what the patient hears."""
    with card.recorded("headphones") as recording:
        yield recording
