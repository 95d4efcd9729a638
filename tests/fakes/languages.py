"""Languages to show windows in: the shipped ones, and one in which a forgotten word is seen."""

import gettext
import string

from soundscape.home import home

ACCENTED = str.maketrans("aeiounAEIOU", "áéíóúñÁÉÍÓÚ")
LONGER_BY = 0.3
"""About what German and French need beyond English."""

OPENS, CLOSES = "⟦", "⟧"


class Pseudo(gettext.NullTranslations):
    """Every word accented and longer, between brackets that show where a text is put together."""

    def gettext(self, message: str) -> str:
        """Return a text as no language has it; what is filled in stays."""
        parts = string.Formatter().parse(message)
        made = "".join(lead.translate(ACCENTED) + field(rest) for lead, *rest in parts)
        return f"{OPENS}{made}{'·' * round(LONGER_BY * len(message))}{CLOSES}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the form for a count."""
        return self.gettext(msgid1 if n == 1 else msgid2)


def field(parts: list[str | None]) -> str:
    """Return what is to be filled in, as it was written; empty where there is nothing."""
    name, spec, _conversion = parts
    if name is None:
        return ""
    return f"{{{name}:{spec}}}" if spec else f"{{{name}}}"


def words_of(language: str) -> gettext.NullTranslations:
    """Return the catalog of a language, or the pseudo one."""
    if language == "en":
        return gettext.NullTranslations()
    if language == "pseudo":
        return Pseudo()
    return gettext.translation("soundscape", home() / "assets" / "locale", [language])
