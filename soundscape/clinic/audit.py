"""The audit as people use it: its head for sheets, its lines, and whether all is as written."""

from collections.abc import Iterable

from soundscape.clinic.anchors import anchor, sessions_of
from soundscape.clinic.chain import AuditEntry, Head, Verdict
from soundscape.clinic.office import Office, sealed_place
from soundscape.clinic.roles import Action, Actor
from soundscape.clinic.verification import verify


class Audit:
    """The clinic's audit.

    Parameters
    ----------
    office : Office
        The clinic's.
    """

    def __init__(self, office: Office) -> None:
        self._office = office

    def head(self) -> Head:
        """Return the end of the audit, for a sheet or a backup."""
        with self._office.reading() as rows:
            return rows.audit.head()

    def entries(self, actor: Actor, *, after: int = 0) -> tuple[AuditEntry, ...]:
        """Return the lines after a number, in order."""
        self._office.authorize(actor, Action.READ_AUDIT)
        with self._office.reading() as rows:
            return tuple(rows.audit.entries(after=after))

    def reason(self, actor: Actor, line: AuditEntry) -> str:
        """Return why somebody read others' notes; empty where a line gives no reason."""
        self._office.authorize(actor, Action.READ_AUDIT)
        sealed = line.detail.get("reason")
        if sealed is None:
            return ""
        place = sealed_place("audit", "reason", line.object)
        return self._office.sealer.open(place, bytes.fromhex(sealed))

    def anchor(self, session: str | None = None) -> int:
        """Keep where sessions' records end now; return how many had moved on.

        Whoever ends a session or writes its sheet calls this; it tells nothing, so it asks
        nobody's role.

        Parameters
        ----------
        session : str | None
            Its identifier; None is for every session.
        """
        return anchor(self._office, sessions_of(self._office) if session is None else [session])

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
        with self._office.reading() as rows:
            return verify(rows, self._office, known)
