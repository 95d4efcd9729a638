"""What a visit's entries come to; ``telling.fold`` makes it from them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from soundscape.session.phases import Anchor
from soundscape.visit.entries import (
    Effect,
    Escort,
    EyeMask,
    FollowUp,
    Gate,
    Intention,
    Item,
    Liked,
    Severity,
    VisitEntry,
)
from soundscape.visit.rules import Rules


class Stage(StrEnum):
    """How far a visit has come."""

    PREPARING = "preparing"
    UNDERWAY = "underway"
    RECOVERING = "recovering"
    DISCHARGED = "discharged"


@dataclass(frozen=True, slots=True)
class Answer:
    """The last answer to an item of the checklist.

    Attributes
    ----------
    utc : datetime
        When it was noted.
    actor : str
        Who noted it.
    at : datetime | None
        The moment it names: of the last food or drink, the review, the bathroom.
    choice : Escort | EyeMask | Intention | None
        What was chosen.
    yes : bool
        What was agreed or done; false also where that is not asked.
    extended : bool
        Of an escort: extended observation is agreed.
    name, phone, text : str
        Of the escort or prescriber; the intention where it is shared.
    """

    utc: datetime
    actor: str
    at: datetime | None = None
    choice: Escort | EyeMask | Intention | None = None
    yes: bool = False
    extended: bool = False
    name: str = ""
    phone: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Override:
    """A named person's word that opens a gate although something is open.

    Attributes
    ----------
    gate : Gate
        Which gate.
    items : frozenset[str]
        What it covers, and no more.
    name, reason : str
        Who says so, and why.
    utc : datetime
        When.
    """

    gate: Gate
    items: frozenset[str]
    name: str
    reason: str
    utc: datetime


@dataclass(frozen=True, slots=True)
class Noted:
    """An after-effect as noted.

    Attributes
    ----------
    effect : Effect
        Which.
    severity : Severity
        How much of it.
    utc : datetime
        When.
    """

    effect: Effect
    severity: Severity
    utc: datetime


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit, as its entries tell it.

    Attributes
    ----------
    alias : str
        The session's label: no name.
    zone : ZoneInfo
        The clinic's time zone.
    rules : Rules
        Those it was opened with.
    answers : Mapping[Item, Answer]
        The last answer to each item.
    overrides : tuple[Override, ...]
        In order.
    session : str
        The identifier of its session; empty until it starts.
    anchors : Mapping[Anchor, datetime]
        When delivery began and ended, in UTC.
    effects : tuple[Noted, ...]
        After-effects, in order.
    vitals : tuple[datetime, ...]
        When values were taken.
    sound : Liked | None
        How the patient found the sound; None where nobody asked.
    escort_present : str
        Who is there to take the patient home; empty until somebody is.
    discharged : datetime | None
        When the patient was discharged.
    follow_up : FollowUp | None
        What became of the follow-up; None before discharge.
    owner : str
        Whose task the follow-up is.
    entries : tuple[VisitEntry, ...]
        All that it was made from.
    refused : tuple[VisitEntry, ...]
        Entries that were not possible and changed nothing.
    """

    alias: str
    zone: ZoneInfo
    rules: Rules
    answers: Mapping[Item, Answer] = field(default_factory=dict)
    overrides: tuple[Override, ...] = ()
    session: str = ""
    anchors: Mapping[Anchor, datetime] = field(default_factory=dict)
    effects: tuple[Noted, ...] = ()
    vitals: tuple[datetime, ...] = ()
    sound: Liked | None = None
    escort_present: str = ""
    discharged: datetime | None = None
    follow_up: FollowUp | None = None
    owner: str = ""
    entries: tuple[VisitEntry, ...] = ()
    refused: tuple[VisitEntry, ...] = ()

    @property
    def ended(self) -> datetime | None:
        """When delivery ended, as the route counts it."""
        return self.anchors.get(self.rules.end)

    @property
    def stage(self) -> Stage:
        """How far it has come."""
        if self.discharged is not None:
            return Stage.DISCHARGED
        if self.ended is not None:
            return Stage.RECOVERING
        return Stage.UNDERWAY if self.session else Stage.PREPARING

    def covered(self, gate: Gate) -> frozenset[str]:
        """Return what overrides have opened at a gate."""
        return frozenset().union(*(o.items for o in self.overrides if o.gate is gate))
