"""The schema's versions: which a database has, and how it gets the newest.

A database that is not of the newest version is copied first, into the folder of backups.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from soundscape.errors import ClinicError

NEWEST = "0001"
MIGRATIONS = Path(__file__).with_name("migrations")


def version_of(connection: sa.Connection) -> str:
    """Return the version of a database; empty of a new one."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return ""
    said = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return str(said or "")


def migrate(connection: sa.Connection, scripts: Path = MIGRATIONS, newest: str = NEWEST) -> None:
    """Bring a database to a version, in the transaction that is open.

    Raises
    ------
    ClinicError
        If a newer version of the program has made it.
    """
    from alembic import command  # noqa: PLC0415 -- takes a quarter second, and is seldom needed
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, newest)
    except CommandError as error:
        raise ClinicError(
            "The clinic's records were made by a newer version; update the program first."
        ) from error


def copy_database(path: Path, target: Path) -> None:
    """Copy a database as it is at one moment, whoever is writing to it."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
