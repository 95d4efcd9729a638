"""A session of two minutes, from nothing: five short pieces, made here, under a small arc.

It runs as every session does, in its own processes, on data of its own that is deleted afterwards.
What needs long to load is imported by whoever calls this in the background.
"""

import shutil
import subprocess
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

from playlists.analysis.analyzer import analyze_file
from playlists.compiler import planned_track
from playlists.models import Track
from playlists.routes import load_routes
from playlists.starter.bed import make_bed
from playlists.starter.catalog import PIECES
from playlists.starter.pieces import ARTIST, make_starter
from soundscape.clock import Clock
from soundscape.errors import SessionError, SoundscapeError
from soundscape.folders import DataFolder
from soundscape.media.store import Store, content_hash
from soundscape.session.client import SessionClient, arm_free_chair, launch, running_session
from soundscape.session.files import Terms
from soundscape.session.phases import Anchor, Boundary, PhasePlan, nominal_spans
from soundscape.session.plan import PlannedCue, SessionPlan
from soundscape.session.plan_file import write_plan
from soundscape.session.rehearsal import with_assumed
from soundscape.units import Seconds
from ui.words import _

MOOD = "forest"
DELIVERY_S = Seconds(70.0)
FADE_S = Seconds(4.0)
EDGES = (
    Boundary(Anchor.DOSE_START, Seconds(-20.0)),
    Boundary(Anchor.DOSE_START, Seconds(0.0)),
    Boundary(Anchor.DOSE_START, Seconds(25.0)),
    Boundary(Anchor.DELIVERY_END, Seconds(-15.0)),
    Boundary(Anchor.DELIVERY_END, Seconds(8.0)),
    Boundary(Anchor.DELIVERY_END, Seconds(30.0)),
)
"""Where its phases begin and end: two minutes in all."""

_WORKERS = 2
_FADED_S = 20.0
"""A session that was stopped at once is over long before."""
_FILE = "demo-plan.json"


def demo_folder(folder: DataFolder) -> DataFolder:
    """Return where the demo keeps its data while it runs."""
    return DataFolder(folder.root / "first-run-demo")


def demo_phases() -> tuple[PhasePlan, ...]:
    """Return the first five phases of an infusion, each some seconds long."""
    phases = load_routes()["iv"].phases[: len(EDGES) - 1]
    return tuple(
        replace(phase, start=start, end=end, fade_s=FADE_S)
        for phase, start, end in zip(phases, EDGES, EDGES[1:], strict=False)
    )


def begin_demo(
    folder: DataFolder, device: str, title: str, clock: Clock
) -> subprocess.Popen[bytes]:
    """Make the pieces and a plan of them, start its session, and return the session's keeper.

    Parameters
    ----------
    folder : DataFolder
        The chair's data; its calibration is taken over.
    device : str
        Where it is heard; ``null`` for nowhere.
    title : str
        What the session is called.
    clock : Clock
        Dates it.

    Raises
    ------
    SessionError
        If a session runs on this chair.
    """
    if running_session(folder):
        raise SessionError(_("A session runs on this chair; end it before the demo."))
    own = demo_folder(folder)
    end_demo(folder)
    own.root.mkdir(parents=True)
    if folder.room.is_file():
        shutil.copy(folder.room, own.room)
    plan = _plan(own, title)
    path = own.root / _FILE
    write_plan(path, plan, {})
    terms = Terms(device, 1.0, attended=False, lights=False)
    armed = arm_free_chair(own, path, with_assumed(plan, ()), terms, clock)
    return launch(own, armed, clock)


def end_demo(folder: DataFolder) -> None:
    """Delete what a demo left; one that still runs keeps what it has open."""
    shutil.rmtree(demo_folder(folder).root, ignore_errors=True)


def see_off(folder: DataFolder, keeper: "subprocess.Popen[bytes]") -> None:
    """Let a demo that nobody sees any more fade out, and delete what it left."""
    with (
        suppress(SoundscapeError),
        closing(SessionClient(demo_folder(folder).runtime, "desk")) as c,
    ):
        c.stop_at_once()
    with suppress(subprocess.TimeoutExpired):
        keeper.wait(_FADED_S)
    end_demo(folder)


def _plan(own: DataFolder, title: str) -> SessionPlan:
    phases = demo_phases()
    spans = nominal_spans(phases, DELIVERY_S)
    tracks = _tracks(own, [Seconds(end_s - start_s) for start_s, end_s in spans])
    bed_file = own.root / "bed.flac"
    make_bed(bed_file)
    bed = _track(bed_file)
    for track in (*tracks, bed):
        Store(own.store).put(track.path, track.content_hash)
    return SessionPlan(
        route="iv",
        title=title,
        arc="gentle",
        preset="",
        seed=1,
        delivery_s=DELIVERY_S,
        phases=phases,
        cues=tuple(_cue(index, track) for index, track in enumerate(tracks)),
        reserve=(),
        bed=bed.content_hash,
        tracks={track.content_hash: planned_track(track) for track in (*tracks, bed)},
    )


def _tracks(own: DataFolder, lengths_s: Sequence[Seconds]) -> list[Track]:
    """Return a piece for each phase, long enough for its crossfades."""
    pieces = [piece for piece in PIECES if piece.mood == MOOD]
    short = [
        replace(piece, length_s=length_s + 3.0 * FADE_S)
        for piece, length_s in zip(pieces, lengths_s, strict=False)
    ]
    return [_track(p) for p in make_starter(own.starter, seed=1, workers=_WORKERS, pieces=short)]


def _track(path: Path) -> Track:
    return Track(
        content_hash=content_hash(path),
        path=path,
        title=path.stem,
        artist=ARTIST,
        album="",
        analysis=analyze_file(path),
    )


def _cue(phase: int, track: Track) -> PlannedCue:
    start_s, end_s = track.analysis.body_s
    return PlannedCue(phase, track.content_hash, start_s, end_s, FADE_S)
