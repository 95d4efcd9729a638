"""The schema's versions, forward only; a database says its own in ``PRAGMA user_version``."""

from collections.abc import Callable

import sqlalchemy as sa

from playlists.library.tables import METADATA
from soundscape.errors import LibraryError

Step = Callable[[sa.Connection], None]


def _first_tables(connection: sa.Connection) -> None:
    """Make the tables of the first version."""
    METADATA.create_all(connection)


STEPS: tuple[Step, ...] = (_first_tables,)
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
