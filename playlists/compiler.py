"""From a therapist's request and a library to a session plan whose files the chair owns."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from playlists.arcs import DEFAULT_ARC, Arc, arc_faults, load_arcs, scaled
from playlists.models import Track
from playlists.pools import pool_of
from playlists.presets import Preset, load_presets
from playlists.routes import Route, load_routes, with_delivery
from playlists.solver.alternatives import Alternative
from playlists.solver.arrange import Arrangement, arranged, swaps
from playlists.solver.attempt import Locks, Task
from playlists.solver.constraints import Rules
from playlists.solver.cost import Taste
from playlists.solver.layout import Placed, Slot, slots_of
from playlists.solver.pool import Wishes
from playlists.solver.proof import Proof, phase_proofs
from playlists.solver.solve import Found, Order, solve
from playlists.solver.trim import trim_db
from playlists.stock import Stock
from soundscape.clock import Clock, MachineClock
from soundscape.errors import InvalidPlanError, StoreError
from soundscape.folders import DataFolder
from soundscape.media.store import Store, content_hash
from soundscape.session.phases import PhasePlan
from soundscape.session.plan import PlannedCue, PlannedTrack, SessionPlan
from soundscape.session.plan_file import write_plan
from soundscape.units import Seconds

Named = TypeVar("Named")


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """What is asked for.

    Attributes
    ----------
    route : str
        Name of a route.
    delivery_s : Seconds | None
        Planned time from the start of the dose to its end; None is the route's own.
    arc : str
        Name of an arc; empty is the preset's, or else the default.
    preset : str
        Name of a preset; may be empty.
    avoid : frozenset[str]
        Tags that keep a track out.
    seed : int
        Which of the good solutions to prefer, 0 or more; 1 is the best that is found.
    locks : Locks
        Content hashes of tracks that have to stand at a place, by phase and place in it from 0.
    earlier : tuple[frozenset[str], ...]
        Content hashes of each list that this patient has heard and is not to hear again.
    licensed_only : bool
        Use no track whose licence nobody has noted.
    """

    route: str
    delivery_s: Seconds | None = None
    arc: str = ""
    preset: str = ""
    avoid: frozenset[str] = frozenset()
    seed: int = 1
    locks: Locks = field(default_factory=dict)
    earlier: tuple[frozenset[str], ...] = ()
    licensed_only: bool = False


@dataclass(frozen=True, slots=True)
class Solution:
    """A plan with its proof; where there is no plan, the proof says what is missing."""

    plan: SessionPlan | None
    proof: Proof


@dataclass(frozen=True, slots=True)
class _Request:
    """A request with every name looked up."""

    request: PlanRequest
    route: Route
    arc: Arc
    preset: Preset | None
    phases: tuple[PhasePlan, ...]

    @property
    def title(self) -> str:
        low_s, high_s = self.route.delivery_range_s
        minutes = "" if low_s == high_s else f", {self.route.delivery_s / 60:g} min"
        return f"{(self.preset or self.arc).title}, {self.route.title}{minutes}"

    @property
    def slots(self) -> tuple[Slot, ...]:
        return slots_of(self.phases, self.route.delivery_s, self.arc.brightness_hz)

    @property
    def avoid(self) -> frozenset[str]:
        own = frozenset(tag.casefold() for tag in self.request.avoid)
        return own | (self.preset.avoided if self.preset else frozenset())


def make_plan(
    request: PlanRequest,
    stock: Stock,
    folder: DataFolder,
    *,
    clock: Clock | None = None,
) -> Solution:
    """Return the plan that a library gives for a request, its files copied into the store.

    The same request and library give the same plan.

    Parameters
    ----------
    request : PlanRequest
        What is asked for; a name that is not known raises ``InvalidPlanError``.
    stock : Stock
        The whole library; a file that is not where it was last seen counts as absent.
    folder : DataFolder
        The chair's data, with its store and its bed; ``StoreError`` names the files that
        cannot be copied there.
    clock : Clock | None
        Times the search for the proof; None is the machine's.
    """
    clock = clock or MachineClock()
    wanted = _looked_up(request, folder)
    if wanted.arc.is_silent:
        return _silence(wanted, folder, clock)
    return _compiled(wanted, solve(_order(wanted, stock), clock), folder)


def arrange_plan(
    request: PlanRequest,
    arrangement: Arrangement,
    stock: Stock,
    folder: DataFolder,
    *,
    clock: Clock | None = None,
) -> Solution:
    """Return the plan with tracks and crossfades just as a therapist arranged them.

    As ``make_plan``, but nothing is searched; where the arrangement does not hold, the proof
    says so.
    """
    wanted = _looked_up(request, folder)
    order = _order(wanted, stock, arrangement.tracks)
    found = arranged(order, arrangement, clock or MachineClock())
    return _compiled(wanted, found, folder)


def swaps_for(
    request: PlanRequest,
    arrangement: Arrangement,
    place: tuple[int, int],
    stock: Stock,
    folder: DataFolder,
) -> tuple[Alternative, ...]:
    """Return what could stand in a place of a plan, the best first, each with its reasons.

    Parameters
    ----------
    request : PlanRequest
        What the plan was asked for with.
    arrangement : Arrangement
        What stands where.
    place : tuple[int, int]
        Phase and place in it, from 0.
    stock : Stock
        The whole library.
    folder : DataFolder
        The chair's data.
    """
    order = _order(_looked_up(request, folder), stock, arrangement.tracks)
    return swaps(order, arrangement, place)


def _compiled(wanted: _Request, found: Found, folder: DataFolder) -> Solution:
    """Return what was found as a plan, its files copied; no plan where it does not hold."""
    if not found.proof.ok:
        return Solution(None, found.proof)
    bed = _bed(folder)
    cued = [cue.track for cue in found.placed]
    _copy([*cued, *found.reserve, bed], folder)
    return Solution(_plan(wanted, found, bed), found.proof)


def _order(wanted: _Request, stock: Stock, named: frozenset[str] = frozenset()) -> Order:
    """Return what is asked of the solver; a file that is not where it was counts as absent.

    What somebody named for a place is at hand, also where a preset takes its music elsewhere.
    """
    asked = wanted.request
    pool = stock.tracks
    if wanted.preset:
        own = {track.content_hash for track in pool_of(wanted.preset, pool)}
        own |= named.union(asked.locks.values())
        pool = [track for track in pool if track.content_hash in own]
    here = (replace(t, present=t.present and t.path.is_file()) for t in pool)
    liked = wanted.preset.liked if wanted.preset else frozenset()
    known = frozenset(track for heard in asked.earlier for track in heard)
    wishes = Wishes(Taste(liked, known), asked.seed)
    return Order(
        route=wanted.route.name,
        task=Task(wanted.slots, wishes, asked.locks, complete=stock.complete),
        tracks=tuple(sorted(here, key=lambda track: track.content_hash)),
        rules=Rules(wanted.avoid, asked.licensed_only),
        earlier=asked.earlier,
    )


def write_solution(path: Path, solution: Solution) -> None:
    """Write a solution's plan with its proof, if there is one.

    How long it took stays out of the file: the same library and seed give the same bytes.
    """
    if solution.plan is not None:
        proof = solution.proof.to_json()
        lasting = {name: value for name, value in proof.items() if name != "seconds"}
        write_plan(path, solution.plan, lasting)


def _looked_up(request: PlanRequest, folder: DataFolder) -> _Request:
    if request.seed < 0:
        raise InvalidPlanError("seed", "must be 0 or more")
    route = _named(load_routes(), request.route, "route")
    delivery_s = route.delivery_s if request.delivery_s is None else request.delivery_s
    route = with_delivery(route, delivery_s)
    preset = _named(load_presets(folder), request.preset, "preset") if request.preset else None
    arc_name = request.arc or (preset.arc if preset else DEFAULT_ARC)
    arcs = load_arcs(folder.arcs)
    if arc_name not in arcs:  # it may be one of the clinic's own that is faulty
        raise arc_faults(folder.arcs).get(arc_name) or _unknown(arcs, arc_name, "arc")
    arc = arcs[arc_name]
    if preset and arc.is_silent is not arcs[preset.arc].is_silent:
        raise InvalidPlanError("arc", f"{arc.name} does not go with the preset {preset.title}")
    return _Request(request, route, arc, preset, scaled(route, arc))


def _named(known: dict[str, Named], name: str, where: str) -> Named:
    if name not in known:
        raise _unknown(known, name, where)
    return known[name]


def _unknown(known: Iterable[str], name: str, where: str) -> InvalidPlanError:
    return InvalidPlanError(where, f"must be one of {', '.join(known)}, not {name or 'nothing'}")


def _silence(wanted: _Request, folder: DataFolder, clock: Clock) -> Solution:
    """Return a plan without music: nothing at all, or the bed where the preset wants one."""
    started_s = clock.now()
    slots = wanted.slots
    bed = _bed(folder) if wanted.preset and wanted.preset.bed else None
    if bed:
        _copy([bed], folder)
    proof = Proof(
        route=wanted.route.name,
        phases=phase_proofs(slots, ()),
        boundary_error_s=None,
        mean_energy_error=None,
        ungated_tracks=0,
        reserve_s=Seconds(0.0),
        repeats=0,
        cost=None,
        lower_bound=None,
        seconds=clock.now() - started_s,
        missing=(),
    )
    return Solution(_plan(wanted, Found((), (), proof), bed), proof)


def _plan(wanted: _Request, found: Found, bed: Track | None) -> SessionPlan:
    beds = [bed] if bed else []
    tracks = [*(cue.track for cue in found.placed), *found.reserve, *beds]
    return SessionPlan(
        route=wanted.route.name,
        title=wanted.title,
        arc=wanted.arc.name,
        preset=wanted.preset.name if wanted.preset else "",
        seed=wanted.request.seed,
        delivery_s=wanted.route.delivery_s,
        phases=wanted.phases,
        cues=tuple(map(_cue, found.placed)),
        reserve=tuple(track.content_hash for track in found.reserve),
        bed=bed.content_hash if bed else "",
        tracks={track.content_hash: planned_track(track) for track in tracks},
    )


def _cue(placed: Placed) -> PlannedCue:
    source_in_s, _ = placed.track.analysis.body_s
    return PlannedCue(
        phase=placed.slot,
        track=placed.track.content_hash,
        source_in_s=source_in_s,
        source_out_s=Seconds(source_in_s + placed.source_length_s),
        fade_s=placed.join.fade_s,
        shape=placed.join.shape,
        gap_s=placed.join.gap_s,
    )


def planned_track(track: Track) -> PlannedTrack:
    """Return a track as a plan needs it."""
    music_start_s, music_end_s = track.analysis.body_s
    return PlannedTrack(
        content_hash=track.content_hash,
        title=track.title,
        artist=track.artist,
        suffix=track.path.suffix.lower(),
        duration_s=track.analysis.duration_s,
        music_start_s=music_start_s,
        music_end_s=music_end_s,
        gain_db=trim_db(track),
        energy=track.energy,
    )


def _bed(folder: DataFolder) -> Track:
    """Return the track that loops when all else has been heard, made if it is not there."""
    # Only here: both make much of sound, take a second to load, and the windows plan too.
    from playlists.analysis.analyzer import analyze_file  # noqa: PLC0415
    from playlists.starter.bed import make_bed  # noqa: PLC0415

    path = folder.starter / "bed.flac"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        make_bed(path)
    return Track(
        content_hash=content_hash(path),
        path=path,
        title="Bed",
        artist="Soundscape",
        album="",
        analysis=analyze_file(path),
    )


def _copy(tracks: Iterable[Track], folder: DataFolder) -> None:
    store = Store(folder.store)
    failed = []
    for track in tracks:
        try:
            store.put(track.path, track.content_hash)
        except StoreError as error:
            failed.append(str(error).rstrip("."))
    if failed:
        raise StoreError(
            f"The plan's files cannot all be kept for this chair: {'; '.join(failed)}."
        )
