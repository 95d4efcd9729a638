"""Where the patient's words go: into the visit that is prepared for this chair, sealed.

The window reads nothing of it. Each call may wait for the disk, and is made in the background.
"""

from soundscape.clinic.roles import PATIENT
from soundscape.clinic.service import Clinic
from soundscape.clock import Clock
from soundscape.errors import ClinicError
from soundscape.folders import DataFolder
from soundscape.visit.entries import EntryKind, read_entry


def is_awaited(folder: DataFolder, clock: Clock) -> bool:
    """Return whether a visit can keep words; records that do not open keep none.

    Where there are no records yet they would be made by being asked.
    """
    try:
        with Clinic.open(folder, clock) as clinic:
            return clinic.chairside.is_awaited(PATIENT)
    except (ClinicError, OSError):
        return False


def keep(folder: DataFolder, clock: Clock, choice: str, text: str) -> None:
    """Keep whether an intention is shared or private, and its words if there are any.

    A visit that is not there any more is refused with ``ClinicError``.
    """
    facts = {"choice": choice} | ({"text": text} if text else {})
    read_entry(str(EntryKind.INTENTION), facts, clock.wall_time(), PATIENT.id)
    with Clinic.open(folder, clock) as clinic:
        clinic.chairside.leave_intention(PATIENT, facts)
