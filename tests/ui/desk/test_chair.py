"""The chair tells how it stands, and refuses with what is missing."""

import json
from pathlib import Path

import pytest
from fakes.clinic import SESSION, record_session, staff_a_clinic
from fakes.clock import FakeClock

from playlists.library.repository import Library
from soundscape.clinic.roles import CONSOLE
from soundscape.clinic.service import Clinic
from soundscape.engine.sinks import Sink
from soundscape.errors import LibraryError
from soundscape.folders import DataFolder
from soundscape.units import Seconds
from ui.desk.chair import MOST_REASONS, Chair
from ui.desk.wishes import Wish
from ui.sentences import check_text

USB = Sink("alsa_output.usb", "USB Headphones")


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "not made yet" / "chair")


@pytest.fixture
def chair(folder: DataFolder) -> Chair:
    return Chair(folder, FakeClock())


def test_a_new_chair_has_no_music_and_makes_nothing_by_being_asked(
    chair: Chair, folder: DataFolder
) -> None:
    state = chair.state()

    assert (state.tracks, state.choice) == (0, "")
    assert state.free_gb > 0.0
    assert not folder.root.exists()


@pytest.mark.parametrize(
    ("said", "choice"),
    [
        ('{"preset": "ember", "wall_time": "2026-01-01T00:00:00Z"}', "ember"),
        ('{"preset": "", "wall_time": "2026-01-01T00:00:00Z"}', ""),
        ('{"preset": "no such thing"}', ""),
        ('{"preset": 7}', ""),
        ("[]", ""),
        ("{", ""),
    ],
)
def test_the_patients_choice_is_read_and_nothing_else_is_believed(
    chair: Chair, folder: DataFolder, said: str, choice: str
) -> None:
    folder.root.mkdir(parents=True)
    (folder.root / "choice.json").write_text(said, "utf-8")

    assert chair.state().choice == choice


@pytest.mark.parametrize(
    ("session", "choice"), [("20260101t000000-ab12", "ember"), ("20260101t000500-ab12", "")]
)
def test_a_choice_is_no_more_the_patients_once_a_session_has_begun(
    chair: Chair, folder: DataFolder, session: str, choice: str
) -> None:
    (folder.sessions / session).mkdir(parents=True)
    said = {"preset": "ember", "wall_time": "2026-01-01T00:04:00.250+00:00"}
    (folder.root / "choice.json").write_text(json.dumps(said), "utf-8")

    assert chair.state().choice == choice


@pytest.mark.parametrize("intention", ["shared", "private", ""])
def test_whether_the_patient_would_share_an_intention_is_read_with_it(
    chair: Chair, folder: DataFolder, intention: str
) -> None:
    folder.root.mkdir(parents=True)
    said = {"preset": "ember", "intention": intention}
    (folder.root / "choice.json").write_text(json.dumps(said), "utf-8")

    assert chair.state().intention == intention


def test_a_damaged_library_hides_nothing_else_of_the_chair(
    chair: Chair, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.root.mkdir(parents=True)
    folder.library.write_bytes(b"not a database" * 100)
    monkeypatch.setattr("ui.desk.chair.list_sinks", lambda: (USB,))

    state = chair.state()

    assert (state.tracks, state.sinks) == (0, (USB,))
    assert "is damaged; restore a backup" in check_text(state.checks[0])


def test_a_library_that_cannot_fill_a_plan_is_refused_with_what_is_missing(
    chair: Chair, folder: DataFolder
) -> None:
    folder.root.mkdir(parents=True)
    with Library.open(folder.library):
        pass
    reports: list[object] = []

    with pytest.raises(LibraryError) as refusal:
        chair.begin(Wish("iv", "ember", Seconds(2400.0), USB), reports.append)

    assert "library is empty" in str(refusal.value)
    assert str(refusal.value).count(". ") <= MOST_REASONS + 1
    assert reports == ["Choosing the music"]
    assert not folder.plans.exists()


def test_the_choice_of_headphones_is_remembered(chair: Chair) -> None:
    assert chair.state().headphones is None

    chair.remember(USB)
    assert chair.state().headphones == USB


def test_records_whose_key_is_gone_are_told_before_a_session(
    chair: Chair, folder: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOUNDSCAPE_KEY_FILE", str(tmp_path / "soundscape.key"))
    folder.root.mkdir(parents=True)
    Clinic.open(folder, FakeClock()).close()
    (tmp_path / "soundscape.key").unlink()

    faults = {check.name: check.detail for check in chair.state().checks if not check.ok}

    assert "keys recover" in faults["key"]
    assert not chair.state().staffed


def test_a_clinic_with_people_is_staffed(chair: Chair, folder: DataFolder) -> None:
    assert not chair.state().staffed

    staff_a_clinic(folder.root)
    assert chair.state().staffed


def test_the_end_of_a_record_is_kept_in_the_audit(chair: Chair, folder: DataFolder) -> None:
    record_session(folder, "a", "b")

    chair.anchor(SESSION)

    with Clinic.open(folder, FakeClock()) as clinic:
        anchored = [line.object for line in clinic.audit.entries(CONSOLE)]
    assert SESSION in anchored
