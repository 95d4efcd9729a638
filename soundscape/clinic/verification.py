"""Whether everything is as it was written: the audit, and against it visits and sessions."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict

from soundscape.clinic.anchors import session_faults
from soundscape.clinic.chain import AuditEntry, Head, Verdict, verified
from soundscape.clinic.office import Office
from soundscape.clinic.store.database import Rows
from soundscape.clinic.store.visit_rows import EntryRow
from soundscape.clinic.visits import (
    FOLLOW_UP_SET,
    VISIT_CHANGES,
    content,
    facts_place,
    state_of,
)
from soundscape.errors import ClinicError


def verify(rows: Rows, office: Office, known: Iterable[Head]) -> Verdict:
    """Return what a look through everything found; the first fault by its place in the audit."""
    lines = rows.audit.entries()
    chain = verified(lines, office.signer, known=known)
    if not chain.ok:
        return chain
    faults = [
        *_visit_faults(lines, rows),
        *_follow_up_faults(lines, rows),
        *_entry_faults(lines, rows, office),
        *session_faults(office, rows, len(lines)),
    ]
    if faults:
        return Verdict(len(lines), *min(faults))
    return Verdict(len(lines))


Fault = tuple[int, str]
"""The line of the audit that does not hold any more, and why."""


def _visit_faults(lines: Sequence[AuditEntry], rows: Rows) -> list[Fault]:
    """Return which visits are not as they began."""
    found = {row.id: row for row in rows.visits.all()}
    told: dict[str, dict[str, object]] = {}
    last: dict[str, int] = {}
    for line in lines:
        if line.action in VISIT_CHANGES:
            told[line.object] = told.get(line.object, {}) | dict(line.detail)
            last[line.object] = line.seq
    faults = []
    for visit, facts in told.items():
        row = found.pop(visit, None)
        if row is None:
            faults.append((last[visit], f"Visit {visit} is gone."))
        elif state_of(row) != facts:
            faults.append((last[visit], f"Visit {visit} was changed."))
    faults += [(len(lines), f"Visit {visit} was never begun.") for visit in found]
    return faults


def _follow_up_faults(lines: Sequence[AuditEntry], rows: Rows) -> list[Fault]:
    """Return which follow-ups are not as they were set."""
    erased = rows.upkeep.erased()
    told = {line.object: line for line in lines if line.action == FOLLOW_UP_SET}
    found = {row.visit: asdict(row) for row in rows.visits.follow_ups()}
    return [
        (line.seq, f"The follow-up of visit {visit} was changed.")
        for visit, line in told.items()
        if (visit, "visits") not in erased and found.get(visit) != dict(line.detail)
    ]


def _entry_faults(lines: Sequence[AuditEntry], rows: Rows, office: Office) -> list[Fault]:
    """Return which entries of visits are not as they were written."""
    erased = rows.upkeep.erased()
    found = {row.id: row for row in rows.visits.entries()}
    faults = []
    for line in lines:
        if line.action != "visit_entry":
            continue
        row = found.pop(line.detail["entry"], None)
        place = f"Entry {line.detail['seq']} of visit {line.object}"
        if row is None:
            if (line.object, "visits") not in erased:
                faults.append((line.seq, f"{place} is gone."))
            continue
        if row.is_note and (line.object, "notes") in erased:
            continue
        if _digest(row, line.key, office) != line.detail["digest"]:
            faults.append((line.seq, f"{place} was changed."))
    faults += [
        (len(lines), f"Entry {row.seq} of visit {row.visit} was never written.")
        for row in found.values()
    ]
    return faults


def _digest(row: EntryRow, key: str, office: Office) -> str:
    """Return what should stand in the audit for an entry; empty where nothing could."""
    try:
        facts = office.sealer.open_facts(facts_place(row.id), row.facts)
        return office.signer.digest(content(row, facts), key)
    except (ClinicError, TypeError):
        return ""
