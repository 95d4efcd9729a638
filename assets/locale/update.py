"""Gathers every word that people read, brings the catalogs up to date and compiles them.

``make words``. A translator edits ``<language>/LC_MESSAGES/soundscape.po`` and runs it again.
"""

import runpy
import tomllib
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

LOCALE = Path(__file__).parent
ROOT = LOCALE.parents[1]
FORMS = LOCALE / "sentences" / "forms.txt"
KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "later": None, "counted": (1, 2)}
DATA = ("arcs", "presets", "routes")
READ = ("title", "line")
FIRST = datetime(2026, 11, 22, tzinfo=UTC)
"""In place of the moment of writing, so that the same texts make the same file."""


def gathered() -> Catalog:
    """Return every text of the windows, of what is shipped as data, and what is said below."""
    catalog = Catalog(
        project="Soundscape", version="1", creation_date=FIRST, msgid_bugs_address="none"
    )
    for name, _line, text, comments, _context in extract_from_dir(
        ROOT / "ui", [("**.py", "python")], keywords=KEYWORDS, comment_tags=("To translators:",)
    ):
        catalog.add(text, locations=[(f"ui/{name}", 0)], auto_comments=comments)
    for folder in DATA:
        for path in sorted((ROOT / "assets" / folder).glob("*.toml")):
            said = tomllib.loads(path.read_text("utf-8"))
            for key in READ:
                if key in said:
                    catalog.add(said[key], locations=[(f"assets/{folder}/{path.name}", 0)])
    for text in sources(ROOT / "assets" / "visit" / "rules.toml"):
        catalog.add(text, locations=[("assets/visit/rules.toml", 0)])
    for form, place in forms().items():
        catalog.add(form, locations=[(place, 0)])
    return catalog


def forms() -> dict[str, str]:
    """Return the forms of what is said below the windows, each with the file that says it."""
    found: dict[str, str] = runpy.run_path(str(LOCALE / "below.py"))["forms"]()
    return found


def sources(path: Path) -> list[str]:
    """Return where the numbers of a visit come from, as the settings show it."""
    routes = tomllib.loads(path.read_text("utf-8")).values()
    numbers = (number for route in routes for number in route.values())
    return [number["source"] for number in numbers if isinstance(number, dict)]


def brought_up_to_date(path: Path, gathered: Catalog) -> Catalog:
    """Return a language's catalog with the texts of now; what is gone is left out."""
    with path.open("rb") as file:
        catalog = read_po(file, locale=path.parts[-3])
    catalog.update(gathered, no_fuzzy_matching=True, update_header_comment=False)
    catalog.obsolete.clear()
    return catalog


def main() -> None:
    """Write each language's catalog, and what the program reads of it."""
    texts = gathered()
    FORMS.write_text("".join(f"{form}\n" for form in sorted(forms())), "utf-8")
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/soundscape.po")):
        catalog = brought_up_to_date(path, texts)
        with path.open("wb") as file:
            write_po(file, catalog, sort_output=True, width=99, include_lineno=False)
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalog)
        missing = [message.id for message in catalog if message.id and not message.string]
        print(f"{path.parts[-3]}: {len(catalog)} texts, {len(missing)} to translate")


if __name__ == "__main__":
    main()
