"""What the windows ask of the clinic's records.

Each call may wait for the disk, so windows make it in the background. The records are opened
anew for each: commands, backups and other windows use them at the same time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from tzlocal import get_localzone, get_localzone_name

from soundscape.clinic.office import Facts
from soundscape.clinic.people import LONGEST_NAME_CHARS
from soundscape.clinic.roles import Actor
from soundscape.clinic.service import Clinic
from soundscape.clinic.visits import ERASED, TODAY, FollowUp, StoredVisit
from soundscape.errors import InvalidEventError
from soundscape.folders import DataFolder
from soundscape.session.files import read_armed
from soundscape.session.journal import ENDED, read_journal
from soundscape.visit.entries import EntryKind, read_entry
from soundscape.visit.followup import follow_up_window
from soundscape.visit.moments import anchors_of
from soundscape.visit.papers import Format, Look, Source, written
from soundscape.visit.rules import load_rules
from soundscape.visit.state import Visit
from soundscape.visit.telling import why_not
from ui.care.cases import Case, Due, Signed
from ui.care.steady import SteadyClock
from ui.visits import opened_entries, reference_to, texts_of, visit_of

_SAME_S = 1.0


@dataclass(frozen=True, slots=True)
class Told:
    """A visit after something was told to it.

    Attributes
    ----------
    case : Case
        The visit.
    reference : str
        What a session's record keeps in place of the new entry's text.
    """

    case: Case
    reference: str


class Records:
    """The clinic's records as one desk uses them.

    Parameters
    ----------
    folder : DataFolder
        The clinic's data.
    clock : SteadyClock
        For labels, gates and pauses.
    """

    def __init__(self, folder: DataFolder, clock: SteadyClock) -> None:
        self._folder = folder
        self._clock = clock

    def names(self) -> tuple[str, ...]:
        """Return who may sign in; nobody where there are no records yet."""
        if not self._folder.clinic.is_file():
            return ()
        with self._opened() as clinic:
            return clinic.people.names()

    def sign_in(self, name: str, pin: str) -> Signed:
        """Return who somebody is; a wrong PIN is refused with ``DeniedError``."""
        with self._opened() as clinic:
            return Signed(clinic.people.sign_in(name, pin), name[:LONGEST_NAME_CHARS])

    def begin(self, actor: Actor, alias: str, route: str) -> Case:
        """Begin a visit by the clinic's rules of today."""
        rules = load_rules(self._folder.visit)[route]
        zone = get_localzone_name()
        opening = {"alias": alias.strip(), "route": route, "zone": zone, "rules": rules.to_json()}
        with self._opened() as clinic:
            visit = clinic.visits.begin(actor, alias, route, opening=opening)
            return _case(clinic, actor, visit)

    def cases(self, actor: Actor) -> tuple[Case, ...]:
        """Return today's visits that are not closed, the latest first."""
        with self._opened() as clinic:
            return tuple(
                _case(clinic, actor, visit.id)
                for visit in clinic.visits.visits(actor)
                if self._is_open(visit)
            )

    def tell(self, actor: Actor, visit: str, kind: EntryKind, facts: Facts) -> Told:
        """Tell a visit something; what is impossible now is refused and not kept."""
        with self._opened() as clinic:
            return self._told(clinic, actor, visit, kind, facts)

    def link(self, actor: Actor, visit: str, session: str) -> Case:
        """Note that a visit's session has started."""
        with self._opened() as clinic:
            told = self._told(clinic, actor, visit, EntryKind.STARTED, {"session": session})
            clinic.visits.link_session(visit, session, actor)
        return told.case

    def keep_anchors(self, actor: Actor, case: Case) -> Case:
        """Tell a visit when its session's dose began and ended, as its record has it.

        What staff told since the session was over stays: no record can have it.
        """
        if not case.visit.session or case.visit.discharged is not None:
            return case
        armed = read_armed(self._folder, case.visit.session)
        entries = read_journal(armed.folder)
        found = anchors_of(armed, entries)
        is_over = any(entry.event == ENDED for entry in entries)
        told = {} if is_over else case.visit.anchors
        with self._opened() as clinic:
            for anchor in sorted({*found, *told}):
                at, known = found.get(anchor), case.visit.anchors.get(anchor)
                if not _is_same(at, known):
                    facts = {"anchor": str(anchor), "at": None if at is None else at.isoformat()}
                    case = self._told(clinic, actor, case.id, EntryKind.ANCHOR, facts).case
        return case

    def discharge(self, actor: Actor, visit: str) -> Case:
        """Let a patient go, if the gate is open, and note when somebody speaks with them again."""
        with self._opened() as clinic:
            told = self._told(clinic, actor, visit, EntryKind.DISCHARGED, {})
            found = told.case.visit
            ended = found.ended or found.discharged or self._clock.at()
            window = follow_up_window(found.rules, ended, UTC)
            opens, closes = window.start.isoformat(), window.end.isoformat()
            clinic.visits.set_follow_up(FollowUp(visit, opens, closes, actor.id), actor)
            clinic.visits.close(visit, actor)
            if found.session:
                clinic.audit.anchor(found.session)
        return told.case

    def dues(self, actor: Actor) -> tuple[Due, ...]:
        """Return every follow-up, with what its patient is called here."""
        with self._opened() as clinic:
            aliases = {visit.id: visit.alias for visit in clinic.visits.visits(actor)}
            return tuple(
                Due(follow_up, aliases[follow_up.visit])
                for follow_up in clinic.visits.follow_ups(actor)
                if aliases.get(follow_up.visit, ERASED) != ERASED
            )

    def settle(self, signed: Signed, due: Due, state: str) -> tuple[Due, ...]:
        """Note what became of a follow-up; return them all."""
        visit = due.follow_up.visit
        facts = {"state": state, "owner": signed.name}
        with self._opened() as clinic:
            self._told(clinic, signed.actor, visit, EntryKind.FOLLOW_UP, facts)
            clinic.visits.set_follow_up(due.as_(state, signed.actor.id), signed.actor)
        return self.dues(signed.actor)

    def paper(self, actor: Actor, case: Case, kind: Format, look: Look) -> bytes:
        """Return one of the papers of a visit's session."""
        armed = read_armed(self._folder, case.visit.session)
        with self._opened() as clinic:
            clinic.audit.anchor(case.visit.session)
            stored = clinic.visits.entries(case.id, actor)
            head = str(clinic.audit.head())
        source = Source(
            armed=armed,
            entries=opened_entries(read_journal(armed.folder), stored),
            visit=visit_of(stored),
            zone=get_localzone(),
            clinic=self._folder.visit,
            head=head,
            made=self._clock.at(),
        )
        return written(source, kind, look)

    @contextmanager
    def _opened(self) -> Iterator[Clinic]:
        with Clinic.open(self._folder, self._clock) as clinic:
            yield clinic

    def _told(
        self, clinic: Clinic, actor: Actor, visit: str, kind: EntryKind, facts: Facts
    ) -> Told:
        """Tell a visit something.

        Raises
        ------
        InvalidEventError
            If it is not possible now.
        """
        entry = read_entry(str(kind), facts, self._clock.wall_time(), actor.id)
        why = why_not(_visit(clinic, actor, visit), entry)
        if why:
            raise InvalidEventError(why)
        kept = clinic.visits.append(visit, str(kind), dict(facts), actor)
        return Told(_case(clinic, actor, visit), reference_to(kept))

    def _is_open(self, visit: StoredVisit) -> bool:
        begun = datetime.fromisoformat(visit.begun_utc)
        is_todays = self._clock.at() - begun < TODAY
        return is_todays and visit.closed_utc is None and visit.alias != ERASED


def _case(clinic: Clinic, actor: Actor, visit: str) -> Case:
    stored = clinic.visits.entries(visit, actor)
    return Case(visit, visit_of(stored), texts_of(stored))


def _visit(clinic: Clinic, actor: Actor, visit: str) -> Visit:
    return visit_of(clinic.visits.entries(visit, actor))


def _is_same(at: datetime | None, known: datetime | None) -> bool:
    if at is None or known is None:
        return at is known
    return abs((at - known).total_seconds()) < _SAME_S
