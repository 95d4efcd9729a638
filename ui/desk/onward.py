"""The desk's answer when staff change a session: what follows is planned anew, in the background.

The session goes on by itself either way; a desk that is closed, slow or fails costs nothing but
a better order.
"""

import logging
from collections.abc import Mapping
from importlib import import_module
from typing import Protocol

from soundscape.folders import DataFolder
from soundscape.units import Seconds
from ui.bridge import Bridge, Status
from ui.tasks import Task

REORDER = "reorder"
_LOG = logging.getLogger(__name__)

Facts = Mapping[str, object]


class Planner(Protocol):
    """What plans a session anew."""

    def answer(self, session: str, at: Seconds) -> Facts | None:
        """Return a better order of what follows; None where what is laid may stay."""


class Onward:
    """Follows a session and answers each change of it once.

    Parameters
    ----------
    folder : DataFolder
        The chair's data.
    bridge : Bridge
        The desk's link to the session.
    planner : Planner | None
        None makes the real one when it is first needed, as to import it takes a while.
    """

    def __init__(self, folder: DataFolder, bridge: Bridge, planner: Planner | None = None) -> None:
        self._folder = folder
        self._bridge = bridge
        self._planner = planner
        self._task: Task | None = None
        self._latest: tuple[str, object] | None = None
        self._met: tuple[str, object] | None = None
        bridge.status_changed.connect(self.heed)

    @property
    def is_busy(self) -> bool:
        """Whether an answer is being looked for."""
        return self._task is not None

    def heed(self, status: Status) -> None:
        """Look at a session's status, and begin to answer a change that nobody has answered."""
        session, changed_s = str(status["session"]), status.get("changed_at_s")
        self._latest = (session, changed_s)
        if changed_s is None or REORDER not in status["can"]:
            return
        if self._task is not None or self._met == self._latest:
            return
        self._met = self._latest
        at = Seconds(float(status["t_s"]))
        self._task = Task(lambda _report: self._asked().answer(session, at))
        self._task.succeeded.connect(self._answer)
        self._task.failed.connect(self._leave)
        self._task.start()

    def _answer(self, order: Facts | None) -> None:
        self._task = None
        # Something was told meanwhile: that is answered instead, with the next status.
        if order is not None and self._met == self._latest:
            self._bridge.send(REORDER, **order)

    def _leave(self, _why: str) -> None:
        """Leave the session as it is laid."""
        self._task = None
        _LOG.info("what follows was not planned anew")

    def _asked(self) -> Planner:
        """Return the planner; called in the background."""
        if self._planner is None:
            made: Planner = import_module("playlists.replanner").Replanner(self._folder)
            self._planner = made
        return self._planner
