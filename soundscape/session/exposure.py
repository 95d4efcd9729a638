"""How much sound the ear took of a session, against a week's allowance."""

from collections.abc import Sequence

from soundscape.room.exposure import allowance_percent
from soundscape.session.files import Armed
from soundscape.session.journal import Entry
from soundscape.session.record import each_second

_SECOND_H = 1.0 / 3600.0


def exposure_percent(armed: Armed, entries: Sequence[Entry]) -> float | None:
    """Return what a session took of a week's safe listening, in percent (H.870, sensitive).

    Parameters
    ----------
    armed : Armed
        The session.
    entries : Sequence[Entry]
        Its record.

    Returns
    -------
    float | None
        None where its headphones were not calibrated.
    """
    level_db_a = armed.terms.ear_db_a
    if level_db_a is None:
        return None
    stretches = []
    for second in each_second(armed, entries):
        for sounding in second["sounding"]:
            # What is left of a track's own gain is what phase, fades and volume did to it.
            change_db = sounding["gain_db"] - armed.plan.tracks[sounding["track"]].gain_db
            stretches.append((level_db_a + change_db, _SECOND_H))
    return allowance_percent(stretches)
