"""What the builder does with plans; each runs in a background task.

Like the workshop it is imported there, because what it needs takes seconds to load.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from playlists.compiler import (
    PlanRequest,
    Solution,
    arrange_plan,
    make_plan,
    swaps_for,
    write_solution,
)
from playlists.library.repository import Library
from playlists.models import Track
from playlists.solver.alternatives import Alternative
from playlists.solver.arrange import Arrangement, arrangement_of
from playlists.solver.layout import Joins
from playlists.solver.proof import Proof
from playlists.stock import Stock
from soundscape.errors import InvalidPlanError
from soundscape.folders import DataFolder
from soundscape.media.store import Store
from soundscape.media.writer import write_audio
from soundscape.session.offline import rehearsed
from soundscape.session.plan import SessionPlan
from soundscape.session.renderer import CHUNK, Renderer
from soundscape.units import Decibels, Frames, Seconds, frames_in, seconds_in
from ui.builder.apart import Apart
from ui.builder.keeping import keeping
from ui.builder.wishes import Place, Wish
from ui.preview import Excerpt
from ui.words import _

JOIN_AROUND_S = Seconds(10.0)
"""How much is heard before a join begins and after it is over."""

MOST_SWAPS = 40


class Planner:
    """Finds plans, changes them, and lets their joins be heard.

    Parameters
    ----------
    folder : DataFolder
        The chair's data.
    """

    def __init__(self, folder: DataFolder) -> None:
        self.folder = folder
        self._apart = Apart()
        self._sounds: tempfile.TemporaryDirectory[str] | None = None

    def close(self) -> None:
        """End what is sought, and forget the sounds that were made to be heard once."""
        self._apart.close()
        if self._sounds is not None:
            self._sounds.cleanup()

    def solve(self, wish: Wish) -> Solution:
        """Return a plan with its proof, or what is missing for one."""
        return self._apart.call(made, self.folder, wish)

    def arrange(self, wish: Wish, arrangement: Arrangement) -> Solution:
        """Return a plan with tracks and crossfades as they are given."""
        return self._apart.call(rearranged, self.folder, wish, arrangement)

    def swaps(
        self, wish: Wish, arrangement: Arrangement, place: Place, own: Track | None = None
    ) -> tuple[Alternative, ...]:
        """Return the best of what else could stand in a place, what somebody chose before it."""
        found = self._apart.call(swapped, self.folder, wish, arrangement, place)
        if own is None:
            return found
        name, why = own.content_hash, _("You chose it; taking it shows whether the plan holds.")
        ranked = (one for one in found if one.track.content_hash == name)
        others = (one for one in found if one.track.content_hash != name)
        return (next(ranked, Alternative(own, 0.0, why)), *others)

    def join(self, solution: Solution, content: str) -> Excerpt:
        """Return the join into a track as the headphones would get it, to be heard.

        Raises
        ------
        InvalidPlanError
            If no such track is in the plan.
        """
        plan = solution.plan
        if plan is None or content not in plan.tracks:
            raise InvalidPlanError("track", "is in no plan; find the music first")
        if self._sounds is None:
            self._sounds = tempfile.TemporaryDirectory(prefix="soundscape-")
        path = Path(self._sounds.name, f"{content[:16]}.wav")
        blocks = list(_around(plan, content, Store(self.folder.store)))
        write_audio(path, blocks)
        length_s = seconds_in(Frames(sum(map(len, blocks))))
        return Excerpt(os.fspath(path), Seconds(0.0), length_s, Decibels(0.0))

    def save(self, path: Path, solution: Solution) -> None:
        """Write a solution's plan with its proof, as ``soundscape plan`` does."""
        write_solution(path, solution)


def made(folder: DataFolder, wish: Wish) -> Solution:
    """Return what a folder's library gives for a wish; as the next two, it is called apart."""
    request = _request(wish)
    with _stock(folder) as stock:
        solution = make_plan(request, stock, folder)
        joins = _meeting(solution.proof, wish)
        if not joins:
            return solution
        shaped = arrange_plan(request, arrangement_of(solution.proof, joins), stock, folder)
    return solution if shaped.plan is None else shaped


def rearranged(folder: DataFolder, wish: Wish, arrangement: Arrangement) -> Solution:
    """Return a plan with tracks and crossfades as they are given."""
    with _stock(folder) as stock:
        return arrange_plan(_request(wish), arrangement, stock, folder)


def swapped(
    folder: DataFolder, wish: Wish, arrangement: Arrangement, place: Place
) -> tuple[Alternative, ...]:
    """Return the best of what else could stand in a place."""
    with _stock(folder) as stock:
        return swaps_for(_request(wish), arrangement, place, stock, folder)[:MOST_SWAPS]


def _meeting(proof: Proof, wish: Wish) -> Joins:
    """Return the joins that are wished where the two tracks follow each other again."""
    tracks = [
        ((phase, number), heard.track)
        for phase, row in enumerate(proof.phases)
        for number, heard in enumerate(row.tracks)
    ]
    met = {place: (before, track) for (_, before), (place, track) in pairwise(tracks)}
    return {place: wish.joins[pair] for place, pair in met.items() if pair in wish.joins}


@contextmanager
def _stock(folder: DataFolder) -> Iterator[Stock]:
    with Library.open(folder.library) as library:
        with keeping():
            stock = library.stock()
        yield stock


def _request(wish: Wish) -> PlanRequest:
    return PlanRequest(
        route=wish.route,
        delivery_s=wish.delivery_s,
        arc=wish.arc,
        preset=wish.preset,
        locks=wish.locks,
    )


def _around(plan: SessionPlan, content: str, store: Store) -> Iterator[NDArray[np.float32]]:
    """Yield the sound around the start of a track, made as in a session.

    Yields
    ------
    NDArray[np.float32], shape (frames, channels)
        Blocks of ``CHUNK`` frames.
    """
    timeline = rehearsed(plan, ())
    place = next(n for n, one in enumerate(timeline.cues) if one.track == content)
    cue, leaving = timeline.cues[place], timeline.cues[max(place - 1, 0)]
    around = frames_in(JOIN_AROUND_S)
    # Before a breath the one that goes is heard to go first.
    begins = min(cue.start, leaving.end - leaving.fade_out)
    first = max(begins - around, 0) // CHUNK
    last = (cue.start + cue.fade_in + around) // CHUNK
    renderer = Renderer(plan, store)
    try:
        for number in range(first, last + 1):
            yield renderer.chunk(timeline, number)
    finally:
        renderer.close()
