"""Which microphone staff speak into, and how loud they are heard; in the chair's settings."""

from dataclasses import dataclass, replace

from soundscape.folders import DataFolder
from soundscape.room.calibration import NOMINAL_DB_A, SOFT_CAP_DB_A
from soundscape.session.files import Terms
from soundscape.session.hearing import PROGRAM_LUFS, Hearing
from soundscape.settings import read_settings, write_settings

PEAK_DBFS = PROGRAM_LUFS + SOFT_CAP_DB_A - NOMINAL_DB_A
"""No sample of the words is above it. A steady tone so high has as many LUFS, and is then at the
soft cap; nothing that is less steady is as loud."""

_GAIN_DB = (-20, 40)
_MICROPHONE, _GAIN = "talk_microphone", "talk_gain_db"


@dataclass(frozen=True, slots=True)
class TalkRoute:
    """From a microphone into the headphones.

    Attributes
    ----------
    microphone : str
        The source's name.
    gain_db : int
        What makes the voice that was tried as loud as the music before it is lowered.
    """

    microphone: str
    gain_db: int


def read_route(folder: DataFolder) -> TalkRoute | None:
    """Return the route that is set up; None where there is none, or it is not sound."""
    said = read_settings(folder.settings)
    name, gain_db = said.get(_MICROPHONE), said.get(_GAIN)
    low, high = _GAIN_DB
    if not isinstance(name, str) or not name or not isinstance(gain_db, int):
        return None
    return TalkRoute(name, min(max(gain_db, low), high))


def keep_route(folder: DataFolder, microphone: str, voice_dbfs_a: float) -> TalkRoute:
    """Keep a route through which a voice of some level is as loud as the music.

    Parameters
    ----------
    folder : DataFolder
        The chair's data; a name and one number are kept there.
    microphone : str
        The source's name.
    voice_dbfs_a : float
        Of the voice that was tried, at the microphone.
    """
    low, high = _GAIN_DB
    gain_db = round(min(max(PROGRAM_LUFS - voice_dbfs_a, low), high))
    write_settings(folder.settings, {_MICROPHONE: microphone, _GAIN: gain_db})
    return TalkRoute(microphone, gain_db)


def remove(folder: DataFolder) -> None:
    """Let no microphone be opened in a session any more."""
    write_settings(folder.settings, {_MICROPHONE: None, _GAIN: None})


def with_talk(terms: Terms, route: TalkRoute | None, hearing: Hearing | None) -> Terms:
    """Return a session's terms with the route; the words are lowered as its tracks are."""
    if route is None:
        return terms
    trim_db = 0.0 if hearing is None else hearing.trim_db
    return replace(
        terms,
        microphone=route.microphone,
        speech_gain_db=route.gain_db + trim_db,
        speech_peak_dbfs=PEAK_DBFS + trim_db,
    )
