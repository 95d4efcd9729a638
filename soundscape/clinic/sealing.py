"""Sealed fields: what people typed, unreadable without the key and tied to its place.

AES-256-GCM (NIST SP 800-38D) with a random nonce. Table, column and row go in as associated
data, so that a sealed field opens nowhere but in its place. Layout: version, key, nonce, rest.
"""

import json
import os
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from soundscape.clinic.keys import Key, Keyring, Purpose
from soundscape.errors import ClinicError

_VERSION = b"\x01"
_KEY_AT = slice(1, 5)
_NONCE_AT = slice(5, 17)
_REST_AT = slice(17, None)
_NONCE_BYTES = 12


class Sealer:
    """Seals and opens fields.

    Parameters
    ----------
    keyring : Keyring
        The clinic's keys.
    """

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring
        self._ciphers: dict[str, AESGCM] = {}

    def seal(self, place: str, text: str) -> bytes:
        """Return a text, sealed.

        Parameters
        ----------
        place : str
            ``table:column:row``, the row by an identifier that never changes.
        text : str
            What people typed.
        """
        key = self._keyring.current
        nonce = os.urandom(_NONCE_BYTES)
        sealed = self._cipher(key).encrypt(nonce, text.encode(), _VERSION + place.encode())
        return _VERSION + bytes.fromhex(key.id) + nonce + sealed

    def open(self, place: str, sealed: bytes) -> str:
        """Return what was sealed in a place.

        Raises
        ------
        ClinicError
            If it was changed or stood elsewhere, or its key is missing.
        """
        try:
            cipher = self._cipher(self._keyring.key(sealed[_KEY_AT].hex()))
            signed = sealed[:1] + place.encode()
            return cipher.decrypt(sealed[_NONCE_AT], sealed[_REST_AT], signed).decode()
        except (InvalidTag, ValueError, AttributeError) as error:  # words are no bytes
            raise ClinicError(
                f"What is kept in {place} was changed; run 'soundscape audit verify'."
            ) from error

    def seal_facts(self, place: str, facts: Mapping[str, Any]) -> bytes:
        """Return facts that JSON can hold, sealed."""
        return self.seal(place, canonical(facts))

    def open_facts(self, place: str, sealed: bytes) -> dict[str, Any]:
        """Return facts that were sealed in a place; raises as ``open`` does."""
        return dict(json.loads(self.open(place, sealed)))

    def _cipher(self, key: Key) -> AESGCM:
        if key.id not in self._ciphers:
            self._ciphers[key.id] = AESGCM(key.derived(Purpose.FIELDS))
        return self._ciphers[key.id]


def canonical(facts: Mapping[str, Any]) -> str:
    """Return the one JSON text of some facts: sorted, compact, no number that is not finite."""
    return json.dumps(
        facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
