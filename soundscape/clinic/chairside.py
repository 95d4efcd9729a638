"""What the patient leaves for staff before a session: a few words, or that there are none.

Whoever sits in the chair writes into the one visit that is prepared for it, and reads nothing:
not a name, not a word, only whether there is such a visit.
"""

from datetime import datetime

from soundscape.clinic.office import Facts, Office
from soundscape.clinic.roles import Action, Actor
from soundscape.clinic.store.database import Rows
from soundscape.clinic.visits import TODAY, VisitStore
from soundscape.errors import ClinicError

INTENTION = "intention"
"""The kind of entry that is the patient's own."""


class Chairside:
    """The chair's side of the clinic's records.

    Parameters
    ----------
    office : Office
        The clinic's.
    visits : VisitStore
        Where it is kept.
    """

    def __init__(self, office: Office, visits: VisitStore) -> None:
        self._office = office
        self._visits = visits

    def is_awaited(self, actor: Actor) -> bool:
        """Return whether exactly one visit is prepared: then nobody else's can be meant."""
        self._office.authorize(actor, Action.LEAVE_INTENTION)
        with self._office.reading() as rows:
            return len(self._prepared(rows)) == 1

    def leave_intention(self, actor: Actor, facts: Facts) -> None:
        """Write the patient's intention into the visit that is prepared.

        Parameters
        ----------
        actor : Actor
            Who leaves it.
        facts : Facts
            What it says; the words are under ``text``.

        Raises
        ------
        ClinicError
            If none is prepared, or more than one.
        """
        self._office.authorize(actor, Action.LEAVE_INTENTION)
        with self._office.reading() as rows:
            prepared = self._prepared(rows)
        if len(prepared) != 1:
            raise ClinicError("No single visit is prepared for this chair; tell your nurse.")
        self._visits.append(prepared[0], INTENTION, facts, actor)

    def _prepared(self, rows: Rows) -> list[str]:
        """Return today's visits that have no session yet and are not over."""
        now = datetime.fromisoformat(self._office.clock.wall_time())
        return [
            row.id
            for row in rows.visits.all()
            if row.session is None
            and row.closed_utc is None
            and row.alias is not None
            and now - datetime.fromisoformat(row.begun_utc) < TODAY
        ]
