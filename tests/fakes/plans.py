"""Short session plans of computed tones, with their files in a store."""

from dataclasses import asdict
from functools import partial
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from soundscape.folders import DataFolder
from soundscape.media.store import Store, content_hash
from soundscape.media.writer import write_audio
from soundscape.session.phases import Anchor, Boundary, Phase, PhasePlan, Scene
from soundscape.session.plan import PlannedCue, PlannedTrack, SessionPlan
from soundscape.units import SESSION_RATE_HZ, Decibels, Seconds

SCENE = Scene((0.1, 0.0), (0.4, 0.05), Seconds(10.0))


def tone(frequency_hz: float, duration_s: float, peak: float = 0.05) -> NDArray[np.float32]:
    """Return a stereo tone, shape (frames, 2); the right ear a fifth above the left.

    Its frequency is a whole number, so that it comes again every two seconds.
    """
    assert float(frequency_hz).is_integer()
    time_s = np.arange(2 * SESSION_RATE_HZ) / SESSION_RATE_HZ
    left = np.sin(2.0 * np.pi * frequency_hz * time_s)
    right = np.sin(3.0 * np.pi * frequency_hz * time_s)
    again = (peak * np.column_stack([left, right])).astype(np.float32)
    return np.resize(again, (round(duration_s * SESSION_RATE_HZ), 2))


def stored_tone(folder: DataFolder, frequency_hz: float, duration_s: float) -> PlannedTrack:
    """Put a tone into the chair's store and return its track."""
    source = folder.root / "sources" / f"{frequency_hz:g}.wav"
    source.parent.mkdir(parents=True, exist_ok=True)
    write_audio(source, [tone(frequency_hz, duration_s)])
    digest = content_hash(source)
    Store(folder.store).put(source, digest)
    source.unlink()
    return planned_tone(digest, frequency_hz, duration_s)


def planned_tone(digest: str, frequency_hz: float, duration_s: float) -> PlannedTrack:
    """Return the track of a tone, whether or not there is a file of it."""
    return PlannedTrack(
        content_hash=digest,
        title=f"Tone {frequency_hz:g}",
        artist="Test",
        suffix=".wav",
        duration_s=Seconds(duration_s),
        music_start_s=Seconds(0.0),
        music_end_s=Seconds(duration_s),
        gain_db=Decibels(-3.0),
        energy=frequency_hz / 1000.0,
    )


def _unstored_tone(frequency_hz: float, duration_s: float) -> PlannedTrack:
    digest = sha256(f"{frequency_hz:g}".encode()).hexdigest()
    return planned_tone(digest, frequency_hz, duration_s)


def phase(  # noqa: PLR0913 -- a row of a table
    name: Phase, start: Boundary, end: Boundary, energy: tuple[float, float], *, fade_s: float,
    level_lu: tuple[float, float] = (0.0, 0.0), holds: bool = False,
) -> PhasePlan:  # fmt: skip
    """Return a phase whose energy goes straight from one value to another."""
    return PhasePlan(
        name, start, end, holds, ((0.0, energy[0]), (1.0, energy[1])), None, level_lu,
        Seconds(fade_s), SCENE, "a test",
    )  # fmt: skip


def at(anchor: Anchor, offset_s: float) -> Boundary:
    """Return a boundary."""
    return Boundary(anchor, Seconds(offset_s))


def short_phases(unit_s: float) -> tuple[PhasePlan, ...]:
    """Return the IV route with a phase of about one unit of time each."""
    dose, end = Anchor.DOSE_START, Anchor.DELIVERY_END
    u = unit_s
    return (
        phase(Phase.SETTLE, at(dose, -u), at(dose, 0), (0.3, 0.2), fade_s=2.0, holds=True),
        phase(Phase.RISE, at(dose, 0), at(dose, u), (0.2, 0.3), fade_s=4.0),
        phase(Phase.DEEPEN, at(dose, u), at(end, -u / 4), (0.3, 0.5), fade_s=4.0,
              level_lu=(0.0, 1.0)),
        phase(Phase.RETURN, at(end, -u / 4), at(end, u), (0.5, 0.2), fade_s=5.0,
              level_lu=(-1.0, -2.0)),
        phase(Phase.GROUND, at(end, u), at(end, 2 * u), (0.2, 0.3), fade_s=5.0,
              level_lu=(-3.0, -3.0)),
        phase(Phase.RECOVER, at(end, 2 * u), at(end, 3 * u), (0.3, 0.1), fade_s=5.0,
              level_lu=(-6.0, -6.0), holds=True),
    )  # fmt: skip


def short_plan(folder: DataFolder | None, unit_s: float = 20.0) -> SessionPlan:
    """Return a plan of some tones, two cues in each phase, with two in reserve and a bed.

    Without a folder nothing is stored: such a plan can be read, and not played.
    """
    made = _unstored_tone if folder is None else partial(stored_tone, folder)
    tracks = [made(200.0 + 10.0 * n, 1.6 * unit_s) for n in range(14)]
    bed = made(110.0, 12.0)
    first = Seconds(0.4 * unit_s)
    cues = tuple(
        PlannedCue(
            phase=index // 2,
            track=track.content_hash,
            source_in_s=Seconds(0.0),
            source_out_s=first if index % 2 == 0 else track.duration_s,
            fade_s=Seconds(3.0),
        )
        for index, track in enumerate(tracks[:12])
    )
    return SessionPlan(
        route="iv",
        title="Test, IV",
        arc="gentle",
        preset="",
        seed=0,
        delivery_s=Seconds(2.0 * unit_s),
        phases=short_phases(unit_s),
        cues=cues,
        reserve=tuple(track.content_hash for track in tracks[12:]),
        bed=bed.content_hash,
        tracks={track.content_hash: track for track in [*tracks, bed]},
    )


def other_order(plan: SessionPlan) -> dict[str, object]:
    """Return the facts of an order that turns each phase around and ends with the reserve."""
    spare = [
        PlannedCue(
            phase=len(plan.phases) - 1,
            track=name,
            source_in_s=plan.tracks[name].music_start_s,
            source_out_s=plan.tracks[name].music_end_s,
            fade_s=Seconds(8.0),
        )
        for name in plan.reserve
    ]
    turned = [cue for n, _ in enumerate(plan.phases) for cue in plan.cues[::-1] if cue.phase == n]
    return {"cues": [asdict(cue) for cue in (*turned, *spare)]}


def make_short_bed(folder: DataFolder) -> None:
    """Lay a bed of some seconds into a chair's data, so that none has to be made."""
    noise = np.random.default_rng(1).normal(0.0, 0.02, (48_000 * 25, 2)).astype(np.float32)
    folder.starter.mkdir(parents=True)
    write_audio(folder.starter / "bed.flac", [noise])


def data_folder(root: Path) -> DataFolder:
    """Return a data folder under a test's own folder."""
    return DataFolder(root / "data")
