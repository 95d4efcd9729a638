"""Whether everything is as it was written: the audit, and against it visits and sessions."""

from collections.abc import Iterable, Sequence

from soundscape.clinic.anchors import session_faults
from soundscape.clinic.chain import AuditEntry, Head, Verdict, verified
from soundscape.clinic.office import Office
from soundscape.clinic.store.database import Rows
from soundscape.clinic.visits import content, facts_place, origin
from soundscape.errors import ClinicError


def verify(rows: Rows, office: Office, known: Iterable[Head]) -> Verdict:
    """Return what a look through everything found; the first fault by its place in the audit."""
    lines = rows.audit.entries()
    chain = verified(lines, office.signer, known=known)
    if not chain.ok:
        return chain
    faults = [
        *_visit_faults(lines, rows),
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
    begun = {line.object: line for line in lines if line.action == "visit_begun"}
    faults = []
    for visit, line in begun.items():
        row = found.pop(visit, None)
        if row is None:
            faults.append((line.seq, f"Visit {visit} is gone."))
        elif origin(row) != dict(line.detail):
            faults.append((line.seq, f"Visit {visit} was changed."))
    faults += [(len(lines), f"Visit {visit} was never begun.") for visit in found]
    return faults


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
        try:
            facts = office.sealer.open_facts(facts_place(row.id), row.facts)
        except ClinicError:
            facts = {}
        if office.signer.digest(content(row, facts), line.key) != line.detail["digest"]:
            faults.append((line.seq, f"{place} was changed."))
    faults += [
        (len(lines), f"Entry {row.seq} of visit {row.visit} was never written.")
        for row in found.values()
    ]
    return faults
