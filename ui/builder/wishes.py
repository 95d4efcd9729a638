"""What a plan is asked for by; said without loading what finds it, which takes seconds."""

from dataclasses import dataclass

from soundscape.units import Seconds


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
    """

    route: str
    arc: str
    preset: str
    delivery_s: Seconds
