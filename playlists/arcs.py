"""Arcs: the line of energy over a session's phases, shipped in ``assets/arcs`` or a clinic's own.

An arc either scales the line of each route to a cap, or draws its own line over the phases. It
may also say which tempo and brightness is liked in a phase, softly.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from playlists.routes import Route, energy_points
from soundscape.errors import InvalidPlanError
from soundscape.fields import Fields, read_fields
from soundscape.home import home
from soundscape.session.phases import Phase, PhasePlan

ROUTE_CAP = 0.5
"""The energy cap that the routes' own numbers are written for."""

DEFAULT_ARC = "gentle"
SILENCE = "silence"
_TOLERANCE = 1e-9
_JOINS = (
    (Phase.SETTLE, Phase.DOSE),
    (Phase.DOSE, Phase.RISE),
    (Phase.SETTLE, Phase.RISE),
    (Phase.RISE, Phase.DEEPEN),
    (Phase.DEEPEN, Phase.RETURN),
    (Phase.RETURN, Phase.GROUND),
    (Phase.GROUND, Phase.RECOVER),
)
"""Which phase may follow which, on one route or another: ``dose`` is not on all."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """What an arc asks of one phase; None is what the route asks.

    Attributes
    ----------
    energy : tuple[tuple[float, float], ...] | None
        Target energy as points (fraction of the phase 0-1, energy 0-1), straight between them.
    tempo_bpm, brightness_hz : tuple[float, float] | None
        Ranges that are liked, softly.
    """

    energy: tuple[tuple[float, float], ...] | None = None
    tempo_bpm: tuple[float, float] | None = None
    brightness_hz: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Arc:
    """A line of energy for any route and any time of delivery.

    Attributes
    ----------
    name : str
        As on the command line.
    title, line : str
        For people: its name and one plain sentence.
    cap : float
        Highest target energy, 0-1; 0.0 is silence.
    silence_level_lu : float | None
        Level of the bed where nothing else sounds; None where music plays.
    therapist_only : bool
        Not to be offered to patients.
    stretches : Mapping[Phase, Stretch]
        What it asks of phases; either all of them have a line of energy or none.
    """

    name: str
    title: str
    line: str
    cap: float
    silence_level_lu: float | None
    therapist_only: bool
    stretches: Mapping[Phase, Stretch] = field(default_factory=dict)

    @property
    def is_silent(self) -> bool:
        """True where no music is planned."""
        return self.silence_level_lu is not None

    def brightness_hz(self, phase: Phase) -> tuple[float, float] | None:
        """Return the brightness that is liked in a phase; None is any."""
        return self.stretches.get(phase, Stretch()).brightness_hz


def load_arcs(folder: Path | None = None) -> dict[str, Arc]:
    """Return every arc by its name, the calmest first.

    Parameters
    ----------
    folder : Path | None
        Where the clinic's own lie; None for the shipped ones alone. One that is faulty is left
        out, so that it cannot keep a session from its music; ``arc_faults`` says what is wrong.
    """
    shipped = map(read_arc, sorted((home() / "assets" / "arcs").glob("*.toml")))
    own = {} if folder is None else _clinic_arcs(folder)
    arcs = (*shipped, *(one for one in own.values() if isinstance(one, Arc)))
    return {arc.name: arc for arc in sorted(arcs, key=lambda arc: arc.cap)}


def arc_faults(folder: Path) -> dict[str, InvalidPlanError]:
    """Return what is wrong with each of the clinic's own arcs that cannot be used, by name."""
    found = _clinic_arcs(folder).items()
    return {name: fault for name, fault in found if isinstance(fault, InvalidPlanError)}


def _clinic_arcs(folder: Path) -> dict[str, Arc | InvalidPlanError]:
    """Return each of the clinic's own arcs, or what is wrong with it, by its file's name."""
    return {path.stem: _arc_or_fault(path) for path in sorted(folder.glob("*.toml"))}


def _arc_or_fault(path: Path) -> Arc | InvalidPlanError:
    try:
        return _clinic_arc(path)
    except InvalidPlanError as error:
        return error


