"""Solutions for tests of what shows them: solved for real, but without any file."""

from fakes.clock import FakeClock
from fakes.tracks import library

from playlists.arcs import load_arcs, scaled
from playlists.compiler import PlanRequest, Solution
from playlists.models import Track
from playlists.routes import load_routes
from playlists.solver.attempt import Task
from playlists.solver.cost import Taste
from playlists.solver.layout import slots_of
from playlists.solver.pool import Wishes
from playlists.solver.solve import Order, solve
from soundscape.session.plan import SessionPlan


def solved(
    tracks: tuple[Track, ...] | None = None, request: PlanRequest | None = None
) -> Solution:
    """Return what a library gives for a request; the plan's cues and files are left out."""
    request = request or PlanRequest(route="iv")
    route = load_routes()[request.route]
    phases = scaled(route, load_arcs()[request.arc or "gentle"])
    slots = slots_of(phases, route.delivery_s)
    tracks = library(80) if tracks is None else tracks
    task = Task(slots, Wishes(Taste(), request.seed), request.locks)
    proof = solve(Order(request.route, task, tracks), FakeClock()).proof
    plan = SessionPlan(
        route=request.route,
        title="Gentle, IV 40 min",
        arc=request.arc,
        preset=request.preset,
        seed=request.seed,
        delivery_s=route.delivery_s,
        phases=phases,
        cues=(),
        reserve=(),
        bed="",
        tracks={},
    )
    return Solution(plan if proof.ok else None, proof)
