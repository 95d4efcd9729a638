"""Sentences that come from below the windows, said in the reader's language.

Engine and curation speak English: what they say goes into records and logs, and through sockets
from one process to the next, as finished sentences. A window knows such a sentence again by its
form, ``'{title}' is muted; switch it on.``, which ``make words`` reads from the code and which
the catalogs translate. What is not known stays as it is.
"""

import gettext
import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from soundscape.home import home
from ui import words
from ui.words import _, localized, phase_title

if TYPE_CHECKING:  # every window loads this, and few show a check
    from soundscape.session.preflight import Check

_BETWEEN = re.compile(r"(?<=[.!?]) (?=[A-Z\d“'])")
_FIELD = re.compile(r"\\{(\w+)\\}")
_DECIMAL = re.compile(r"-?\d+\.\d+")
_MOST_KEPT = 512


def translated(sentence: str) -> str:
    """Return one sentence or more, or a clause, in the reader's language.

    Parameters
    ----------
    sentence : str
        As soundscape or playlists made it, in English.
    """
    language = words.catalog()
    if type(language) is gettext.NullTranslations:  # English
        return sentence
    return _translated(sentence, language)


def check_text(check: "Check") -> str:
    """Return what one check of the machine found."""
    titles = {
        "library": _("Library"),
        "power": _("Power"),
        "sleep": _("Sleep"),
        "notifications": _("Notifications"),
        "clock": _("Clock"),
        "key": _("Key"),
        "audit": _("Audit"),
        "backup": _("Backup"),
    }
    return f"{titles.get(check.name, check.name.capitalize())}: {translated(check.detail)}"


@lru_cache(_MOST_KEPT)
def _translated(text: str, _language: gettext.NullTranslations) -> str:
    """Return a text sentence by sentence if all of them are known, else as one, else in part."""
    sentences = _BETWEEN.split(text)
    found = [_sentence(each) for each in sentences]
    if None in found and len(found) > 1 and (whole := _sentence(text)) is not None:
        return whole
    return " ".join(one or given for one, given in zip(found, sentences, strict=True))


def _sentence(text: str) -> str | None:
    """Return a sentence in the language; None if nobody knows its form."""
    if (whole := _form(text, most_open=0)) is not None:
        return whole
    bare = text.removesuffix(".")
    end = text[len(bare) :]
    clauses = [_form(clause) for clause in bare.split("; ")]
    if None not in clauses:
        return "; ".join(filter(None, clauses)) + end
    if (whole := _form(text)) is not None:
        return whole
    if (whole := _form(bare)) is not None:
        return whole + end
    place, _colon, fault = bare.partition(": ")  # a field of a file, and what is wrong with it
    wrong = _form(fault)
    return None if wrong is None else f"{place}: {wrong}{end}"


def _form(text: str, *, most_open: int = 2) -> str | None:
    """Return a text whose form is known, filled in with what it was filled in with.

    Parameters
    ----------
    text : str
        A sentence or a clause.
    most_open : int
        At how many of its ends a form may be open: such a one fits much.
    """
    for form, pattern in _patterns():
        match = pattern.fullmatch(text) if _openness(form) <= most_open else None
        if match is not None:
            given = match.groupdict().items()
            return _(form).format(**{name: _value(name, value) for name, value in given})
    return None


def _value(name: str, value: str) -> str:
    """Return what is filled in: phases or a clause in the language, a number as it writes it."""
    if name.startswith("phase"):
        return " ".join(map(_phase, value.split(" ")))
    if _DECIMAL.fullmatch(value):
        return localized(value)
    return translated(value) if " " in value else value


def _phase(word: str) -> str:
    """Return a phase's name in the language, or what stands between two of them."""
    name = word.removesuffix(",")
    return _("and") if word == "and" else phase_title(name) + word[len(name) :]


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the forms with what knows them, first those that fit least."""
    path = home() / "assets" / "locale" / "sentences" / "forms.txt"
    forms = sorted(path.read_text("utf-8").splitlines(), key=_fits)
    return tuple((form, _pattern(form)) for form in forms)


def _fits(form: str) -> tuple[int, int]:
    """Return how much else a form fits: the more, the less of it is the same each time."""
    return _openness(form), -len(re.sub(r"\{\w+\}", "", form))


def _openness(form: str) -> int:
    return form.startswith("{") + form.endswith("}")


def _pattern(form: str) -> re.Pattern[str]:
    """Return what knows a form, whatever it is filled in with."""
    fields = _FIELD.sub(r"(?P<\1>.*?)", re.escape(form))
    return re.compile(fields.replace("(?P<phase>.*?)", r"(?P<phase>\w+)"), re.DOTALL)
