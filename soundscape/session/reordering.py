"""The order of what is still to come, when somebody plans it anew while a session is under way.

The session itself does not plan. It says when what follows was changed; whoever knows the library
may answer with another order of the plan's own tracks. Without an answer its layout stays.
"""

from soundscape.errors import InvalidEventError, InvalidPlanError
from soundscape.session.events import Kind, SessionEvent
from soundscape.session.plan import PlannedCue, SessionPlan
from soundscape.session.plan_file import cues_from_json, planned_cues


def check_order(event: SessionEvent, plan: SessionPlan) -> None:
    """Check what a new order says against the plan; of any other event there is nothing to say.

    Raises
    ------
    InvalidEventError
        If it is no order of the plan's tracks.
    """
    if event.kind is Kind.REORDER:
        try:
            cues_from_json(event.facts["cues"], plan)
        except InvalidPlanError as error:
            raise InvalidEventError(f"The new order does not fit the plan: {error}") from error


def reordered(event: SessionEvent) -> tuple[PlannedCue, ...]:
    """Return the cues of a new order that was checked when it was told."""
    return planned_cues(event.facts["cues"])
