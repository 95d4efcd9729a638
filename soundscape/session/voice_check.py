"""Setting up the microphone that staff speak into: one who speaks into it is listened to."""

from soundscape.errors import MicrophoneError
from soundscape.folders import DataFolder
from soundscape.session.room_check import UNNAMED, listen
from soundscape.session.talk_route import TalkRoute, keep_route

VOICE_S = 5.0
_SOFTEST_DBFS_A = -55.0
"""Where nobody is louder than this nobody has spoken."""


def set_up_talk(
    folder: DataFolder, microphone: str | None, *, seconds: float = VOICE_S
) -> TalkRoute:
    """Listen to somebody who speaks as they would to the patient, and keep the route.

    A session that runs, or a microphone that gives nothing, is refused as ``listen`` does.

    Parameters
    ----------
    folder : DataFolder
        The chair's data; a name and one number are kept there, and no sound.
    microphone : str | None
        The source's name; None for the one that is the system's choice now.
    seconds : float
        How long to listen.

    Raises
    ------
    MicrophoneError
        If nobody speaks, or the microphone has no name to be found by again.
    """
    name, _, reading = listen(folder, microphone, seconds)
    if name == UNNAMED:
        raise MicrophoneError("Say which microphone; the system's choice may change.")
    if reading.loudest_db < _SOFTEST_DBFS_A:
        raise MicrophoneError("Nobody was heard; speak into the microphone while it listens.")
    return keep_route(folder, name, reading.loudest_db)
