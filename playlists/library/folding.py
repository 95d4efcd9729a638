"""Texts as they are compared: without case and accents, word by word.

Apart from ``words``: a window that only reads a search need not load numpy for it.
"""

import re
import unicodedata

_IDEOGRAPHS = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_SYMBOLS = "\u2600-\u27bf\U0001f300-\U0001faff"
# Scripts without spaces and pictures have a word in each character.
_WORD = re.compile(rf"[{_IDEOGRAPHS}{_SYMBOLS}]|[^\W_{_IDEOGRAPHS}]+")


def folded(text: str) -> str:
    """Return a text without case and accents, for comparing and sorting."""
    if text.isascii():
        return text.casefold()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in apart if not unicodedata.combining(character))


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text as they are compared."""
    return tuple(_WORD.findall(folded(text)))
