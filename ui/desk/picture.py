"""The picture of a session: what is known of it and, from there, what its plan expects."""

from collections.abc import Mapping

from soundscape.session.phases import nominal_spans
from soundscape.session.plan import SessionPlan
from soundscape.units import Seconds
from ui.bridge import Status
from ui.desk.readings import phase_title
from ui.widgets.arc_view import ArcPicture, PhaseSpan

LEAST_WIDTH_S = Seconds(300.0)

_Known = tuple[str, float, float | None]
"""A phase's name, start and end in seconds; the end may not be known."""


def arc_picture(status: Status, plan: SessionPlan | None = None) -> ArcPicture:
    """Return the picture of the session as it now stands.

    Parameters
    ----------
    status : Status
        What is known: phases up to the one whose end waits for staff.
    plan : SessionPlan | None
        Fills in how the session is to go on from there; None leaves it out.
    """
    now_s = float(status["t_s"])
    phases = [_known(phase) for phase in status["phases"]]
    energy = [(float(at_s), float(value)) for at_s, value in status["energy"]]
    if plan is not None and phases:
        _go_on(phases, energy, plan, now_s)
    last_s = max(
        [span[2] or span[1] for span in phases] + [at_s for at_s, _value in energy] + [60.0]
    )
    end_s = max(last_s, now_s)
    return ArcPicture(
        phases=tuple(
            PhaseSpan(
                title=phase_title(name),
                start_s=Seconds(start_s),
                end_s=Seconds(end_s if ends is None else ends),
            )
            for name, start_s, ends in phases
        ),
        energy=tuple(energy),
        joins_s=tuple(Seconds(float(cue["start_s"])) for cue in status["cues"][1:]),
        now_s=Seconds(now_s),
        end_s=Seconds(end_s),
    )


def _known(phase: Mapping[str, float | str | None]) -> _Known:
    ends = phase["end_s"]
    return (
        str(phase["name"]),
        float(phase["start_s"] or 0.0),
        None if ends is None else float(ends),
    )


def _go_on(
    phases: list[_Known], energy: list[tuple[float, float]], plan: SessionPlan, now_s: float
) -> None:
    """Add what the plan expects after what is known, from the phase that waits on."""
    first = len(phases) - 1
    if phases[first][2] is not None or first >= len(plan.phases):
        return
    start_s = phases.pop()[1]
    energy[:] = [point for point in energy if point[0] < start_s]
    spans = nominal_spans(plan.phases, plan.delivery_s)
    for planned, (from_s, to_s) in list(zip(plan.phases, spans, strict=True))[first:]:
        ends_s = max(start_s + to_s - from_s, now_s if planned is plan.phases[first] else 0.0)
        phases.append((str(planned.name), start_s, ends_s))
        energy += [
            (start_s + share * (ends_s - start_s), value) for share, value in planned.energy
        ]
        start_s = ends_s
