"""The schema's versions, forward only; a database says its own in ``PRAGMA user_version``.

A table whose columns are others than today's is made anew and filled with what the old one has;
what was measured before has its defaults until it is analyzed anew.
"""

from collections.abc import Collection

import sqlalchemy as sa

from playlists.library.folding import folded
from playlists.library.tables import CURVE, METADATA, TRACK, TRIGGERS
from soundscape.errors import LibraryError

VERSION = 4
"""Raised with every change of ``playlists.library.tables``."""

_KEYS = ("title", "artist", "album")


def migrate(connection: sa.Connection) -> None:
    """Bring a database to the newest version, in the transaction that is open.

    Raises
    ------
    LibraryError
        If a newer version of the program has made it.
    """
    version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    if version > VERSION:
        raise LibraryError("This library was made by a newer version; update the program first.")
    if version < VERSION:
        _reshape(connection)
        connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")


def _reshape(connection: sa.Connection) -> None:
    """Make today's tables, and move what older ones hold into them."""
    known = sa.inspect(connection)
    old = {}
    for table in METADATA.sorted_tables:
        if not known.has_table(table.name):
            continue
        columns = {column["name"] for column in known.get_columns(table.name)}
        if columns != set(table.columns.keys()):
            old[table.name] = columns
            _set_aside(connection, table.name)
    METADATA.create_all(connection)
    for name, columns in old.items():
        _move(connection, name, METADATA.tables[name], columns)
    if TRACK.name in old:
        _move(connection, TRACK.name, CURVE, old[TRACK.name])
        _fill_keys(connection)
    for name in old:
        connection.exec_driver_sql(f"DROP TABLE {_aside(name)}")
    for trigger in TRIGGERS:
        connection.exec_driver_sql(trigger.replace("TRIGGER", "TRIGGER IF NOT EXISTS", 1))


def _aside(name: str) -> str:
    return f"{name}_before"


def _set_aside(connection: sa.Connection, name: str) -> None:
    """Rename a table; its indexes go, for their names are needed."""
    for index in sa.inspect(connection).get_indexes(name):
        connection.exec_driver_sql(f'DROP INDEX IF EXISTS "{index["name"]}"')
    connection.exec_driver_sql(f"ALTER TABLE {name} RENAME TO {_aside(name)}")


def _move(connection: sa.Connection, name: str, table: sa.Table, had: Collection[str]) -> None:
    """Fill a table with what another that was set aside has for its columns."""
    shared = [column for column in table.columns.keys() if column in had]  # noqa: SIM118 - ordered
    names = sa.text(", ".join(shared))
    moved = sa.select(names).select_from(sa.table(_aside(name)))
    connection.execute(sa.insert(table).from_select(shared, moved, include_defaults=False))


def _fill_keys(connection: sa.Connection) -> None:
    """Give every track the keys that it is sorted by."""
    driver = connection.connection.driver_connection
    assert driver is not None, "a connection in use has one"  # noqa: S101
    driver.create_function("folded", 1, folded)
    keys = {f"{name}_key": sa.func.folded(TRACK.c[name]) for name in _KEYS}
    connection.execute(sa.update(TRACK).values(keys))
