"""Every word that people read passes through here, so that it can be translated.

The untranslated text is English. Catalogs lie in ``assets/locale``; which is read is said by the
environment, as everywhere (``LANGUAGE``, ``LANG``), and by the clinic's settings above it.
"""

import gettext
import os
from collections.abc import Mapping
from datetime import date
from functools import cache

from soundscape.home import home
from soundscape.units import Seconds


def _(text: str) -> str:
    """Return a text in the user's language, itself where no translation is known."""
    return catalog().gettext(text)


def later(text: str) -> str:
    """Return a text as it is: it is known before the language is, and translated when shown."""
    return text


def counted(one: str, many: str, count: int) -> str:
    """Return the form of a text that agrees with a count, with ``{count}`` filled in."""
    return catalog().ngettext(one, many, count).format(count=count)


def time_left(left_s: Seconds | None) -> str:
    """Return how long something will still take, in words; empty if that is not known."""
    if left_s is None:
        return ""
    minutes = round(left_s / 60.0)
    if minutes < 1:
        return _("Less than a minute left.")
    if minutes < _MINUTES_IN_WORDS:
        return counted("About {count} minute left.", "About {count} minutes left.", minutes)
    return counted("About {count} hour left.", "About {count} hours left.", round(minutes / 60))


def decimal(value: float, places: int = 0) -> str:
    """Return a number with so many decimals as the user's language writes it."""
    return localized(f"{value:.{places}f}")


def localized(text: str) -> str:
    """Return a number that was written with a point as the user's language writes it."""
    return text.replace(".", _POINTS.get(language(), "."))


def phase_title(name: str) -> str:
    """Return a phase's name in the reader's language."""
    titles = {
        "settle": _("Settle"),
        "dose": _("Dose"),
        "rise": _("Rise"),
        "deepen": _("Deepen"),
        "return": _("Return"),
        "ground": _("Ground"),
        "recover": _("Recover"),
    }
    return titles.get(name, name)


def day_of(moment: date) -> str:
    """Return a day of this year as the user's language writes it."""
    return moment.strftime(_("%d %b"))


def choose_language(settings: Mapping[str, object]) -> None:
    """Have every word read in the language that the settings name, from now on."""
    chosen = settings.get("language")
    if isinstance(chosen, str) and chosen in LANGUAGES:
        os.environ["LANGUAGE"] = chosen


def catalog() -> gettext.NullTranslations:
    """Return the words of the language that is chosen now."""
    return _catalog_by(tuple(map(os.environ.get, _SAYING)))


def language() -> str:
    """Return the language that is read now, a key of ``LANGUAGES``."""
    return catalog().info().get("language", "en")


@cache
def _catalog_by(_said: tuple[str | None, ...]) -> gettext.NullTranslations:
    """Return the words of the language that the environment names; each is read once."""
    return gettext.translation("soundscape", home() / "assets" / "locale", fallback=True)


LANGUAGES = {"en": "English", "de": "Deutsch"}
"""Each in its own words."""

_POINTS = {"de": ","}
"""What stands before the decimals, where that is no point."""

_SAYING = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
"""What of the environment names a language, for gettext too."""

_MINUTES_IN_WORDS = 90
"""Beyond these a time is told in hours."""
