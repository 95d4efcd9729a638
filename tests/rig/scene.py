"""A session that is being heard, with ears at the headphones and at the loudspeaker."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray
from rig.chair import Chair
from rig.listening import heard_s
from rig.virtual_card import Recording, VirtualCard

from soundscape.clock import MachineClock
from soundscape.media.store import Store
from soundscape.session.journal import Entry
from soundscape.session.offline import rehearsed, rendered
from soundscape.session.renderer import CHUNK
from soundscape.units import SESSION_RATE_HZ

AUDIBLE = 0.01


@dataclass(frozen=True, slots=True)
class Scene:
    """A session that is being heard.

    Attributes
    ----------
    card : VirtualCard
        Its sound server.
    chair : Chair
        Its chair.
    session : str
        Its identifier.
    headphones, speakers : Recording
        What the patient hears, and what the room would.
    """

    card: VirtualCard
    chair: Chair
    session: str
    headphones: Recording
    speakers: Recording

    def passed(self, event: str) -> bool:
        """Return whether the record has an event."""
        return self.chair.passed(self.session, event)

    def entry(self, event: str) -> Entry:
        """Return the first entry of an event."""
        return next(e for e in self.chair.entries(self.session) if e.event == event)

    def count(self, event: str) -> int:
        """Return how often the record has an event."""
        return sum(e.event == event for e in self.chair.entries(self.session))

    def stay(self, for_s: float) -> None:
        """Let some time of the recording pass."""
        wanted = len(self.headphones.samples()) + round(for_s * SESSION_RATE_HZ)
        self.chair.until(lambda: len(self.headphones.samples()) >= wanted)

    def leaked_s(self) -> float:
        """Return for how long the loudspeaker has sounded."""
        return heard_s(self.speakers.samples())

    def rendered(self, length_s: float) -> NDArray[np.float32]:
        """Return how the session should sound from its start, shape (frames, 2)."""
        chunks = rendered(rehearsed(self.chair.plan, ()), Store(self.chair.folder.store))
        count = round(length_s * SESSION_RATE_HZ) // CHUNK
        return np.concatenate(list(islice(chunks, count)))


def pause(for_s: float) -> None:
    """Let a fault last for a while: the fault's own length, nothing is waited for."""
    MachineClock().sleep(for_s)


@contextlib.contextmanager
def heard_session(chair: Chair, card: VirtualCard, *, attended: bool = False) -> Iterator[Scene]:
    """Yield a session once its first piece is heard; with staff, it waits for them."""
    with card.recorded("speakers") as speakers, card.recorded("headphones") as headphones:
        session = chair.begin("headphones") if attended else chair.run("--device", "headphones")
        scene = Scene(card, chair, session, headphones, speakers)
        last = SESSION_RATE_HZ // 10
        chair.until(lambda: bool(np.abs(headphones.samples()[-last:]).max(initial=0.0) > AUDIBLE))
        scene.stay(2.0)  # its own fade-in is over
        yield scene
