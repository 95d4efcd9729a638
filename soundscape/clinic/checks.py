"""Whether the clinic's records can be relied on: key, audit and last backup, a look at each.

Nothing is made and nothing is changed: a chair without records has nothing to check.
"""

from collections.abc import Sequence
from datetime import datetime

from soundscape.clinic.chain import AuditEntry
from soundscape.clinic.keys import key_file, read_keyring
from soundscape.clinic.roles import CONSOLE
from soundscape.clinic.service import Clinic
from soundscape.clock import Clock
from soundscape.errors import ClinicError
from soundscape.folders import DataFolder
from soundscape.session.preflight import Check

KEY, AUDIT, BACKUP = "key", "audit", "backup"
BACKED_UP = "backed_up"
OLDEST_BACKUP_DAYS = 7
MAKE_ONE = "make one with 'soundscape backup --rotate'"


def records(folder: DataFolder, clock: Clock) -> tuple[Check, ...]:
    """Return what was found of key, audit and last backup; the key alone where it has a fault.

    Parameters
    ----------
    folder : DataFolder
        The clinic's data.
    clock : Clock
        Tells how old a backup is.
    """
    key = _key(has_records=folder.clinic.exists())
    if not key.ok or not folder.clinic.exists():
        return (key,)
    try:
        with Clinic.open(folder, clock) as clinic:
            found = clinic.audit.verify(CONSOLE)
            lines = clinic.audit.entries(CONSOLE)
    except (ClinicError, OSError) as error:
        return key, Check(AUDIT, ok=False, detail=str(error))
    whole = f"{found.entries} entries, all as they were written"
    return key, Check(AUDIT, found.ok, whole if found.ok else found.why), _backup(lines, clock)


def _key(*, has_records: bool) -> Check:
    path = key_file()
    try:
        keyring = read_keyring(path)
    except ClinicError as error:
        return Check(KEY, ok=False, detail=str(error))
    except OSError as error:
        return Check(KEY, ok=False, detail=f"{path} cannot be read: {error.strerror}.")
    if keyring is not None:
        return Check(KEY, ok=True, detail=f"readable by its owner alone: {path}")
    if not has_records:
        return Check(KEY, ok=True, detail="none yet; it is made with the first record")
    advice = "The key is missing; take it up with 'soundscape keys recover SHEET'."
    return Check(KEY, ok=False, detail=advice)


def _backup(lines: Sequence[AuditEntry], clock: Clock) -> Check:
    """Look for the last backup, wherever it was written to: the audit knows of each."""
    made = next((line.utc for line in reversed(lines) if line.action == BACKED_UP), None)
    if made is None:
        return Check(BACKUP, ok=False, detail=f"There is none yet; {MAKE_ONE}.")
    days = (_moment(clock.wall_time()) - _moment(made)).days
    if days > OLDEST_BACKUP_DAYS:
        return Check(BACKUP, ok=False, detail=f"The last one is {days} days old; {MAKE_ONE}.")
    age = {0: "made today", 1: "made yesterday"}.get(days, f"made {days} days ago")
    return Check(BACKUP, ok=True, detail=age)


def _moment(label: str) -> datetime:
    return datetime.fromisoformat(label)
