"""Keys: where they lie, who may read them, and the sheet that brings them back."""

import stat
import sys
from pathlib import Path

import pytest

from soundscape.clinic.keys import (
    Key,
    Keyring,
    Purpose,
    keys_in,
    new_key,
    read_keyring,
    recover,
    recovery_sheet,
    write_keyring,
)
from soundscape.clinic.keys import (
    key_file as place_of_keys,
)
from soundscape.errors import ClinicError

RING = Keyring((new_key(), new_key()))


def test_what_is_written_is_read_and_only_its_owner_can(key_file: Path) -> None:
    write_keyring(key_file, RING)

    assert read_keyring(key_file) == RING
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_a_key_that_others_may_read_is_refused(key_file: Path) -> None:
    write_keyring(key_file, RING)
    key_file.chmod(0o640)

    with pytest.raises(ClinicError, match="chmod 600"):
        read_keyring(key_file)


def test_no_file_holds_no_keys_and_an_empty_one_is_refused(key_file: Path) -> None:
    assert read_keyring(key_file) is None

    key_file.touch(0o600)
    with pytest.raises(ClinicError, match="no key"):
        read_keyring(key_file)


def test_a_credential_of_the_system_goes_before_all_and_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed = tmp_path / "soundscape.key"
    write_keyring(handed, RING)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))

    assert place_of_keys() == handed
    with pytest.raises(ClinicError, match="credential"):
        write_keyring(handed, RING.extended())


def test_a_sheet_brings_the_keys_back_whatever_else_is_on_it() -> None:
    sheet = recovery_sheet(RING, "today")

    assert keys_in(sheet) == RING.keys
    assert keys_in(sheet.lower()) == RING.keys


def test_a_mistyped_letter_is_said_with_the_keys_number() -> None:
    line = RING.keys[0].line()
    wrong = line[:-1] + ("A" if line[-1] != "A" else "B")

    with pytest.raises(ClinicError, match=RING.keys[0].id):
        keys_in(wrong)


def test_keys_taken_up_open_and_those_that_were_here_go_on_sealing(key_file: Path) -> None:
    here = Keyring((new_key(),))
    write_keyring(key_file, here)

    recover(recovery_sheet(RING, "today"))

    found = read_keyring(key_file)
    assert found is not None
    assert found.current == here.current
    assert [found.key(key.id) for key in RING.keys] == list(RING.keys)


def test_where_no_key_is_the_sheets_are_used(key_file: Path) -> None:
    recover(recovery_sheet(RING, "today"))

    assert read_keyring(key_file) == RING


def test_a_page_without_a_key_is_refused(key_file: Path) -> None:
    with pytest.raises(ClinicError, match="no key"):
        recover("a letter to somebody")
    assert not key_file.exists()


def test_each_purpose_has_a_key_of_its_own() -> None:
    key = Key("0123abcd", bytes(32))

    derived = {key.derived(purpose) for purpose in Purpose} | {key.derived(Purpose.BACKUP, b"s")}

    assert len(derived) == len(Purpose) + 1
    assert key.secret not in derived
