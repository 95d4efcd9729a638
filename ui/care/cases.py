"""Who works at the desk, which visits are open, which follow-ups are due."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from soundscape.clinic.roles import Actor
from soundscape.clinic.visits import FollowUp
from soundscape.visit.entries import FollowUp as FollowUpState
from soundscape.visit.state import Visit


@dataclass(frozen=True, slots=True)
class Signed:
    """Whoever has signed in.

    Attributes
    ----------
    actor : Actor
        Who they are to the records.
    name : str
        What they are called.
    """

    actor: Actor
    name: str


@dataclass(frozen=True, slots=True)
class Case:
    """A visit that is open.

    Attributes
    ----------
    id : str
        Its identifier.
    visit : Visit
        What its entries come to.
    texts : Mapping[str, str]
        What a session's record only refers to, by reference.
    """

    id: str
    visit: Visit
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Due:
    """A follow-up on the care list.

    Attributes
    ----------
    follow_up : FollowUp
        When, whose, and what became of it.
    alias : str
        What the patient is called here.
    """

    follow_up: FollowUp
    alias: str

    def as_(self, state: str, owner: str) -> FollowUp:
        """Return the follow-up as somebody settled it."""
        return replace(self.follow_up, state=state, owner=owner)

    def window(self) -> tuple[datetime, datetime]:
        """Return when it opens and closes, in local time."""
        edges = (self.follow_up.opens_utc, self.follow_up.closes_utc)
        opens, closes = (datetime.fromisoformat(edge).astimezone() for edge in edges)
        return opens, closes

    def is_open(self, at: datetime) -> bool:
        """Return whether somebody is to speak with the patient now, or should have."""
        return self.follow_up.state == FollowUpState.DUE and at >= self.window()[0]
