"""The clinic's keys: one file that only its owner reads, never in the data folder or a backup.

Each key stands on a line of its own, as on the recovery sheet: its number, then itself in groups
of letters and digits that are hard to confuse, the last with a checksum. The last line is the key
that seals; the others open what was sealed before. Fields, audit and backups each use a key of
their own that is derived from it (HKDF, RFC 5869).
"""

import base64
import hashlib
import os
import secrets
import stat
import sys
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from platformdirs import user_config_path

from soundscape.errors import ClinicError
from soundscape.output import arriving

KEY_FILE = "soundscape.key"
KEY_BYTES = 32
_ID_BYTES = 4
_CHECK_BYTES = 3
_GROUP_CHARS = 4
_WORD = "key"
_OTHERS_MAY_READ = stat.S_IRWXG | stat.S_IRWXO


class Purpose(StrEnum):
    """What a derived key is for."""

    FIELDS = "fields"
    AUDIT = "audit"
    BACKUP = "backup"
    DOORS = "doors"


@dataclass(frozen=True, slots=True)
class Key:
    """A secret and its number.

    Attributes
    ----------
    id : str
        Eight hexadecimal digits.
    secret : bytes
        32 random bytes.
    """

    id: str
    secret: bytes

    def derived(self, purpose: Purpose, salt: bytes = b"") -> bytes:
        """Return the 32 bytes that serve one purpose."""
        info = f"soundscape {purpose}".encode()
        return HKDF(SHA256(), KEY_BYTES, salt=salt or None, info=info).derive(self.secret)

    def line(self) -> str:
        """Return it as on the recovery sheet."""
        body = base64.b32encode(self.secret + _checksum(self.id, self.secret)).decode("ascii")
        return f"{_WORD} {self.id} {'-'.join(textwrap.wrap(body.rstrip('='), _GROUP_CHARS))}"


@dataclass(frozen=True, slots=True)
class Keyring:
    """The clinic's keys, oldest first.

    Attributes
    ----------
    keys : tuple[Key, ...]
        At least one; the last one seals.
    """

    keys: tuple[Key, ...]

    @property
    def current(self) -> Key:
        """The key that seals."""
        return self.keys[-1]

    def key(self, key_id: str) -> Key:
        """Return the key with this number.

        Raises
        ------
        ClinicError
            If it is not here.
        """
        for each in self.keys:
            if each.id == key_id:
                return each
        raise ClinicError(
            f"Key {key_id} is missing; take it up from its recovery sheet with "
            "'soundscape keys recover SHEET'."
        )

    def extended(self) -> "Keyring":
        """Return a keyring with one new key, which seals from then on."""
        return Keyring((*self.keys, new_key()))

    def joined(self, others: Iterable[Key]) -> "Keyring":
        """Return a keyring that opens also what others sealed; the same key seals as before."""
        known = {each.id for each in self.keys}
        return Keyring((*(each for each in others if each.id not in known), *self.keys))


def new_key() -> Key:
    """Return a key that nobody has seen."""
    return Key(secrets.token_hex(_ID_BYTES), secrets.token_bytes(KEY_BYTES))


def key_file() -> Path:
    """Return where the keys lie.

    That is the system credential ``soundscape.key`` where systemd hands one over, else the file
    that ``SOUNDSCAPE_KEY_FILE`` names, else one in the user's folder for settings.
    """
    handed = os.environ.get("CREDENTIALS_DIRECTORY")
    if handed and (Path(handed) / KEY_FILE).is_file():
        return Path(handed) / KEY_FILE
    named = os.environ.get("SOUNDSCAPE_KEY_FILE")
    return Path(named).expanduser() if named else user_config_path("soundscape") / KEY_FILE


def read_keyring(path: Path) -> Keyring | None:
    """Return the keys of a file; None where there is no file.

    Raises
    ------
    ClinicError
        If others may read it, or it holds no key.
    """
    try:
        mode = path.stat().st_mode
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return None
    if sys.platform != "win32" and mode & _OTHERS_MAY_READ:
        raise ClinicError(f"Others may read the key; run: chmod 600 {path}")
    keys = keys_in(text)
    if not keys:
        raise ClinicError(f"There is no key in {path}; recover it with 'soundscape keys recover'.")
    return Keyring(keys)


def write_keyring(path: Path, keyring: Keyring) -> None:
    """Write a file of keys that only its owner can read; whole or not at all.

    Raises
    ------
    ClinicError
        If the keys are a system credential, which only the system's administrator changes.
    """
    handed = os.environ.get("CREDENTIALS_DIRECTORY")
    if handed and path.parent == Path(handed):
        raise ClinicError(
            "The key is a credential of the system; change it there, with the lines of "
            "'soundscape keys sheet'."
        )
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with arriving(path) as whole:
        whole.touch(0o600, exist_ok=False)
        whole.write_text("".join(f"{key.line()}\n" for key in keyring.keys), "ascii")


def keys_in(text: str) -> tuple[Key, ...]:
    """Return the keys of a sheet or file, whatever else stands there.

    A line of a key that has a fault in it is refused with ``ClinicError``.
    """
    lines = (line.split() for line in text.splitlines())
    return tuple(_read_key(words) for words in lines if words[:1] == [_WORD])


def recover(sheet: str) -> tuple[str, ...]:
    """Take up the keys of a recovery sheet, beside those that are here; return their numbers.

    Parameters
    ----------
    sheet : str
        What somebody typed.

    Raises
    ------
    ClinicError
        If there is no key on it, or a line has a fault.
    """
    found = keys_in(sheet)
    if not found:
        raise ClinicError("There is no key on that sheet; its lines begin with 'key'.")
    here = read_keyring(key_file())
    write_keyring(key_file(), Keyring(found) if here is None else here.joined(found))
    return tuple(key.id for key in found)


def recovery_sheet(keyring: Keyring, made: str) -> str:
    """Return the page that an administrator prints and locks away.

    Parameters
    ----------
    keyring : Keyring
        The keys.
    made : str
        When, as a label.
    """
    lines = "\n".join(key.line() for key in keyring.keys)
    return (
        f"Soundscape: recovery sheet of {made}\n\n"
        "Whoever has this page can read the clinic's records and backups. Print it once, lock it\n"
        "away, and keep no copy on this machine. Without it, a lost machine means lost notes.\n\n"
        f"{lines}\n\n"
        "To use it: type the lines above into a file and run 'soundscape keys recover FILE'.\n"
        "After a key's number are letters and the digits 2 to 7; a zero is an O, a one is an I.\n"
    )


def _read_key(words: list[str]) -> Key:
    key_id = words[1] if len(words) > 1 else ""
    letters = "".join(words[2:]).replace("-", "").upper()
    try:
        body = base64.b32decode(letters + "=" * (-len(letters) % 8))
    except ValueError:
        body = b""
    secret, check = body[:KEY_BYTES], body[KEY_BYTES:]
    if check != _checksum(key_id, secret):
        raise ClinicError(f"The line of key {key_id} has a fault; compare it with the sheet.")
    return Key(key_id, secret)


def _checksum(key_id: str, secret: bytes) -> bytes:
    return hashlib.sha256(key_id.encode() + secret).digest()[:_CHECK_BYTES]
