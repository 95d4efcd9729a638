"""The schema's versions, forward only; a database says its own in ``PRAGMA user_version``."""

from collections.abc import Callable

import sqlalchemy as sa

from playlists.library.tables import METADATA
from soundscape.errors import LibraryError

Step = Callable[[sa.Connection], None]


def _first_tables(connection: sa.Connection) -> None:
    """Make the tables of the first version."""
    METADATA.create_all(connection)


def _add_missing_columns(connection: sa.Connection) -> None:
    """Add the columns that the tables have today and an older database has not.

    What was measured before has their defaults until it is analyzed anew.
    """
    known = sa.inspect(connection)
    for table in METADATA.sorted_tables:
        present = {column["name"] for column in known.get_columns(table.name)}
        for column in table.columns:
            if column.name not in present:
                declared = sa.schema.CreateColumn(column).compile(connection)
                connection.exec_driver_sql(f"ALTER TABLE {table.name} ADD COLUMN {declared}")


STEPS: tuple[Step, ...] = (_first_tables, _add_missing_columns, _add_missing_columns)
"""Step n leads from version n to version n + 1; each runs once in a database's life."""


def migrate(connection: sa.Connection) -> None:
    """Bring a database to the newest version, in the transaction that is open.

    Raises
    ------
    LibraryError
        If a newer version of the program has made it.
    """
    version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    if version > len(STEPS):
        raise LibraryError("This library was made by a newer version; update the program first.")
    for step in STEPS[version:]:
        step(connection)
    connection.exec_driver_sql(f"PRAGMA user_version = {len(STEPS)}")
