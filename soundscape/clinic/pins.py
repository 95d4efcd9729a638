"""PINs: which are taken, and how they are kept.

A PIN is kept as Argon2id (RFC 9106) with 19 MiB, two passes and one lane, the smallest setting
that OWASP's password storage sheet names; and that is sealed, as a million PINs are soon tried.
"""

import itertools

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from soundscape.errors import ClinicError

FEWEST_DIGITS = 6
MOST_DIGITS = 12
_LONGEST_PATTERN = 3
_WELL_KNOWN = frozenset({"112233", "332211", "123321", "147258", "159753", "102030"})

_NOBODYS = (
    "$argon2id$v=19$m=19456,t=2,p=1$yzMlyGyPLGxBxi4NWTz4cA"
    "$UmGLj990iey3Ry8t3U7ncIC2sMWoljfIuqPN0n6g+bA"
)
"""Compared where there is nobody, so that it takes as long; no PIN that is taken matches it."""


def check_pin(pin: str) -> None:
    """Refuse a PIN that is too short or that everybody tries first.

    Raises
    ------
    ClinicError
        If it is not six to twelve digits, or is a row, a pattern or well known.
    """
    if not (pin.isascii() and pin.isdigit() and FEWEST_DIGITS <= len(pin) <= MOST_DIGITS):
        raise ClinicError(f"A PIN is {FEWEST_DIGITS} to {MOST_DIGITS} digits; choose another.")
    if _is_row(pin) or _is_pattern(pin) or pin in _WELL_KNOWN:
        raise ClinicError("That PIN is guessed first; choose one without a row or a pattern.")


class PinHasher:
    """Hashes PINs and compares them; unknown people cost the same time as known ones."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher(2, 19 * 1024, 1, type=Type.ID)

    def hash(self, pin: str) -> str:
        """Return what is kept of a PIN."""
        return self._hasher.hash(pin)

    def matches(self, kept: str | None, pin: str) -> bool:
        """Return whether a PIN is the one that was kept; None is kept of nobody."""
        try:
            return self._hasher.verify(kept or _NOBODYS, pin) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


def _is_row(pin: str) -> bool:
    """Return whether every digit is as far from the one before it: 000000, 123456, 975319."""
    steps = {(int(b) - int(a)) % 10 for a, b in itertools.pairwise(pin)}
    return len(steps) == 1


def _is_pattern(pin: str) -> bool:
    """Return whether few digits are only repeated: 121212, 123123."""
    return any(pin == (pin[:n] * len(pin))[: len(pin)] for n in range(1, _LONGEST_PATTERN + 1))
