"""Lamps shown one by one, before or after a session: to find them, and to try a level."""

from soundscape.clock import Clock
from soundscape.errors import InvalidPlanError, LightsLostError, SessionError
from soundscape.folders import DataFolder
from soundscape.sensory.fixtures import LIGHTS_FILE, Fixture, read_room
from soundscape.sensory.links import Terms, outputs_of
from soundscape.sensory.pulse import find_lamp, show_level
from soundscape.session.client import running_session


def swell_lamp(folder: DataFolder, name: str, clock: Clock) -> Fixture:
    """Let one lamp swell slowly, twice, and return it; refuses as ``_told`` does."""
    return _told(folder, name, clock, None)


def try_level(folder: DataFolder, name: str, share: float, clock: Clock) -> Fixture:
    """Bring one lamp to a level, for some seconds, and return it; refuses as ``_told`` does.

    Parameters
    ----------
    folder : DataFolder
        The chair's data, with the list of lamps.
    name : str
        The lamp's.
    share : float
        Of its full light, 0-1.
    clock : Clock
        Paces it.
    """
    return _told(folder, name, clock, share)


def _told(folder: DataFolder, name: str, clock: Clock, share: float | None) -> Fixture:
    """Show a level, or a swell where there is none.

    Raises
    ------
    InvalidPlanError
        If no lamp has that name.
    SessionError
        If a session runs.
    LightsLostError
        If it cannot be reached.
    """
    room = read_room(folder.root)
    fixture = next((each for each in room.fixtures if each.name == name), None)
    if fixture is None:
        raise InvalidPlanError(LIGHTS_FILE, f"lists no lamp called '{name}'")
    if running_session(folder):
        raise SessionError("A session runs on this chair; look for lamps before or after it.")
    outputs = outputs_of(room, Terms(folder.runtime.name))
    if share is None:
        lost = find_lamp(outputs, name, clock)
    else:
        lost = show_level(outputs, name, share, clock)
    if lost:
        raise LightsLostError(f"The lamps at {' and '.join(lost)} do not answer.")
    return fixture
