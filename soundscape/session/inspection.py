"""Looks at the files that are due soon, so that a damaged one is replaced before it is heard.

They were verified when the session was armed; a disk can still lose them in the hours since. The
reading is done in a thread of its own: a disk that does not answer must not hold the sound up.
"""

import threading
from collections.abc import Iterator
from queue import SimpleQueue

from soundscape.clock import Clock
from soundscape.media.store import Store
from soundscape.session.plan import SessionPlan
from soundscape.session.timeline import Timeline
from soundscape.units import Frames, frames_in

HORIZON = frames_in(180.0)
"""Tracks are looked at so long before they are due."""

DEADLINE = frames_in(30.0)
"""A file that has not answered so long before it is due is not waited for: the ring takes the
first half of that, and rendering the change the rest."""

PATIENCE_S = 5.0

NO_ANSWER = "does not answer: its disk may be gone"


class Inspector:
    """Verifies files in the order in which they are due.

    Parameters
    ----------
    plan : SessionPlan
        Names the tracks.
    store : Store
        Holds their files.
    clock : Clock
        Measures how long a disk may take to answer.
    """

    def __init__(self, plan: SessionPlan, store: Store, clock: Clock) -> None:
        self._plan = plan
        self._store = store
        self._clock = clock
        self._asked: set[str] = set()
        self._waiting: dict[str, tuple[Frames, float]] = {}
        self._wanted: SimpleQueue[str] = SimpleQueue()
        self._answers: SimpleQueue[tuple[str, str]] = SimpleQueue()
        threading.Thread(target=self._look_on, name="inspection", daemon=True).start()

    def look(self, timeline: Timeline, position: Frames) -> None:
        """Ask for the tracks that a timeline begins within some minutes of a frame."""
        for cue in timeline.cues:
            if position < cue.start <= position + HORIZON and cue.track not in self._asked:
                self._asked.add(cue.track)
                self._waiting[cue.track] = cue.start, self._clock.now()
                self._wanted.put(cue.track)

    def faults(self, position: Frames) -> Iterator[tuple[str, str]]:
        """Yield each track that cannot be played, once, with what is wrong with its file."""
        while not self._answers.empty():
            track, why = self._answers.get()
            if self._waiting.pop(track, None) is not None and why:
                yield track, why
        for track, (due, asked_s) in list(self._waiting.items()):
            if due < position + DEADLINE and self._clock.now() - asked_s > PATIENCE_S:
                del self._waiting[track]
                yield track, NO_ANSWER

    def _look_on(self) -> None:
        while True:
            digest = self._wanted.get()
            found = self._store.faults([(digest, self._plan.tracks[digest].suffix)])
            self._answers.put((digest, found[0][1] if found else ""))
