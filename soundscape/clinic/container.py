"""An encrypted file in chunks: written and read as a stream, whole or refused.

AES-256-GCM over chunks with a key of the file's own; the nonce counts the chunks and says which
is the last (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizar, 2015), so that a
chunk that was changed, moved, left out or cut off is found. The first line is plain and signed:

    SOUNDSCAPE-BACKUP 1 KEY SALT
"""

import secrets
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from soundscape.clinic.keys import Key, Keyring, Purpose
from soundscape.errors import ClinicError

CHUNK_BYTES = 1 << 16
_MAGIC = "SOUNDSCAPE-BACKUP 1"
_SALT_BYTES = 32
_TAG_BYTES = 16
_COUNT_BYTES = 11
_LONGEST_HEADER_BYTES = 200


class SealingWriter:
    """Encrypts what is written to it; without ``finish`` nothing of it opens.

    Parameters
    ----------
    target : BinaryIO
        Gets the encrypted file.
    key : Key
        The clinic's.
    """

    def __init__(self, target: BinaryIO, key: Key) -> None:
        salt = secrets.token_bytes(_SALT_BYTES)
        self._header = f"{_MAGIC} {key.id} {salt.hex()}\n".encode("ascii")
        self._cipher = AESGCM(key.derived(Purpose.BACKUP, salt))
        self._target = target
        self._waiting = bytearray()
        self._count = 0
        target.write(self._header)

    def write(self, data: bytes) -> int:
        """Encrypt some bytes; a full chunk waits, for it might be the last."""
        self._waiting += data
        while len(self._waiting) > CHUNK_BYTES:
            self._put(bytes(self._waiting[:CHUNK_BYTES]), is_last=False)
            del self._waiting[:CHUNK_BYTES]
        return len(data)

    def finish(self) -> None:
        """Write the last chunk."""
        self._put(bytes(self._waiting), is_last=True)

    def _put(self, chunk: bytes, *, is_last: bool) -> None:
        nonce = _nonce(self._count, is_last=is_last)
        self._target.write(self._cipher.encrypt(nonce, chunk, self._header))
        self._count += 1


class OpeningReader:
    """Decrypts a file that ``SealingWriter`` wrote; nothing comes out that was not put in.

    Parameters
    ----------
    source : BinaryIO
        The encrypted file.
    keyring : Keyring
        The clinic's keys.

    Raises
    ------
    ClinicError
        If it is no such file, or its key is not here.
    """

    def __init__(self, source: BinaryIO, keyring: Keyring) -> None:
        self._header = source.readline(_LONGEST_HEADER_BYTES)
        words = self._header.decode("ascii", "replace").strip().rsplit(" ", 2)
        if words[0] != _MAGIC:
            raise ClinicError("That file is no backup of Soundscape; choose another.")
        try:
            salt = bytes.fromhex(words[2])
        except ValueError as error:
            raise ClinicError("That backup is damaged at its start; choose another.") from error
        self._cipher = AESGCM(keyring.key(words[1]).derived(Purpose.BACKUP, salt))
        self._source = source
        self._next = source.read(CHUNK_BYTES + _TAG_BYTES)
        self._ready = b""
        self._count = 0
        self._at_end = False

    def read(self, size_bytes: int) -> bytes:
        """Return so many bytes, fewer only at the end.

        A chunk that is not what was written is refused with ``ClinicError``.
        """
        while len(self._ready) < size_bytes and not self._at_end:
            self._ready += self._take()
        part, self._ready = self._ready[:size_bytes], self._ready[size_bytes:]
        return part

    def _take(self) -> bytes:
        """Return the next chunk.

        Raises
        ------
        ClinicError
            If it is not what was written.
        """
        chunk = self._next
        # What follows says whether this was the last: a file that was cut off says so too early.
        self._next = self._source.read(CHUNK_BYTES + _TAG_BYTES)
        self._at_end = not self._next
        nonce = _nonce(self._count, is_last=self._at_end)
        self._count += 1
        try:
            return self._cipher.decrypt(nonce, chunk, self._header)
        except InvalidTag as error:
            raise ClinicError("That backup was damaged or cut off; choose another.") from error


def _nonce(count: int, *, is_last: bool) -> bytes:
    return count.to_bytes(_COUNT_BYTES, "big") + bytes([is_last])
