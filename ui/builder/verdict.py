"""Whether a session may use a track: a word, a sign of its own shape, and the reason."""

from dataclasses import dataclass

from playlists.models import Track
from playlists.solver.constraints import Gate, Rules, first_gate, is_calm
from ui.theme import Color
from ui.words import _, later


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of a track; its texts are translated where they are shown.

    Attributes
    ----------
    word : str
        One word, for the table.
    icon : str
        Of a shape that no other verdict has.
    color : Color
        Of icon and word.
    reason : str
        One sentence.
    """

    word: str
    icon: str
    color: Color
    reason: str


FITS = Verdict(later("Yes"), "check", Color.SAGE, later("A session may use it in every phase."))
IN_PART = Verdict(
    later("In part"),
    "circle",
    Color.SAGE,
    later("Its loudness range is above 8 LU: it is not used in return and ground."),
)
_SHUT = {
    Gate.ABSENT: Verdict(
        later("Missing"), "unlink", Color.MUTED, later("Its file is not where it was.")
    ),
    Gate.AVOIDED: Verdict(
        later("Avoided"), "ban", Color.MUTED, later("Somebody said that it is to be avoided.")
    ),
    Gate.VOICE: Verdict(
        later("Sings"), "x", Color.STOP_TEXT, later("Somebody seems to sing or speak.")
    ),
    Gate.UNCHECKED: Verdict(
        later("Check"),
        "ear",
        Color.AMBER,
        later("The machine cannot tell whether somebody sings: listen, and say so."),
    ),
    Gate.SHORT: Verdict(
        later("Short"), "minus", Color.STOP_TEXT, later("Its music lasts less than two minutes.")
    ),
    Gate.STARTLE: Verdict(
        later("Sudden"),
        "triangle-alert",
        Color.STOP_TEXT,
        later("It gets louder by more than 8 LU within two seconds, which could startle."),
    ),
    Gate.RANGE: Verdict(
        later("Uneven"), "waves", Color.STOP_TEXT, later("Its loudness range is above 12 LU.")
    ),
}


def verdict_of(track: Track) -> Verdict:
    """Return what the gates that stand for every session say of a track.

    A preset may keep out more, and a plan may ask for a noted licence.
    """
    gate = first_gate(track, Rules())
    if gate is not None:
        return _SHUT[gate]
    return FITS if is_calm(track) else IN_PART


def verdict_text(track: Track) -> str:
    """Return the verdict in a word of the user's language."""
    return _(verdict_of(track).word)
