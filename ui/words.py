"""Every word that people read passes through here, so that it can be translated.

The untranslated text is English. A catalog for the user's language, if there is one, lies in
``assets/locale``.
"""

import gettext

from soundscape.home import home


def _(text: str) -> str:
    """Return a text in the user's language, itself where no translation is known."""
    return _CATALOG.gettext(text)


def counted(one: str, many: str, count: int) -> str:
    """Return the form of a text that agrees with a count, with ``{count}`` filled in."""
    return _CATALOG.ngettext(one, many, count).format(count=count)


_CATALOG = gettext.translation("soundscape", home() / "assets" / "locale", fallback=True)
