"""The audit's chain: each entry is signed together with the one before it.

HMAC-SHA256 (RFC 2104) rather than a bare hash, as whoever has the file could compute a bare
chain anew. A chain shows an entry that was changed, put in, moved or taken out of the middle; that
the end was cut off shows only beside a head that was kept elsewhere, so the head is on every
sheet and in every backup.
"""

import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from soundscape.clinic.keys import Keyring, Purpose
from soundscape.clinic.sealing import canonical
from soundscape.errors import ClinicError

FIRST_LINK = "0" * 64


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the audit.

    Attributes
    ----------
    seq : int
        Its number, from 1, without holes.
    utc : str
        The wall clock: a label.
    mono_s : float
        The machine's monotonic clock.
    actor, role : str
        Who did it: an identifier, never a name.
    action : str
        What was done.
    object : str
        To what: an identifier.
    detail : Mapping[str, Any]
        The rest; nothing that people typed.
    key : str
        Number of the key that signed it.
    prev, mac : str
        The signature of the entry before it, and its own; 64 hexadecimal digits.
    """

    seq: int
    utc: str
    mono_s: float
    actor: str
    role: str
    action: str
    object: str
    detail: Mapping[str, Any]
    key: str = ""
    prev: str = FIRST_LINK
    mac: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """The audit's end, to be kept elsewhere; as text, what a sheet shows.

    Attributes
    ----------
    seq : int
        Number of the last entry; 0 of an empty audit.
    mac : str
        Its signature.
    """

    seq: int
    mac: str

    def __str__(self) -> str:
        return f"{self.seq}-{self.mac}"

    @classmethod
    def read(cls, text: str) -> "Head":
        """Return the head that a sheet shows.

        Raises
        ------
        ClinicError
            If it is none.
        """
        seq, _, mac = text.strip().partition("-")
        if not (seq.isascii() and seq.isdigit() and len(mac) == len(FIRST_LINK)):
            raise ClinicError("A head is a number, a hyphen and 64 digits, as on a sheet.")
        return cls(int(seq), mac.lower())


EMPTY = Head(0, FIRST_LINK)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a look through the chain found.

    Attributes
    ----------
    entries : int
        How many entries there are.
    first_bad : int | None
        Number of the first one that is not what was written, or is missing; None if all are.
    why : str
        What is wrong with it, as a sentence; empty if nothing is.
    """

    entries: int
    first_bad: int | None = None
    why: str = ""

    @property
    def ok(self) -> bool:
        """Whether everything is as it was written."""
        return not self.why


_SIGNED = tuple(field.name for field in fields(AuditEntry) if field.name != "mac")


class Signer:
    """Signs entries and facts with the clinic's keys.

    Parameters
    ----------
    keyring : Keyring
        The keys; the current one signs.
    """

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring
        self._secrets: dict[str, bytes] = {}

    def sign(self, entry: AuditEntry, last: Head) -> AuditEntry:
        """Return an entry that follows a head, signed."""
        linked = replace(entry, key=self._keyring.current.id, prev=last.mac)
        return replace(linked, mac=self.signature(linked))

    def signature(self, entry: AuditEntry) -> str:
        """Return the signature that an entry should have; raises where its key is missing."""
        return self.digest({name: getattr(entry, name) for name in _SIGNED}, entry.key)

    def digest(self, facts: Mapping[str, Any], key: str = "") -> str:
        """Return what stands for some facts in the audit and does not tell them.

        Parameters
        ----------
        facts : Mapping[str, Any]
            What JSON can hold.
        key : str
            Number of the key; the current one's if empty.
        """
        key = key or self._keyring.current.id
        if key not in self._secrets:
            self._secrets[key] = self._keyring.key(key).derived(Purpose.AUDIT)
        return hmac.digest(self._secrets[key], canonical(facts).encode(), "sha256").hex()


def verified(
    entries: Sequence[AuditEntry], signer: Signer, *, known: Iterable[Head] = ()
) -> Verdict:
    """Return whether a chain is whole.

    Parameters
    ----------
    entries : Sequence[AuditEntry]
        In the order of their numbers.
    signer : Signer
        With the clinic's keys.
    known : Iterable[Head]
        Heads that were kept elsewhere.
    """
    kept = [head for head in known if head.seq]
    replaced: set[str] = set()
    last = EMPTY
    key = ""
    for number, entry in enumerate(entries, 1):
        if entry.key != key:
            replaced.add(key)
            key = entry.key
        why = _fault(entry, number, last, signer)
        if not why and key in replaced:
            why = "is signed with a key that had been replaced"
        if not why and any(head.seq == number and head.mac != entry.mac for head in kept):
            why = "is not the one that was kept elsewhere"
        if why:
            return Verdict(len(entries), number, f"Entry {number} of the audit {why}.")
        last = Head(entry.seq, entry.mac)
    if any(head.seq > last.seq for head in kept):
        missing = last.seq + 1
        return Verdict(last.seq, missing, f"Entry {missing} of the audit and later ones are gone.")
    return Verdict(last.seq)


def _fault(entry: AuditEntry, number: int, last: Head, signer: Signer) -> str:
    if entry.seq != number:
        return "is missing"
    if entry.prev != last.mac:
        return "does not follow from the one before it"
    try:
        mac = signer.signature(entry)
    except ClinicError:
        return "is signed with a key that is not here"
    except TypeError:  # somebody put bytes where words were
        return "was changed"
    return "" if mac == entry.mac else "was changed"
