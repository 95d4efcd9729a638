"""Keeps the ring ahead of what is heard, and rewrites it when the timeline changes."""

import numpy as np

from soundscape.engine.ring import Field
from soundscape.session.conductor import Conductor
from soundscape.session.course import LEAD
from soundscape.session.player import SAFE_AHEAD, Player
from soundscape.session.renderer import CHUNK, Renderer
from soundscape.units import Frames, frames_in

AHEAD = frames_in(14.0)
"""A host that hangs is killed after some seconds; ten pass before the bed is faded in."""


class Feeder:
    """Renders what the conductor's timeline says into the player's ring.

    Parameters
    ----------
    conductor : Conductor
        Knows the timeline.
    renderer : Renderer
        Makes its samples.
    player : Player
        Owns the ring.
    """

    def __init__(self, conductor: Conductor, renderer: Renderer, player: Player) -> None:
        self._conductor = conductor
        self._renderer = renderer
        self._player = player

    def fill(self, at_most: int = AHEAD // CHUNK) -> None:
        """Render ahead, a number of chunks at most, so that nobody waits long for it."""
        for _ in range(at_most):
            self.catch_up()
            written = self._player.ring.get(Field.WRITTEN)
            if written >= self._player.position() + AHEAD:
                return
            timeline = self._conductor.timeline(Frames(written))
            block = self._renderer.chunk(timeline, written // CHUNK)
            self._player.append(Frames(written), block)

    def catch_up(self) -> None:
        """Leave out what can no longer be heard, where rendering has fallen behind."""
        position = self._player.position()
        if self._player.ring.get(Field.WRITTEN) < position + SAFE_AHEAD and position > 0:
            self._player.skip(Frames(-(-(position + LEAD // 2) // CHUNK) * CHUNK))

    def render_again(self, frame: Frames) -> None:
        """Replace what the ring holds from a frame on by what the timeline now says."""
        first = self._renderer.change(frame)
        last = max(self._player.ring.get(Field.WRITTEN) // CHUNK, first + 1)
        timeline = self._conductor.timeline(Frames(last * CHUNK))
        blocks = [self._renderer.chunk(timeline, index) for index in range(first, last)]
        self._player.rewrite(Frames(first * CHUNK), np.concatenate(blocks))
