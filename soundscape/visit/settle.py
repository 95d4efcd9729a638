"""What the patient's screen may say before the dose, and never after it has started."""

from soundscape.session.phases import Anchor
from soundscape.visit.sheet import shared_intention
from soundscape.visit.state import Visit
from soundscape.visit.words import Words


def settle_lines(visit: Visit, words: Words, *, is_silent: bool = False) -> tuple[str, ...]:
    """Return the clinic's cue and the shared intention, a line each; nothing after the dose.

    Parameters
    ----------
    visit : Visit
        With the session's anchors told to it.
    words : Words
        In the patient's language.
    is_silent : bool
        The patient chose silence: the cue stays away too.
    """
    if Anchor.DOSE_START in visit.anchors:
        return ()
    cue = "" if is_silent else words.texts["cue"]
    return tuple(line for line in (cue, shared_intention(visit)) if line)
