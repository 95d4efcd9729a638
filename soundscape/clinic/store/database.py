"""The open database: what is read, and what is changed in one transaction that is kept or undone.

Write-ahead logged and fully synchronous, as the sessions' records are. What is deleted is
overwritten. A change begins with the right to write, so that it cannot fail halfway.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from soundscape.clinic.store.audit_rows import AuditRows
from soundscape.clinic.store.people_rows import PeopleRows
from soundscape.clinic.store.schema import NEWEST, copy_database, migrate, version_of
from soundscape.clinic.store.upkeep_rows import UpkeepRows
from soundscape.clinic.store.visit_rows import VisitRows
from soundscape.errors import ClinicError

BUSY_MS = 5_000


class Rows:
    """What can be done to the rows while a connection is held.

    Parameters
    ----------
    connection : sa.Connection
        In a transaction.
    """

    def __init__(self, connection: sa.Connection) -> None:
        self.people = PeopleRows(connection)
        self.visits = VisitRows(connection)
        self.audit = AuditRows(connection)
        self.upkeep = UpkeepRows(connection)


class Database:
    """The clinic's database; made where there is none, brought up to date where it is old.

    Parameters
    ----------
    path : Path
        Its file.
    backups : Path
        Folder that gets a copy before the schema changes.
    """

    def __init__(self, path: Path, backups: Path) -> None:
        self._path = path
        self._engine = sa.create_engine(
            sa.URL.create("sqlite", database=str(path)), hide_parameters=True
        )
        sa.event.listen(self._engine, "connect", _prepare)
        sa.event.listen(self._engine, "begin", _begin)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)  # the log gets the same mode
        try:
            self._bring_up_to_date(backups)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Give the file back."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Rows]:
        """Yield the rows as they are at one moment."""
        with self._connected(writing=False) as connection:
            yield Rows(connection)

    @contextmanager
    def changing(self) -> Iterator[Rows]:
        """Yield the rows to change; all is on the disk at the end, or nothing was changed."""
        with self._connected(writing=True) as connection:
            yield Rows(connection)

    def forget_deleted(self) -> None:
        """Take what was deleted or sealed anew out of the log and the free pages, too."""
        with self._connected(writing=False) as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("VACUUM")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")

    def _bring_up_to_date(self, backups: Path) -> None:
        with self._connected(writing=False) as connection:
            version = version_of(connection)
        if version == NEWEST:
            return
        if version:
            copy_database(self._path, backups / f"clinic-before-{version}.db")
        with self._connected(writing=True) as connection:
            migrate(connection)

    @contextmanager
    def _connected(self, *, writing: bool) -> Iterator[sa.Connection]:
        """Yield a connection in a transaction.

        Raises
        ------
        ClinicError
            If the database fails, with what it says.
        """
        try:
            with self._engine.connect() as connection:
                connection.execution_options(writing=writing)
                with connection.begin():
                    yield connection
        except sa.exc.DBAPIError as error:
            if type(error.orig) is sqlite3.DatabaseError:  # not one of its kinds: no database
                raise ClinicError(
                    "The clinic's database is damaged; restore a backup into another folder."
                ) from error
            raise ClinicError(f"The clinic's database fails: {error.orig}.") from error


def _prepare(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")


def _begin(connection: sa.Connection) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
