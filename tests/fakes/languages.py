"""Languages to show windows in: the shipped ones, and one in which a forgotten word is seen."""

import gettext
import re
import string
from collections.abc import Iterable
from functools import cache

from babel.messages.pofile import read_po

from soundscape.home import home

ACCENTED = str.maketrans("aeiounAEIOU", "áéíóúñÁÉÍÓÚ")
LONGER_BY = 0.3
"""About what German and French need beyond English."""

OPENS, CLOSES = "⟦", "⟧"
RIGHT_TO_LEFT = "\u200f"
"""A letter without width that turns its line."""

_TRANSLATED = re.compile("⟦[^⟦⟧]*⟧")
_WORD = re.compile(r"[^\W\d_]{2,}")
UNITS = frozenset({"BPM", "LU", "dB", "min", "ms", "Hz", "kHz", "GB"})
"""The same in every language that there is."""


class Pseudo(gettext.NullTranslations):
    """Every word accented and longer, between brackets that show where a text is put together.

    Only what a catalog has is said so: a text that was never gathered is seen in English.
    """

    def gettext(self, message: str) -> str:
        """Return a text as no language has it; what is filled in stays."""
        if message not in gathered():
            return message
        parts = string.Formatter().parse(message)
        made = "".join(lead.translate(ACCENTED) + field(rest) for lead, *rest in parts)
        return f"{OPENS}{made}{'·' * round(LONGER_BY * len(message))}{CLOSES}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the form for a count."""
        return self.gettext(msgid1 if n == 1 else msgid2)


class Mirrored(Pseudo):
    """The same, as it is written from right to left."""

    def gettext(self, message: str) -> str:
        """Return a text that turns its line."""
        made = super().gettext(message)
        return f"{RIGHT_TO_LEFT}{made}" if OPENS in made else made


@cache
def gathered() -> frozenset[str]:
    """Return every text that the catalogs have, in English."""
    path = home() / "assets" / "locale" / "de" / "LC_MESSAGES" / "soundscape.po"
    with path.open("rb") as file:
        ids = [message.id for message in read_po(file, locale="de")]
    each = [one if isinstance(one, list | tuple) else (one,) for one in ids]
    return frozenset(text for texts in each for text in texts)


def bare_words(text: str, given: Iterable[str]) -> list[str]:
    """Return the words of a pseudo text that no catalog has said.

    Parameters
    ----------
    text : str
        What a reader sees.
    given : Iterable[str]
        Names and the like, which are shown as they are.
    """
    for name in sorted(given, key=len, reverse=True):
        text = text.replace(name, "")
    while (rest := _TRANSLATED.sub("", text)) != text:
        text = rest
    return [word for word in _WORD.findall(text) if word not in UNITS]


def field(parts: list[str | None]) -> str:
    """Return what is to be filled in, as it was written; empty where there is nothing."""
    name, spec, _conversion = parts
    if name is None:
        return ""
    return f"{{{name}:{spec}}}" if spec else f"{{{name}}}"


_MADE = {"pseudo": Pseudo, "mirrored": Mirrored}


def words_of(language: str) -> gettext.NullTranslations:
    """Return the catalog of a language, or the pseudo one."""
    if language == "en":
        return gettext.NullTranslations()
    if language in _MADE:
        return _MADE[language]()
    return gettext.translation("soundscape", home() / "assets" / "locale", [language])
