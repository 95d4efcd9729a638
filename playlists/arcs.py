"""Arcs: how high a session's energy may rise, read from ``assets/arcs``."""

from dataclasses import dataclass, replace
from pathlib import Path

from playlists.routes import Route
from soundscape.errors import InvalidPlanError
from soundscape.fields import read_fields
from soundscape.home import home
from soundscape.session.phases import PhasePlan

ROUTE_CAP = 0.5
"""The energy cap that the routes' own numbers are written for."""

DEFAULT_ARC = "gentle"
SILENCE = "silence"


@dataclass(frozen=True, slots=True)
class Arc:
    """A cap on energy that scales a route's whole line.

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
    """

    name: str
    title: str
    line: str
    cap: float
    silence_level_lu: float | None
    therapist_only: bool

    @property
    def is_silent(self) -> bool:
        """True where no music is planned."""
        return self.silence_level_lu is not None


def load_arcs() -> dict[str, Arc]:
    """Return every shipped arc by its name, the calmest first."""
    arcs = map(read_arc, (home() / "assets" / "arcs").glob("*.toml"))
    return {arc.name: arc for arc in sorted(arcs, key=lambda arc: arc.cap)}


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
    )
    fields.finish()
    if (arc.cap == 0.0) is not silent:
        raise InvalidPlanError(f"{path.name}: cap", "must be 0 for silence and only there")
    return arc


def scaled(route: Route, arc: Arc) -> tuple[PhasePlan, ...]:
    """Return the route's phases with energies scaled to the arc's cap.

    One factor for the whole line keeps it continuous. For silence the energies are 0 and the
    level is the arc's, so that only a bed, if there is one, is heard.
    """
    factor = arc.cap / ROUTE_CAP
    level_lu = arc.silence_level_lu
    return tuple(
        replace(
            phase,
            energy=tuple((fraction, energy * factor) for fraction, energy in phase.energy),
            tempo_bpm=phase.tempo_bpm if level_lu is None else None,
            level_lu=phase.level_lu if level_lu is None else (level_lu, level_lu),
        )
        for phase in route.phases
    )
