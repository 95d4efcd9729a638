"""The audit: whatever is changed, put in, moved, taken out or cut off is found, and named."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from fakes.clinic import Staffed

from soundscape.clinic.chain import EMPTY, AuditEntry, Head, Signer, Verdict, verified
from soundscape.clinic.keys import Keyring, new_key
from soundscape.clinic.roles import CONSOLE, Role
from soundscape.errors import ClinicError

COUNT = 9
RING = Keyring((new_key(),))
SIGNER = Signer(RING)
CHANGES: dict[str, Any] = {
    "seq": 77, "utc": "1999-01-01T00:00:00.000+00:00", "mono_s": 0.5, "actor": "somebody",
    "role": "admin", "action": "nothing", "object": "else", "detail": {"n": -1},
    "key": "00000000", "prev": "f" * 64, "mac": "e" * 64,
}  # fmt: skip
CUT_OFF = "DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)"
STAYS = ("DROP TRIGGER audit_stays", "DROP TRIGGER audit_is_kept")


def chain_of(count: int, signer: Signer = SIGNER) -> list[AuditEntry]:
    """Return a chain of entries."""
    entries: list[AuditEntry] = []
    last = EMPTY
    for n in range(1, count + 1):
        entry = AuditEntry(
            n, f"2026-01-01T00:00:{n:02}.000+00:00", n / 3, "ab", "staff", "x", "y", {"n": n}
        )
        entries.append(signer.sign(entry, last))
        last = Head(n, entries[-1].mac)
    return entries


def look(entries: Sequence[AuditEntry], *known: Head) -> Verdict:
    return verified(entries, SIGNER, known=known)


def test_a_chain_as_it_was_written_is_whole() -> None:
    entries = chain_of(COUNT)

    assert look(entries, Head(COUNT, entries[-1].mac)) == Verdict(COUNT)
    assert look([]) == Verdict(0)


def test_every_field_is_changed_in_the_test_below() -> None:
    assert set(CHANGES) == {field.name for field in fields(AuditEntry)}


@pytest.mark.parametrize("at", range(1, COUNT + 1))
@pytest.mark.parametrize("field", list(CHANGES))
def test_a_changed_field_is_found_and_its_entry_named(field: str, at: int) -> None:
    entries = chain_of(COUNT)
    entries[at - 1] = replace(entries[at - 1], **{field: CHANGES[field]})

    assert look(entries).first_bad == at


@pytest.mark.parametrize("at", range(1, COUNT))
def test_an_entry_that_was_taken_out_is_found(at: int) -> None:
    entries = chain_of(COUNT)
    del entries[at - 1]

    assert look(entries).first_bad == at


@pytest.mark.parametrize("at", range(1, COUNT))
def test_two_entries_that_changed_places_are_found(at: int) -> None:
    entries = chain_of(COUNT)
    entries[at - 1 : at + 1] = [
        replace(entries[at], seq=at), replace(entries[at - 1], seq=at + 1)
    ]  # fmt: skip

    assert look(entries).first_bad == at


@pytest.mark.parametrize("left", range(COUNT))
def test_an_end_that_was_cut_off_is_found_beside_a_head(left: int) -> None:
    entries = chain_of(COUNT)
    head = Head(COUNT, entries[-1].mac)

    assert look(entries[:left]).ok
    assert look(entries[:left], head).first_bad == left + 1


def test_a_chain_that_was_written_anew_with_another_key_is_found() -> None:
    forged = chain_of(COUNT, Signer(Keyring((new_key(),))))

    assert look(forged).first_bad == 1


def test_a_chain_that_was_written_anew_with_the_key_is_found_beside_a_head() -> None:
    entries = chain_of(COUNT)
    other = [SIGNER.sign(replace(entries[0], detail={"n": 0}), EMPTY)]

    assert look(other, Head(1, entries[0].mac)).first_bad == 1


def test_a_key_that_was_replaced_signs_nothing_more() -> None:
    first, second = new_key(), new_key()
    old, new = Signer(Keyring((second, first))), Signer(Keyring((first, second)))
    entries = chain_of(3, old)
    for signer in (new, old):
        last = entries[-1]
        entry = replace(last, seq=last.seq + 1)
        entries.append(signer.sign(entry, Head(last.seq, last.mac)))

    assert verified(entries[:4], new).ok
    assert verified(entries, new).first_bad == 5


@pytest.mark.parametrize("text", ["", "12", "x-" + "a" * 64, "3-" + "a" * 63, "-3-" + "a" * 64])
def test_what_is_no_head_is_refused(text: str) -> None:
    with pytest.raises(ClinicError, match="head"):
        Head.read(text)


def test_a_head_reads_as_it_is_shown() -> None:
    head = Head(3, "ab" * 32)

    assert Head.read(f" {head}\n") == head


def change_directly(path: Path, *statements: str) -> None:
    """Change the database past the program."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


@pytest.mark.parametrize("statement", ["UPDATE audit SET utc = ''", "DELETE FROM audit"])
def test_the_database_itself_refuses_to_change_the_audit(staffed: Staffed, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="never"):
        change_directly(staffed.folder.clinic, statement)


@pytest.mark.parametrize(
    ("statement", "bad"),
    [
        ("UPDATE audit SET detail = '{}' WHERE seq = 2", 2),
        ("UPDATE audit SET actor = 'else' WHERE seq = 3", 3),
        ("UPDATE audit SET detail = 'no facts' WHERE seq = 2", 2),
        ("UPDATE audit SET detail = '[1]' WHERE seq = 2", 2),
        ("UPDATE audit SET actor = x'ff' WHERE seq = 3", 3),
        ("UPDATE audit SET mac = x'ff' WHERE seq = 3", 3),
        ("UPDATE audit SET key = x'ff' WHERE seq = 3", 3),
        ("UPDATE audit SET mono_s = 'early' WHERE seq = 3", 3),
        ("DELETE FROM audit WHERE seq = 1", 1),
        ("DELETE FROM audit WHERE seq = 2", 2),
    ],
)
def test_what_was_changed_past_the_program_is_found_by_it(
    staffed: Staffed, statement: str, bad: int
) -> None:
    change_directly(staffed.folder.clinic, *STAYS, statement)

    assert staffed.clinic.audit.verify(CONSOLE).first_bad == bad


def test_an_end_that_was_cut_off_past_the_program_is_found_by_a_head(staffed: Staffed) -> None:
    head = staffed.clinic.audit.head()
    change_directly(staffed.folder.clinic, *STAYS, CUT_OFF)

    found = staffed.clinic.audit.verify(staffed.actors[Role.ADMIN], known=[head])

    assert found.first_bad == head.seq
