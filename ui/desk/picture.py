"""The picture of a session: what is known of it and, from there, what is expected."""

from soundscape.units import Seconds
from ui.bridge import Status
from ui.widgets.arc_view import ArcPicture, PhaseSpan
from ui.words import phase_title

LEAST_WIDTH_S = Seconds(60.0)


def arc_picture(status: Status) -> ArcPicture:
    """Return the picture of the session as it now stands."""
    now_s = float(status["t_s"])
    phases = status["expected"]
    ends_s = (float(phase["end_s"] or phase["start_s"]) for phase in phases)
    end_s = Seconds(max(now_s, LEAST_WIDTH_S, *ends_s))
    return ArcPicture(
        phases=tuple(
            PhaseSpan(
                title=phase_title(str(phase["name"])),
                start_s=Seconds(float(phase["start_s"])),
                end_s=end_s if phase["end_s"] is None else Seconds(float(phase["end_s"])),
            )
            for phase in phases
        ),
        energy=tuple((float(at_s), float(value)) for at_s, value in status["energy"]),
        joins_s=tuple(Seconds(float(cue["start_s"])) for cue in status["cues"][1:]),
        now_s=Seconds(now_s),
        end_s=end_s,
    )
