"""Presets that a patient may choose before the session, read from ``assets/presets``."""

import re
from dataclasses import dataclass
from pathlib import Path

from playlists.arcs import load_arcs
from soundscape.errors import InvalidPlanError
from soundscape.fields import read_fields
from soundscape.home import home

_COLOR = re.compile(r"#[0-9a-f]{6}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Preset:
    """A card on the patient's screen.

    Attributes
    ----------
    name : str
        As on the command line: ``still-water``.
    title, line : str
        What the card says: a name and one plain sentence.
    arc : str
        Name of its arc.
    bed : bool
        A bed sounds when nothing else does; False only where true silence is meant.
    seed : int
        Seed of its generated picture.
    color : tuple[str, str]
        The picture's two colors, as ``#rrggbb``.
    liked, avoided : frozenset[str]
        Tags its music should have, softly, and must not have.
    default : bool
        The one that is taken when nobody chooses.
    order : int
        Its place among the cards.
    """

    name: str
    title: str
    line: str
    arc: str
    bed: bool
    seed: int
    color: tuple[str, str]
    liked: frozenset[str]
    avoided: frozenset[str]
    default: bool
    order: int


def load_presets() -> dict[str, Preset]:
    """Return every shipped preset by its name, in the order of the cards.

    Raises
    ------
    InvalidPlanError
        If a preset's file is faulty, or not exactly one is the default.
    """
    found = map(read_preset, (home() / "assets" / "presets").glob("*.toml"))
    presets = sorted(found, key=lambda preset: (preset.order, preset.name))
    if sum(preset.default for preset in presets) != 1:
        raise InvalidPlanError("presets", "must have exactly one default")
    return {preset.name: preset for preset in presets}


def read_preset(path: Path) -> Preset:
    """Return the preset in a file.

    Raises
    ------
    InvalidPlanError
        If it is faulty; ``where`` names the field.
    """
    fields = read_fields(path)
    preset = Preset(
        name=fields.text("name"),
        title=fields.text("title"),
        line=fields.text("line"),
        arc=fields.text("arc"),
        bed=fields.flag("bed"),
        seed=int(fields.number("seed", 0, 2**31)),
        color=_colors(fields.words("color"), fields.where("color")),
        liked=frozenset(word.casefold() for word in fields.words("liked")),
        avoided=frozenset(word.casefold() for word in fields.words("avoided")),
        default=fields.flag("default"),
        order=int(fields.number("order", 0, 999)),
    )
    fields.finish()
    arc = load_arcs().get(preset.arc)
    if arc is None:
        raise InvalidPlanError(f"{path.name}: arc", f"must be one of {', '.join(load_arcs())}")
    if arc.therapist_only:
        raise InvalidPlanError(f"{path.name}: arc", "must not be one kept for the therapist")
    if not preset.bed and not arc.is_silent:
        raise InvalidPlanError(f"{path.name}: bed", "must be true where music plays")
    return preset


def _colors(words: tuple[str, ...], where: str) -> tuple[str, str]:
    if len(words) != len(("from", "to")) or not all(map(_COLOR.fullmatch, words)):
        raise InvalidPlanError(where, "must be two colors as #rrggbb")
    return words[0], words[1]
