"""The host's hand on the room's lamps: they follow the timeline, and whatever fails is told."""

from typing import TYPE_CHECKING

from soundscape.clock import Clock
from soundscape.errors import InvalidPlanError, LightsLostError
from soundscape.folders import DataFolder
from soundscape.sensory.driver import Driver
from soundscape.sensory.fixtures import Room, read_room
from soundscape.sensory.links import Terms as LinkTerms
from soundscape.sensory.links import outputs_of
from soundscape.session.files import Terms
from soundscape.session.passage import Line
from soundscape.session.scenery import scenery_of
from soundscape.session.timeline import Timeline
from soundscape.units import Frames

if TYPE_CHECKING:
    from soundscape.sensory.scene import Scenery

LOST = "lights_lost"
BACK = "lights_back"


class Lamps:
    """Lets the lamps of a data folder follow a session; they can do no harm to its sound.

    Parameters
    ----------
    folder : DataFolder
        Lists the lamps.
    terms : Terms
        How the session is run: one that runs faster than life leaves the lamps alone, unless
        it was asked to drive them.
    clock : Clock
        Counts between two looks.
    """

    def __init__(self, folder: DataFolder, terms: Terms, clock: Clock) -> None:
        self._fault = ""
        self._told: tuple[Timeline, Scenery] | None = None
        self._lost: tuple[str, ...] = ()
        room = Room()
        try:
            if terms.lights:
                room = read_room(folder.root)
            outputs = outputs_of(room, LinkTerms(folder.runtime.name, terms.scale))
        except (InvalidPlanError, LightsLostError) as error:
            outputs, self._fault = (), f"The lamps are left as they are: {error}"
        self._driver = Driver(outputs, clock, terms.scale)
        self._is_dark = not outputs

    def follow(self, timeline: Timeline, frame: Frames) -> list[Line]:
        """Let the lamps show a timeline from the frame that is heard on.

        Returns
        -------
        list[Line]
            What the record is to say of links that broke or came back.
        """
        if self._told is None or self._told[0] is not timeline:
            self._told = timeline, scenery_of(timeline)
        self._driver.follow(self._told[1], frame)
        before, self._lost = self._lost, self._driver.lost()
        broken = [(frame, LOST, {"lights": name}) for name in self._lost if name not in before]
        back = [(frame, BACK, {"lights": name}) for name in before if name not in self._lost]
        return [*broken, *back]

    def state(self) -> str:
        """Return ``none`` where there are no lamps, else ``ok``, ``lost`` or ``fault``."""
        if self._fault:
            return "fault"
        if self._lost:
            return "lost"
        return "none" if self._is_dark else "ok"

    def notices(self) -> list[tuple[str, str]]:
        """Return what staff are told of the lamps."""
        if self._fault:
            return [("note", self._fault)]
        return [
            ("note", f"The lamps at {name} do not answer; they keep their light until they do.")
            for name in self._lost
        ]

    def close(self) -> None:
        """Let the lamps come to the light of the end; returns at once."""
        self._driver.close()

    def are_moving(self) -> bool:
        """Return whether they are still on their way there."""
        return self._driver.is_moving()
