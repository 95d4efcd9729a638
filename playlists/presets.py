"""Presets that a patient may choose before the session: the shipped ones and the clinic's own."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from playlists.arcs import Arc, load_arcs
from playlists.documents import Document, Documents, is_name, name_of
from playlists.library.query import parse
from soundscape.errors import InvalidPlanError, InvalidQueryError, SoundscapeError
from soundscape.fields import Fields, read_fields
from soundscape.folders import DataFolder
from soundscape.home import home
from soundscape.media.plain import cleaned

LONGEST_LINE = 90
CLINIC_ORDER = 100
"""The place of the clinic's own presets: after those that are shipped."""

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
    search : str
        Which tracks of the library it may take, as a therapist searches; empty is all.
    tracks : tuple[str, ...]
        The contents of the tracks it may take, in place of a search; empty is none named.
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
    search: str = ""
    tracks: tuple[str, ...] = ()


def load_presets(folder: DataFolder | None = None) -> dict[str, Preset]:
    """Return every preset by its name: the shipped ones in their order, then the clinic's.

    Parameters
    ----------
    folder : DataFolder | None
        The clinic's data; None is none. A clinic's preset that is faulty is left out, so that
        it cannot keep the others from a patient; ``faults_in`` says what is wrong with it.

    Raises
    ------
    InvalidPlanError
        If a shipped preset's file is faulty, or not exactly one is the default.
    """
    found = map(read_preset, (home() / "assets" / "presets").glob("*.toml"))
    presets = sorted(found, key=_place)
    if sum(preset.default for preset in presets) != 1:
        raise InvalidPlanError("presets", "must have exactly one default")
    known = {preset.name: preset for preset in presets}
    own = () if folder is None else _clinic_presets(folder)
    made = [preset for preset in own if isinstance(preset, Preset)]
    added = {one.name: one for one in sorted(made, key=_place) if one.name not in known}
    return known | added


def faults_in(folder: DataFolder) -> list[str]:
    """Return what is wrong with each of the clinic's presets that cannot be used."""
    return [fault for fault in _clinic_presets(folder) if isinstance(fault, str)]


def clinic_documents(folder: DataFolder) -> Documents:
    """Return where the clinic's own presets lie."""
    return Documents(folder.root / "presets")


def read_preset(path: Path) -> Preset:
    """Return the preset in a file that is shipped."""
    return preset_of(read_fields(path))


def preset_of(fields: Fields, arcs: Mapping[str, Arc] | None = None) -> Preset:
    """Return the preset that some fields say; one that is faulty raises ``InvalidPlanError``.

    Parameters
    ----------
    fields : Fields
        What it says.
    arcs : Mapping[str, Arc] | None
        Those that it may have; None for the shipped ones.
    """
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
        search=_search(fields),
        tracks=fields.words("tracks") if fields.has("tracks") else (),
    )
    fields.finish()
    _check(preset, fields, load_arcs() if arcs is None else arcs)
    return preset


def new_preset(
    words: tuple[str, str], arc: str, folder: DataFolder, *, search: str, tracks: tuple[str, ...]
) -> Preset:
    """Return a clinic's preset with the given words, arc and pool, and a picture of its own.

    The picture's seed comes from the name, so that the same preset looks the same everywhere.

    Parameters
    ----------
    words : tuple[str, str]
        Its title and its line.
    arc : str
        Name of an arc, of the clinic's or shipped.
    folder : DataFolder
        The clinic's data.
    search : str
        Which tracks it may take; empty is all.
    tracks : tuple[str, ...]
        The contents of the tracks it may take; empty is none named.

    Raises
    ------
    InvalidPlanError
        If a shipped preset has this name, or a field is faulty.
    """
    title, line = map(cleaned, words)
    shipped = load_presets()
    name = name_of(title)
    if name in shipped:
        raise InvalidPlanError("name", f"{title} is a preset that is shipped; choose another name")
    seed = int.from_bytes(hashlib.sha256(name.encode()).digest()[:3])
    colors = [preset.color for preset in shipped.values()]
    facts = {
        "name": name,
        "title": title,
        "line": line,
        "arc": arc,
        "bed": True,
        "seed": seed,
        "color": list(colors[seed % len(colors)]),
        "liked": [],
        "avoided": [],
        "default": False,
        "order": CLINIC_ORDER,
        "tracks": list(tracks),
    }
    return preset_of(
        Fields(facts | ({"search": search} if search else {}), ""), load_arcs(folder.arcs)
    )


def facts_of(preset: Preset) -> Document:
    """Return a preset as plain data, as ``preset_of`` reads it."""
    lists = {
        "color": list(preset.color),
        "liked": sorted(preset.liked),
        "avoided": sorted(preset.avoided),
        "tracks": list(preset.tracks),
    }
    facts = asdict(preset) | lists
    return {name: fact for name, fact in facts.items() if fact or name not in {"search", "tracks"}}


def _clinic_presets(folder: DataFolder) -> Iterator[Preset | str]:
    """Yield each of the clinic's presets, or what is wrong with it."""
    documents = clinic_documents(folder)
    arcs = load_arcs(folder.arcs)
    for name in documents.names():
        try:
            preset = preset_of(Fields(documents.get(name) or {}, f"{name}: "), arcs)
        except SoundscapeError as error:
            yield str(error)
            continue
        is_its_own = preset.name == name and not preset.default
        yield preset if is_its_own else f"{name}: must have its own name, and not be the default"


def _place(preset: Preset) -> tuple[int, str]:
    return preset.order, preset.name


def _search(fields: Fields) -> str:
    """Return the search for the pool; empty if there is none.

    Raises
    ------
    InvalidPlanError
        If it cannot be understood.
    """
    search = fields.text("search") if fields.has("search") else ""
    try:
        parse(search)
    except InvalidQueryError as error:
        raise InvalidPlanError(fields.where("search"), str(error)) from error
    return search


def _check(preset: Preset, fields: Fields, arcs: Mapping[str, Arc]) -> None:
    """Refuse fields that do not go together.

    Raises
    ------
    InvalidPlanError
        If there are such.
    """
    arc = arcs.get(preset.arc)
    if not is_name(preset.name):
        raise InvalidPlanError(fields.where("name"), "must be small letters, digits and hyphens")
    if max(len(preset.title), len(preset.line)) > LONGEST_LINE:
        raise InvalidPlanError(fields.where("line"), f"must have {LONGEST_LINE} letters at most")
    if arc is None:
        raise InvalidPlanError(fields.where("arc"), f"must be one of {', '.join(arcs)}")
    if arc.therapist_only:
        raise InvalidPlanError(fields.where("arc"), "must not be one kept for the therapist")
    if not preset.bed and not arc.is_silent:
        raise InvalidPlanError(fields.where("bed"), "must be true where music plays")


def _colors(words: tuple[str, ...], where: str) -> tuple[str, str]:
    if len(words) != len(("from", "to")) or not all(map(_COLOR.fullmatch, words)):
        raise InvalidPlanError(where, "must be two colors as #rrggbb")
    return words[0], words[1]
