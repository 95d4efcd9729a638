"""A piece as notes in quarters, whatever it was read from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """A piece with one beat throughout.

    Attributes
    ----------
    notes : list[tuple[float, float, int, int]]
        (start in quarters, length in quarters, MIDI pitch, part), in order of their starts.
    beat_quarters, bar_quarters : float
        Lengths of the meter's beat and bar.
    """

    notes: list[tuple[float, float, int, int]]
    beat_quarters: float
    bar_quarters: float

    @property
    def end_quarters(self) -> float:
        """Where the last note ends."""
        return max(start + length for start, length, _, _ in self.notes)

    @property
    def onsets_per_beat(self) -> float:
        """How many different moments of a beat have notes, on average."""
        starts = {start for start, *_ in self.notes}
        return len(starts) * self.beat_quarters / self.end_quarters