def _clinic_arc(path: Path) -> Arc:
    """Return the arc in a file of the clinic's own, which has the file's name and no other's.

    Raises
    ------
    InvalidPlanError
        If it has not.
    """
    arc = read_arc(path)
    if arc.name != path.stem:
        raise InvalidPlanError(f"{path.name}: name", f"must be {path.stem}, as the file's")
    if (home() / "assets" / "arcs" / path.name).exists():
        raise InvalidPlanError(f"{path.name}: name", "must not be that of a shipped arc")
    return arc


def read_arc(path: Path) -> Arc:
    """Return the arc in a file.

    Raises
    ------
    InvalidPlanError
        If it is faulty; ``where`` names the field.
    """
    fields = read_fields(path)
    silent = fields.has("silence_level_lu")
    arc = Arc(
        name=fields.text("name"),
        title=fields.text("title"),
        line=fields.text("line"),
        cap=fields.number("cap", 0.0, 1.0),
        silence_level_lu=fields.number("silence_level_lu", -24.0, 0.0) if silent else None,
        therapist_only=fields.flag("therapist_only"),
        stretches=_stretches(fields.table("phases")) if fields.has("phases") else {},
    )
    fields.finish()
    if (arc.cap == 0.0) is not silent:
        raise InvalidPlanError(f"{path.name}: cap", "must be 0 for silence and only there")
    _check(arc, path.name)
    return arc


def _stretches(fields: Fields) -> dict[Phase, Stretch]:
    found = {phase: _stretch(fields.table(phase)) for phase in Phase if fields.has(phase)}
    fields.finish()
    return found


def _stretch(fields: Fields) -> Stretch:
    stretch = Stretch(
        energy=energy_points(fields) if fields.has("energy") else None,
        tempo_bpm=fields.pair("tempo_bpm", 20.0, 300.0) if fields.has("tempo_bpm") else None,
        brightness_hz=(
            fields.pair("brightness_hz", 20.0, 20_000.0) if fields.has("brightness_hz") else None
        ),
    )
    fields.finish()
    return stretch


def _check(arc: Arc, file_name: str) -> None:
    """Refuse a line that has gaps, steps at a join or passes the cap.

    Raises
    ------
    InvalidPlanError
        Naming the first faulty field.
    """
    lines = {phase: one.energy for phase, one in arc.stretches.items() if one.energy is not None}
    if not lines:
        return
    for phase in Phase:
        where = f"{file_name}: phases.{phase.value}.energy"
        if phase not in lines:
            raise InvalidPlanError(where, "must be there, as other phases have theirs")
        if max(energy for _, energy in lines[phase]) > arc.cap + _TOLERANCE:
            raise InvalidPlanError(where, f"must not pass the cap of {arc.cap:g}")
    for before, after in _JOINS:
        if abs(lines[before][-1][1] - lines[after][0][1]) > _TOLERANCE:
            where = f"{file_name}: phases.{after.value}.energy"
            raise InvalidPlanError(where, f"must begin where that of {before.value} ends")


def scaled(route: Route, arc: Arc) -> tuple[PhasePlan, ...]:
    """Return the route's phases with the arc's energies and tempi.

    Where the arc draws no line, one factor scales the route's whole line to the arc's cap, which
    keeps it continuous. For silence the energies are 0 and the level is the arc's, so that only
    a bed, if there is one, is heard.
    """
    return tuple(_asked(phase, arc) for phase in route.phases)


def _asked(phase: PhasePlan, arc: Arc) -> PhasePlan:
    stretch = arc.stretches.get(phase.name, Stretch())
    factor = arc.cap / ROUTE_CAP
    level_lu = arc.silence_level_lu
    energy = tuple((fraction, energy * factor) for fraction, energy in phase.energy)
    return replace(
        phase,
        energy=stretch.energy or energy,
        tempo_bpm=(stretch.tempo_bpm or phase.tempo_bpm) if level_lu is None else None,
        level_lu=phase.level_lu if level_lu is None else (level_lu, level_lu),
    )
