"""What a plan is asked for by; said without loading what finds it, which takes seconds."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from soundscape.session.plan import Join
from soundscape.units import Seconds

Place = tuple[int, int]
"""A place of a plan: the phase, and the place in it, both from 0."""


@dataclass(frozen=True, slots=True)
class PresetWish:
    """What a preset of the clinic's own shall be.

    Attributes
    ----------
    title, line : str
        What its card says.
    arc : str
        Its arc's name.
    search : str
        Where its music comes from; empty is the whole library.
    from_plan : bool
        Its music is that of the plan which is shown.
    ids : tuple[int, ...]
        The tracks of the library that are its music, where they were picked by hand.
    """

    title: str
    line: str
    arc: str
    search: str
    from_plan: bool
    ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """What a therapist asks for.

    Attributes
    ----------
    route, arc : str
        Their names.
    preset : str
        Its name; may be empty.
    delivery_s : Seconds
        Planned time from the start of the dose to its end.
    locks : Mapping[Place, str]
        Contents of the tracks that must stand in a place.
    joins : Mapping[tuple[str, str], Join]
        How one content hands over to another wherever the two meet, if not as usual.
    """

    route: str
    arc: str
    preset: str
    delivery_s: Seconds
    locks: Mapping[Place, str] = field(default_factory=dict)
    joins: Mapping[tuple[str, str], Join] = field(default_factory=dict)
