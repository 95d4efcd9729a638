"""Backups as people use them: made, thinned out, tried, and restored where nothing is yet."""

from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from soundscape.clinic.anchors import anchor, sessions_of
from soundscape.clinic.backup import backups_in, rotated, thin_out, write_backup
from soundscape.clinic.chain import Head
from soundscape.clinic.keys import Keyring, key_file, read_keyring
from soundscape.clinic.office import Office
from soundscape.clinic.restore import Unpacked, restore, unpacked
from soundscape.clinic.roles import Action, Actor
from soundscape.clinic.store.database import Database
from soundscape.clinic.verification import verify
from soundscape.clock import Clock
from soundscape.errors import ClinicError
from soundscape.folders import DataFolder


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made.

    Attributes
    ----------
    path : Path
        Its file.
    files : int
        How many files are in it.
    head : Head
        The audit's end before it.
    gone : tuple[Path, ...]
        Older backups that were deleted for it.
    """

    path: Path
    files: int
    head: Head
    gone: tuple[Path, ...] = ()


class Backups:
    """The clinic's backups.

    Parameters
    ----------
    office : Office
        The clinic's.
    """

    def __init__(self, office: Office) -> None:
        self._office = office

    def make(self, actor: Actor, out: Path) -> Made:
        """Write everything into one encrypted file, also while a session runs."""
        self._office.authorize(actor, Action.BACK_UP)
        anchor(self._office, sessions_of(self._office))
        with self._office.reading() as rows:
            head = rows.audit.head()
        made = self._office.clock.wall_time()
        contents = write_backup(self._office.folder, out, self._office.keyring.current, head, made)
        with self._office.changing() as rows:
            self._office.record(rows, actor, "backed_up", "clinic", files=len(contents))
        return Made(out, len(contents), head)

    def rotate(self, actor: Actor) -> Made:
        """Make a backup in the data folder, and thin out the older ones."""
        now = datetime.fromisoformat(self._office.clock.wall_time())
        made = self.make(actor, rotated(self._office.folder, now))
        return replace(made, gone=tuple(thin_out(self._office.folder)))

    def drill(self, actor: Actor, source: Path | None = None) -> Unpacked:
        """Restore a backup into a passing folder and look through it; nothing is changed.

        Parameters
        ----------
        actor : Actor
            Who tries.
        source : Path | None
            The backup; None is the latest that rotation made.

        Raises
        ------
        ClinicError
            If there is no backup, or it is not whole.
        """
        self._office.authorize(actor, Action.BACK_UP)
        source = source or next(reversed(backups_in(self._office.folder).values()), None)
        if source is None:
            raise ClinicError(
                "There is no backup yet; make one with 'soundscape backup --rotate'."
            )
        keyring = self._office.keyring
        with unpacked(source, keyring, self._office.folder.root) as (arrived, found):
            check_restored(arrived, found.head, keyring, self._office.clock)
        with self._office.changing() as rows:
            self._office.record(rows, actor, "restore_tried", "clinic", files=found.files)
        return found


def restore_backup(source: Path, folder: DataFolder, clock: Clock) -> Unpacked:
    """Restore a backup where no data is yet, with the keys of this machine.

    Raises
    ------
    ClinicError
        If there are no keys, the folder is not empty, or the backup is not whole.
    """
    keyring = read_keyring(key_file())
    if keyring is None:
        raise ClinicError(
            "The key of that backup is not here; take it up from its recovery sheet with "
            "'soundscape keys recover SHEET'."
        )
    return restore(
        source, folder, keyring, lambda there, head: check_restored(there, head, keyring, clock)
    )


def check_restored(folder: DataFolder, head: Head, keyring: Keyring, clock: Clock) -> None:
    """Look whether audit, visits and sessions of a folder are as they were written.

    Raises
    ------
    ClinicError
        If they are not, with the first fault.
    """
    with closing(Database(folder.clinic, folder.backups)) as database, database.reading() as rows:
        found = verify(rows, Office(folder, database, keyring, clock, ""), [head])
    if not found.ok:
        raise ClinicError(f"That backup does not hold: {found.why} Choose another.")
