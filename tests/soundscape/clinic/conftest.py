"""A clinic of its own for each test, with a key of its own: a copy of one that is made once."""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from fakes.clinic import Staffed, staff_a_clinic
from fakes.clock import FakeClock

from soundscape.clinic.roles import Actor, Role
from soundscape.clinic.service import Clinic
from soundscape.folders import DataFolder


@dataclass(frozen=True, slots=True)
class Template:
    """A clinic to copy."""

    root: Path
    key_file: Path
    actors: Mapping[Role, Actor]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    home = tmp_path_factory.mktemp("clinic")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOUNDSCAPE_KEY_FILE", str(home / "soundscape.key"))
        return Template(home / "data", home / "soundscape.key", staff_a_clinic(home / "data"))


@pytest.fixture(autouse=True)
def key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "keys" / "soundscape.key"
    path.parent.mkdir()
    monkeypatch.setenv("SOUNDSCAPE_KEY_FILE", str(path))
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)
    return path


@pytest.fixture
def staffed(template: Template, tmp_path: Path, key_file: Path) -> Iterator[Staffed]:
    shutil.copytree(template.root, tmp_path / "data")
    shutil.copy(template.key_file, key_file)
    folder, clock = DataFolder(tmp_path / "data"), FakeClock(1000.0)
    with Clinic.open(folder, clock, boot="first") as clinic:
        yield Staffed(clinic, folder, clock, template.actors)
