"""What the lower bound knows guides the search: tracks' prices and the cost of what is ahead.

Where tracks are few, the best for one phase may be missed more in another. The prices say by how
much, and the bound's costs with them say which beginning may end well.
"""

from dataclasses import replace

from playlists.solver.bound import STEP_S, Relaxed
from playlists.solver.pool import Pool


def guided(pool: Pool, relaxed: Relaxed) -> Pool:
    """Return a pool whose guesses are those of the bound; costs stay what they are."""
    rooms = (
        replace(room, ahead_s=ahead_s, step_s=STEP_S, tolls_s=relaxed.prices_s[room.members])
        for room, ahead_s in zip(pool.rooms, relaxed.aheads_s, strict=True)
    )
    return replace(pool, rooms=tuple(rooms))
