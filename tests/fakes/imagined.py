"""Plans of music that nobody recorded: each track a chord whose every frame is known."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from fakes.plans import at, phase
from hypothesis import strategies as st
from numpy.typing import NDArray

from soundscape.session.cues import Shape
from soundscape.session.phases import Anchor, Phase, PhasePlan
from soundscape.session.plan import PlannedCue, PlannedTrack, SessionPlan
from soundscape.units import SESSION_RATE_HZ, Decibels, Frames, Seconds

TRACKS = 20
BED = TRACKS
PEAK = 0.03
PARTIALS = 3
PERIOD_S = 7
"""A track's chord comes again after so long: no jump of another length goes unnoticed."""

GAIN_DB = Decibels(-3.0)


def name_of(number: int) -> str:
    """Return a track's content hash."""
    return f"{number:064x}"


def frequencies_hz(number: int) -> NDArray[np.float64]:
    """Return the partials of a track, which no other track has."""
    return (300 + 13 * number + np.array([0, 401, 977]) + 1.0) / PERIOD_S


def chord(number: int) -> NDArray[np.float32]:
    """Return a period of a track, shape (frames, 2)."""
    time_s = np.arange(PERIOD_S * SESSION_RATE_HZ)[:, None] / SESSION_RATE_HZ
    turns = time_s * frequencies_hz(number) + np.arange(PARTIALS) / 7.0
    left, right = (np.sin(2 * np.pi * (turns + shift)).sum(axis=1) for shift in (0.0, 0.25))
    return (PEAK / PARTIALS * np.column_stack([left, right])).astype(np.float32)


def natural_step() -> float:
    """Return the largest step from frame to frame that any track has by itself, untrimmed."""
    highest_hz = max(frequencies_hz(number).max() for number in range(TRACKS + 1))
    return float(PEAK * 2.0 * np.pi * highest_hz / SESSION_RATE_HZ)


class Imagined:
    """Opens tracks that have no files."""

    def __init__(self) -> None:
        self._chords = {name_of(n): chord(n) for n in range(TRACKS + 1)}

    def __call__(self, path: Path, start: Frames) -> "Sounding":
        """Open a track at a frame."""
        return Sounding(self._chords[path.stem], start)

    def frames(self, track: str, start: int, length: int) -> NDArray[np.float32]:
        """Return a track's frames, shape (length, 2)."""
        return Sounding(self._chords[track], start).read(length)


class Sounding:
    """A track that never ends."""

    def __init__(self, period: NDArray[np.float32], start: int) -> None:
        self._period, self._next = period, start

    def read(self, length: int) -> NDArray[np.float32]:
        """Return the next frames, shape (length, 2)."""
        places = np.arange(self._next, self._next + length) % len(self._period)
        self._next += length
        return self._period[places]

    def close(self) -> None:
        """Nothing to close."""


def planned_track(number: int, length_s: int, start_s: int = 0) -> PlannedTrack:
    """Return a track of the plan."""
    return PlannedTrack(
        content_hash=name_of(number),
        title=f"Chord {number}",
        artist="Test",
        suffix=".wav",
        duration_s=Seconds(length_s + 2.0),
        music_start_s=Seconds(start_s),
        music_end_s=Seconds(float(length_s)),
        gain_db=GAIN_DB,
        energy=number / TRACKS,
    )


@st.composite
def phase_plans(draw: st.DrawFn) -> tuple[PhasePlan, ...]:
    """Draw the phases of a route with a pump, or of one that counts everything from the dose."""
    unit = st.integers(8, 120)
    fade = st.sampled_from([2.0, 5.0, 12.0, 20.0])
    level = st.sampled_from([0.0, 1.0, -2.0, -6.0])
    names = [Phase.SETTLE, Phase.RISE, Phase.DEEPEN, Phase.RETURN, Phase.GROUND, Phase.RECOVER]
    has_pump = draw(st.booleans())
    late = Anchor.DELIVERY_END if has_pump else Anchor.DOSE_START
    first, *lengths = (draw(unit) for _ in names)
    rise, deepen, back, ground, recover = lengths
    edges = [at(Anchor.DOSE_START, -first), at(Anchor.DOSE_START, 0), at(Anchor.DOSE_START, rise)]
    sums = np.cumsum([-back / 2 if has_pump else rise + deepen, back, ground, recover])
    edges += [at(late, float(each)) for each in sums]
    return tuple(
        phase(
            name, edges[i], edges[i + 1], (draw(st.floats(0.0, 1.0)), 0.5), fade_s=draw(fade),
            level_lu=(draw(level), draw(level)), holds=i in {0, 5},
        )
        for i, name in enumerate(names)
    )  # fmt: skip


@st.composite
def plans(draw: st.DrawFn, gaps_s: Sequence[float] = (0.0,)) -> SessionPlan:
    """Draw a plan: any number of cues a phase, some shorter than their phase, some longer."""
    phases = draw(phase_plans())
    numbers = iter(range(TRACKS))
    cues, tracks = [], {name_of(BED): planned_track(BED, draw(st.integers(12, 90)))}
    for index in range(len(phases)):
        for number in (next(numbers) for _ in range(draw(st.integers(0, 2)))):
            start_s, length_s = draw(st.integers(0, 3)), draw(st.integers(20, 150))
            tracks[name_of(number)] = planned_track(number, start_s + length_s, start_s)
            out_s = Seconds(float(start_s + draw(st.integers(20, length_s))))
            fade_s = Seconds(draw(st.sampled_from([1.0, 3.0, 8.0, 15.0])))
            cues.append(
                PlannedCue(
                    index, name_of(number), Seconds(float(start_s)), out_s, fade_s,
                    draw(st.sampled_from(Shape)), Seconds(draw(st.sampled_from(gaps_s))),
                )
            )  # fmt: skip
    reserve = [next(numbers) for _ in range(draw(st.integers(0, 3)))]
    tracks |= {name_of(n): planned_track(n, draw(st.integers(60, 150))) for n in reserve}
    return SessionPlan(
        route="iv",
        title="Imagined",
        arc="gentle",
        preset="",
        seed=0,
        delivery_s=Seconds(float(draw(st.integers(60, 240)))),
        phases=phases,
        cues=tuple(cues),
        reserve=tuple(map(name_of, reserve)),
        bed=name_of(BED),
        tracks=tracks,
    )
