"""Who may leave the patient's screen: staff, by a PIN that is never stored itself.

A PIN is kept as ``scrypt$salt$digest`` (RFC 7914, N = 2^14, r = 8, p = 1), in hexadecimal, under
``staff_pin`` in the settings. Where none is set, the press of the corner alone leaves.
"""

import hashlib
import hmac
import os
from pathlib import Path

from soundscape.clock import Clock
from soundscape.settings import read_settings
from soundscape.units import Seconds

TRIES = 5
PAUSE_S = Seconds(30.0)
_COST = 2**14
_SALT_BYTES = 16


def hashed_pin(pin: str, salt: bytes | None = None) -> str:
    """Return what the settings keep of a PIN.

    Parameters
    ----------
    pin : str
        Digits.
    salt : bytes | None
        None draws one.
    """
    salt = os.urandom(_SALT_BYTES) if salt is None else salt
    digest = hashlib.scrypt(pin.encode("utf-8"), salt=salt, n=_COST, r=8, p=1)
    return f"scrypt${salt.hex()}${digest.hex()}"


def read_pin(settings: Path) -> str:
    """Return the hashed PIN of a settings file; empty where none is set.

    A file that cannot be read locks nobody in: it counts as none.
    """
    said = read_settings(settings).get("staff_pin")
    return said if isinstance(said, str) else ""


class StaffLock:
    """Checks PINs; after five wrong ones it waits for half a minute.

    Parameters
    ----------
    kept : str
        From ``hashed_pin``; empty locks nothing.
    clock : Clock
        Measures the wait.
    """

    def __init__(self, kept: str, clock: Clock) -> None:
        self._kept = kept
        self._clock = clock
        self._wrong = 0
        self._waits_until = Seconds(0.0)

    @property
    def asks(self) -> bool:
        """Whether a PIN has to be given."""
        return bool(self._kept)

    @property
    def waits(self) -> bool:
        """Whether it takes no PIN for now."""
        return self._clock.now() < self._waits_until

    def opens(self, pin: str) -> bool:
        """Return whether this PIN opens; a wrong one is counted."""
        if not self.asks:
            return True
        if self.waits:
            return False
        if self._matches(pin):
            self._wrong = 0
            return True
        self._wrong += 1
        if self._wrong >= TRIES:
            self._wrong = 0
            self._waits_until = Seconds(self._clock.now() + PAUSE_S)
        return False

    def _matches(self, pin: str) -> bool:
        try:
            _scheme, salt, _digest = self._kept.split("$")
            return hmac.compare_digest(hashed_pin(pin, bytes.fromhex(salt)), self._kept)
        except ValueError:
            return False
