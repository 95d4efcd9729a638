"""Sessions' records in the audit: each has its last link there, so that a cut end is found."""

from collections.abc import Iterable, Iterator

from soundscape.clinic.office import Office
from soundscape.clinic.roles import CONSOLE
from soundscape.clinic.store.database import Rows
from soundscape.errors import SessionError
from soundscape.session.journal import JOURNAL_FILE, read_rows
from soundscape.session.links import first_unlinked

ANCHORED = "record_anchored"
_NO_LINK = (0, "")

Anchors = dict[str, tuple[int, int, str]]
"""Session to the line of the audit that anchored it last, its last entry then, and that link."""


def anchors_in(rows: Rows) -> Anchors:
    """Return where each session's record was when it was anchored last."""
    return {
        line.object: (line.seq, line.detail["entry"], line.detail["link"])
        for line in rows.audit.entries(action=ANCHORED)
    }


def sessions_of(office: Office) -> list[str]:
    """Return the sessions that have a record, the oldest first."""
    return sorted(path.parent.name for path in office.folder.sessions.glob(f"*/{JOURNAL_FILE}"))


def anchor(office: Office, sessions: Iterable[str]) -> int:
    """Put the last links of sessions' records into the audit; return how many had moved on.

    A record that is damaged or cannot be read is left as it was anchored before.
    """
    with office.changing() as rows:
        known = anchors_in(rows)
        moved = 0
        for session in sessions:
            last = _last_sound_link(office, session)
            if last not in {_NO_LINK, known.get(session, _NO_LINK)[1:]}:
                entry, link = last
                office.record(rows, CONSOLE, ANCHORED, session, entry=entry, link=link)
                moved += 1
    return moved


def session_faults(office: Office, rows: Rows, last_line: int) -> Iterator[tuple[int, str]]:
    """Yield which sessions' records are not as they were written, with the line that tells."""
    known = anchors_in(rows)
    erased = rows.upkeep.erased()
    for session in sorted({*sessions_of(office), *known}):
        if (session, "sessions") in erased:
            continue
        line, entries, link = known.get(session, (last_line, 0, ""))
        try:
            kept = read_rows(office.folder.sessions / session)
        except SessionError as error:
            yield line, str(error)
            continue
        bad = first_unlinked(kept)
        if bad is None and len(kept) < entries:
            bad = len(kept) + 1
        elif bad is None and entries and kept[entries - 1][-1] != link:
            bad = entries
        if bad is not None:
            yield line, f"Entry {bad} of session {session} is not as it was written, or gone."


def _last_sound_link(office: Office, session: str) -> tuple[int, str]:
    try:
        rows = read_rows(office.folder.sessions / session)
    except SessionError:
        return _NO_LINK
    if not rows or first_unlinked(rows) is not None:
        return _NO_LINK
    return len(rows), rows[-1][-1]
