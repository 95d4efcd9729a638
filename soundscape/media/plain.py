"""Text that others wrote, made plain: one short line that is safe to show."""

import unicodedata

MAX_CHARACTERS = 200
# Control, format (bidi overrides, zero width), surrogate, private use, unassigned; line and
# paragraph separators count as spaces.
_STRIPPED = {"Cc", "Cf", "Cs", "Co", "Cn"}
_SPACES = {"Zl", "Zp", "Zs"}


def cleaned(text: str) -> str:
    """Return text that is safe to show in one line, at most 200 characters, in NFC."""
    kinds = ((character, unicodedata.category(character)) for character in text)
    kept = (
        " " if kind in _SPACES or character in "\t\n\r" else character
        for character, kind in kinds
        if kind not in _STRIPPED or character in "\t\n\r"
    )
    words = unicodedata.normalize("NFC", "".join(kept)).split()
    return " ".join(words)[:MAX_CHARACTERS].rstrip()
