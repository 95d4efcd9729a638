"""Whole sessions: real processes, a private sound server, and nothing left behind."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from rig.chair import Chair, chair_with
from rig.virtual_card import Recording, VirtualCard


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


@pytest.fixture
def chair(tmp_path: Path, card: VirtualCard) -> Iterator[Chair]:
    """Yield a chair with a sound card; a session of tones takes two minutes there."""
    chair = chair_with(tmp_path, card.environment, 20.0)
    yield chair
    chair.end()


@pytest.fixture
def deaf_chair(tmp_path: Path, short_path: Path) -> Iterator[Chair]:
    """Yield a chair without a sound card."""
    (short_path / "run").mkdir(mode=0o700)
    environment = {**os.environ, "XDG_RUNTIME_DIR": str(short_path / "run")}
    chair = chair_with(tmp_path, environment, 60.0)
    yield chair
    chair.end()


@pytest.fixture
def headphones(card: VirtualCard) -> Iterator[Recording]:
    """Yield what the patient hears."""
    with card.recorded("headphones") as recording:
        yield recording
