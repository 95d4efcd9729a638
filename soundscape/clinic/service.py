"""The clinic: the one entrance for windows and commands to people, visits, audit and upkeep.

    with Clinic.open(folder, clock) as clinic:
        nurse = clinic.people.sign_in(name, pin)
        visit = clinic.visits.begin(nurse, alias, route)
        clinic.visits.append(visit, "answer", {"item": "food", ...}, nurse)

Database and key are made when it is first opened. What is asked of a person's role is in
``roles``; a refusal is a ``DeniedError`` with a sentence for them.
"""

from types import TracebackType
from typing import Self

from soundscape.clinic.audit import Audit
from soundscape.clinic.backups import Backups
from soundscape.clinic.chairside import Chairside
from soundscape.clinic.keys import Keyring, key_file, new_key, read_keyring, write_keyring
from soundscape.clinic.office import Office
from soundscape.clinic.people import People
from soundscape.clinic.roles import CONSOLE
from soundscape.clinic.store.database import Database
from soundscape.clinic.upkeep import Upkeep
from soundscape.clinic.visits import VisitStore
from soundscape.clock import Clock, machine_start
from soundscape.errors import ClinicError
from soundscape.folders import DataFolder


class Clinic:
    """The clinic's records, open; a context manager.

    Attributes
    ----------
    people : People
        Who may sign in.
    visits : VisitStore
        What happened in the visits.
    chairside : Chairside
        What the patient leaves for staff.
    audit : Audit
        Who did what, and whether it is as it was written.
    backups : Backups
        Copies of everything, encrypted.
    upkeep : Upkeep
        Keys, retention, erasure.

    Parameters
    ----------
    office : Office
        Of a database that is open; use ``open``.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self.people = People(office)
        self.visits = VisitStore(office)
        self.chairside = Chairside(office, self.visits)
        self.audit = Audit(office)
        self.backups = Backups(office)
        self.upkeep = Upkeep(office)

    @classmethod
    def open(cls, folder: DataFolder, clock: Clock, *, boot: str | None = None) -> Self:
        """Open the clinic's records, making them if there are none.

        Parameters
        ----------
        folder : DataFolder
            The clinic's data.
        clock : Clock
            For labels and pauses.
        boot : str | None
            Which start of the machine this is; None asks the system.

        Records without their key, or of a newer version, are refused with ``ClinicError``.
        """
        keyring = _keyring(is_new=not folder.clinic.exists())
        database = Database(folder.clinic, folder.backups)
        try:
            office = Office(
                folder, database, keyring, clock, machine_start() if boot is None else boot
            )
            with database.changing() as rows:
                last_key = rows.audit.last_key()
                if last_key is None:
                    office.record(rows, CONSOLE, "records_begun", "clinic")
                else:
                    keyring.key(last_key)
        except BaseException:
            database.close()
            raise
        return cls(office)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the database back."""
        self._office.database.close()


def _keyring(*, is_new: bool) -> Keyring:
    """Return the clinic's keys; new ones only where nothing is sealed yet.

    Raises
    ------
    ClinicError
        If records are here and their key is not.
    """
    path = key_file()
    found = read_keyring(path)
    if found is not None:
        return found
    if not is_new:
        raise ClinicError(
            "The key of the clinic's records is missing; take it up from its recovery sheet with "
            "'soundscape keys recover SHEET'."
        )
    made = Keyring((new_key(),))
    write_keyring(path, made)
    return made
