"""A session plan: all that a session will play and show, checked and frozen.

The host needs nothing else but the files in the chair's store: no library, no preset. A plan
is written as JSON; ``read_plan`` refuses one that is not whole, with the path of its fault.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from soundscape.session.cues import Shape
from soundscape.session.phases import PhasePlan
from soundscape.units import Decibels, Seconds

PLAN_FORMAT = "soundscape-plan/1"

NO_GAP_S = Seconds(0.0)
LONGEST_GAP_S = Seconds(5.0)
"""A breath between two tracks; whoever lies there is not to think that something has failed."""


@dataclass(frozen=True, slots=True)
class Join:
    """How one track hands over to the next.

    Attributes
    ----------
    fade_s : Seconds
        Length of the crossfade; where there is a gap, of each of the two fades beside it.
    shape : Shape
        Law of the fades.
    gap_s : Seconds
        Silence between the two; 0 is none, and they cross.
    """

    fade_s: Seconds
    shape: Shape = Shape.EQUAL_POWER
    gap_s: Seconds = NO_GAP_S

    @property
    def overlap_s(self) -> Seconds:
        """How long both sound together; less than nothing where neither does."""
        return Seconds(-self.gap_s) if self.gap_s else self.fade_s


@dataclass(frozen=True, slots=True)
class PlannedTrack:
    """A track as the plan needs it; its file lies in the chair's store under its hash.

    Attributes
    ----------
    content_hash : str
        SHA-256 of the file, 64 hexadecimal digits.
    title, artist : str
        For the record and the desk.
    suffix : str
        The stored file's ending, as ``.flac``.
    duration_s : Seconds
        Decoded length.
    music_start_s, music_end_s : Seconds
        Where its sound begins and ends, silence trimmed.
    gain_db : Decibels
        Its fixed trim to the session's nominal loudness.
    energy : float
        0-1.
    """

    content_hash: str
    title: str
    artist: str
    suffix: str
    duration_s: Seconds
    music_start_s: Seconds
    music_end_s: Seconds
    gain_db: Decibels
    energy: float


@dataclass(frozen=True, slots=True)
class PlannedCue:
    """One track's place in a phase; cues of a phase follow each other with crossfades.

    The last cue of a phase plays on until the phase ends, if its music lasts.

    Attributes
    ----------
    phase : int
        Index into the plan's phases.
    track : str
        Content hash of the track.
    source_in_s, source_out_s : Seconds
        The stretch of the track that may sound.
    fade_s : Seconds
        Crossfade from the cue before it; at a phase's first cue the phase's own fade is used.
    shape : Shape
        Law of that crossfade; a track that follows itself is always crossed straight.
    gap_s : Seconds
        Silence before it, none at a phase's first cue: a phase begins with its music.
    """

    phase: int
    track: str
    source_in_s: Seconds
    source_out_s: Seconds
    fade_s: Seconds
    shape: Shape = Shape.EQUAL_POWER
    gap_s: Seconds = NO_GAP_S

    @property
    def join(self) -> Join:
        """How the cue before it hands over to it."""
        return Join(self.fade_s, self.shape, self.gap_s)


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """A session, compiled.

    Attributes
    ----------
    route : str
        ``iv``, ``im``, ``intranasal`` or ``sublingual``.
    title : str
        What the desk calls it, as ``Ember, IV 40 min``.
    arc, preset : str
        Names of what it was made from; preset may be empty.
    seed : int
        What the solver was seeded with.
    delivery_s : Seconds
        Planned time from the start of the dose to its end.
    phases : tuple[PhasePlan, ...]
        In order, each starting where the one before ends.
    cues : tuple[PlannedCue, ...]
        In order of sounding.
    reserve : tuple[str, ...]
        Hashes of further fitting tracks, for when a phase lasts longer.
    bed : str
        Hash of the track that loops when everything else has been heard.
    tracks : Mapping[str, PlannedTrack]
        Every track named above, by its hash.
    """

    route: str
    title: str
    arc: str
    preset: str
    seed: int
    delivery_s: Seconds
    phases: tuple[PhasePlan, ...]
    cues: tuple[PlannedCue, ...]
    reserve: tuple[str, ...]
    bed: str
    tracks: Mapping[str, PlannedTrack]
