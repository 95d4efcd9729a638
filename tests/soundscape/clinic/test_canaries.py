"""Nothing that people type is anywhere on the disk in clear, whatever is done afterwards."""

import json
import sqlite3
import tempfile
import traceback
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest
from fakes.clinic import SESSION, Staffed, record_session
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from soundscape.__main__ import FAULT_LOG, say_fault
from soundscape.clinic.roles import CONSOLE, PATIENT, Role
from soundscape.clinic.upkeep import Kept
from soundscape.clinic.visits import FollowUp
from soundscape.errors import ClinicError

PIN = "918273645064"
FIELDS = (
    "name",
    "alias",
    "text",
    "phone",
    "reason",
    "values",
    "intention",
    "why",
    "nested",
    "left",
)


def canaries(words: Iterable[str]) -> dict[str, str]:
    """Return a text for each field that occurs nowhere else."""
    return {field: f"canary-{field}-{word}" for field, word in zip(FIELDS, words, strict=True)}


def live(staffed: Staffed, said: dict[str, str]) -> None:
    """Type a text into every field there is, and do all that copies, moves and deletes."""
    clinic, nurse = staffed.clinic, staffed.actors[Role.STAFF]
    person = clinic.people.add(CONSOLE, said["name"], Role.THERAPIST, PIN)
    visit = clinic.visits.begin(nurse, said["alias"], "iv", opening={"alias": said["alias"]})
    facts = {field: said[field] for field in ("text", "phone", "reason", "values", "intention")}
    clinic.visits.append(visit, "answer", {**facts, "more": [{"why": said["nested"]}]}, nurse)
    clinic.chairside.leave_intention(PATIENT, {"choice": "shared", "text": said["left"]})
    theo = clinic.people.sign_in(said["name"], PIN)
    clinic.visits.entries(visit, theo, reason=said["why"])
    clinic.visits.set_follow_up(FollowUp(visit, "a", "b", person.id), nurse)
    clinic.visits.link_session(visit, SESSION, nurse)
    for number in range(40):  # so that the log is copied into the file, and free pages come
        clinic.visits.append(visit, "note", {"text": f"{said['text']} {number}"}, nurse)
    clinic.upkeep.rotate_keys(CONSOLE)
    clinic.backups.rotate(CONSOLE)
    clinic.backups.drill(CONSOLE)
    clinic.upkeep.erase(CONSOLE, Kept.NOTES, visit)
    clinic.visits.close(visit, nurse)


def forms(text: str) -> list[bytes]:
    """Return how a text could stand in a file."""
    return [text.encode(), text.encode("utf-16-le"), json.dumps(text)[1:-1].encode()]


def leaks(root: Path, said: Iterable[str]) -> list[tuple[str, str]]:
    """Return which texts stand in which files below a folder."""
    return [
        (path.name, text)
        for path in root.rglob("*")
        if path.is_file()
        for text in said
        if any(form in path.read_bytes() for form in forms(text))
    ]


@settings(
    derandomize=True, max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=6, max_size=12),
        min_size=len(FIELDS),
        max_size=len(FIELDS),
    )
)
def test_no_text_is_found_in_any_file(
    template_of_acts: Staffed, tmp_path: Path, words: list[str]
) -> None:
    said = canaries(words)
    assume(
        said["name"].casefold() not in map(str.casefold, template_of_acts.clinic.people.names())
    )

    live(template_of_acts, said)

    assert leaks(tmp_path, [*said.values(), PIN]) == []


@pytest.fixture
def template_of_acts(staffed: Staffed) -> Staffed:
    record_session(staffed.folder, "a", "b")
    return staffed


def test_what_is_in_clear_would_be_found(tmp_path: Path) -> None:
    (tmp_path / "log").write_text(json.dumps({"text": "canary-Müller"}), encoding="ascii")

    assert leaks(tmp_path, ["canary-Müller"]) == [("log", "canary-Müller")]


def test_a_crash_tells_none_of_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    error = ClinicError("The note 'canary-note' was not kept.")

    say_fault(type(error), error, None)

    assert (tmp_path / FAULT_LOG).is_file()
    assert leaks(tmp_path, ["canary-note"]) == []


def test_a_database_error_tells_none_of_it(staffed: Staffed) -> None:
    nurse = staffed.actors[Role.STAFF]
    visit = staffed.clinic.visits.begin(nurse, "Blue", "iv")
    with closing(sqlite3.connect(staffed.folder.clinic)) as connection:
        connection.executescript(
            "CREATE TRIGGER full BEFORE INSERT ON visit_entry"
            " BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"
        )

    with pytest.raises(ClinicError, match="the disk is full") as failed:
        staffed.clinic.visits.append(visit, "note", {"text": "canary-note"}, nurse)

    told = "".join(traceback.format_exception(failed.value))
    assert "canary-note" not in told.replace('"text": "canary-note"', "")
    assert "parameters hidden" in told
