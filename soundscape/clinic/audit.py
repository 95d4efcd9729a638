"""The audit as people use it: its head for sheets, its lines, and whether all is as written."""

from collections.abc import Iterable

from soundscape.clinic.chain import AuditEntry, Head, Verdict
from soundscape.clinic.office import Office
from soundscape.clinic.roles import Action, Actor
from soundscape.clinic.verification import verify
from soundscape.folders import DataFolder


class Audit:
    """The clinic's audit.

    Parameters
    ----------
    office : Office
        The clinic's.
    folder : DataFolder
        Where the sessions' records lie.
    """

    def __init__(self, office: Office, folder: DataFolder) -> None:
        self._office = office
        self._folder = folder

    def head(self) -> Head:
        """Return the end of the audit, for a sheet or a backup."""
        with self._office.database.reading() as rows:
            return rows.audit.head()

    def entries(self, actor: Actor, *, after: int = 0) -> tuple[AuditEntry, ...]:
        """Return the lines after a number, in order."""
        self._office.authorize(actor, Action.READ_AUDIT)
        with self._office.database.reading() as rows:
            return tuple(rows.audit.entries(after=after))

    def verify(self, actor: Actor, *, known: Iterable[Head] = ()) -> Verdict:
        """Return whether audit, visits and sessions are as they were written.

        Parameters
        ----------
        actor : Actor
            Who asks.
        known : Iterable[Head]
            Heads that were kept elsewhere; without one a cut end is not seen.
        """
        self._office.authorize(actor, Action.READ_AUDIT)
        with self._office.database.reading() as rows:
            return verify(rows, self._office, known)
