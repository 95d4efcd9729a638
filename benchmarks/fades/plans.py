"""Session plans of tones with one phase, so that nothing but the cues is heard."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.fades.job import write_tone
from soundscape.folders import DataFolder
from soundscape.media.store import Store, content_hash
from soundscape.session.phases import Anchor, Boundary, Phase, PhasePlan, Scene
from soundscape.session.plan import PlannedCue, PlannedTrack, SessionPlan
from soundscape.session.plan_file import write_plan
from soundscape.units import Decibels, Seconds

BED_HZ = 220.0
BED_S = 60.0
_SCENE = Scene((0.1, 0.1), (0.1, 0.1), Seconds(1.0))


@dataclass(frozen=True, slots=True)
class ToneCue:
    """A tone that sounds once, whole.

    Attributes
    ----------
    frequency_hz : float
        The tone.
    duration_s : Seconds
        How long, with its fades.
    fade_s : Seconds
        The crossfade into it.
    """

    frequency_hz: float
    duration_s: Seconds
    fade_s: Seconds


def stored_plan(
    folder: DataFolder, tones: Sequence[ToneCue], end_s: Seconds, suffix: str = ".wav"
) -> Path:
    """Put tones and a bed into a chair's store and return the file of the plan that plays them.

    The first tone begins at once and at full level; after the last one comes the bed.
    """
    tracks = [_stored(folder, each.frequency_hz, each.duration_s, suffix) for each in tones]
    bed = _stored(folder, BED_HZ, Seconds(BED_S), suffix)
    cues = tuple(
        PlannedCue(0, track.content_hash, Seconds(0.0), track.duration_s, each.fade_s)
        for track, each in zip(tracks, tones, strict=True)
    )
    plan = SessionPlan(
        route="iv",
        title="Tones",
        arc="gentle",
        preset="",
        seed=0,
        delivery_s=end_s,
        phases=(_phase(end_s),),
        cues=cues,
        reserve=(),
        bed=bed.content_hash,
        tracks={track.content_hash: track for track in [*tracks, bed]},
    )
    file = folder.root / "plan.json"
    write_plan(file, plan, {})
    return file


def _phase(end_s: Seconds) -> PhasePlan:
    start, end = (Boundary(Anchor.DOSE_START, Seconds(at_s)) for at_s in (0.0, end_s))
    return PhasePlan(
        Phase.RETURN, start, end, holds=False, energy=((0.0, 0.3), (1.0, 0.3)), tempo_bpm=None,
        level_lu=(0.0, 0.0), fade_s=Seconds(0.0), scene=_SCENE, source="a benchmark",
    )  # fmt: skip


def _stored(
    folder: DataFolder, frequency_hz: float, duration_s: Seconds, suffix: str
) -> PlannedTrack:
    source = folder.root / "sources" / f"{frequency_hz:g}-{duration_s:g}{suffix}"
    source.parent.mkdir(parents=True, exist_ok=True)
    write_tone(source, frequency_hz, duration_s)
    digest = content_hash(source)
    Store(folder.store).put(source, digest)
    source.unlink()
    return PlannedTrack(
        content_hash=digest, title=f"Tone {frequency_hz:g}", artist="Benchmark", suffix=suffix,
        duration_s=duration_s, music_start_s=Seconds(0.0), music_end_s=duration_s,
        gain_db=Decibels(0.0), energy=0.3,
    )  # fmt: skip
