"""Who made what this program is made of, and under which terms: read from what is installed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from soundscape.home import home

PRODUCT = "session-soundscape"
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_TEXTS = re.compile(r"(^|/)(LICEN[CS]E|COPYING|NOTICE)[^/]*$", re.IGNORECASE)
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the program.

    Attributes
    ----------
    name : str
        As its makers call it.
    version : str
        Empty for what has none.
    licence : str
        Its short name; empty where its text alone says it.
    text : str
        The terms themselves; empty where they do not come with it.
    """

    name: str
    version: str
    licence: str
    text: str


def product() -> Part:
    """Return the program itself."""
    made = distribution(PRODUCT)
    checkout = Path(home()) / "LICENSE"
    text = checkout.read_text("utf-8") if checkout.is_file() else _text_of(made)
    return Part("Soundscape", made.version, _short(made), text)


def packages() -> tuple[Part, ...]:
    """Return the packages that it needs and that are installed, by name."""
    found = {}
    for needed in distribution(PRODUCT).requires or ():
        name = _NAME.match(needed)
        try:
            made = distribution(name.group()) if name else None
        except PackageNotFoundError:
            continue  # needed on another system, or only wished for
        if made is not None:
            found[made.name] = Part(made.name, made.version, _short(made), _text_of(made))
    return tuple(sorted(found.values(), key=lambda part: part.name.casefold()))


def assets() -> tuple[Part, ...]:
    """Return what ships beside the program: fonts, icons, sounds and words."""
    return tuple(_asset_parts())


def _asset_parts() -> Iterator[Part]:
    folder = home() / "assets"
    for path in sorted(folder.glob("*/LICENSE*.txt")):
        name = path.parent.name
        rest = path.stem.removeprefix("LICENSE").strip("-").replace("-", " ")
        yield Part(f"{name}: {rest}" if rest else name, "", "", path.read_text("utf-8"))


def _short(made: Distribution) -> str:
    """Return the licence's short name, as the package tells it in one of three ways."""
    told = made.metadata
    (said, *_others) = told.get_all("License-Expression") or told.get_all("License") or [""]
    first = said.strip().splitlines()[0] if said.strip() else ""
    if 0 < len(first) <= _LONGEST_NAME and not first.startswith("Copyright"):
        return first
    classes = [c for c in made.metadata.get_all("Classifier") or () if c.startswith("License ::")]
    return classes[0].rpartition(" :: ")[2] if classes else ""


def _text_of(made: Distribution) -> str:
    paths = [file for file in made.files or () if _TEXTS.search(str(file))]
    own = [path for path in paths if ".dist-info/" in str(path)]
    texts = (path.locate() for path in own or paths)
    return "\n\n".join(Path(str(path)).read_text("utf-8", "replace") for path in texts)
