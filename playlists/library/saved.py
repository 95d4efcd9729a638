"""Searches under a name: lists that follow the library."""

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from playlists.library.query import parse
from playlists.library.repository import Library
from playlists.library.tables import SAVED
from soundscape.errors import LibraryError
from soundscape.media.plain import cleaned


def saved_searches(library: Library) -> dict[str, str]:
    """Return every saved search by its name, in order."""
    with library.reading() as connection:
        rows = connection.execute(sa.select(SAVED.c.name, SAVED.c.query).order_by(SAVED.c.name))
        return {name: query for name, query in rows}  # noqa: C416 - rows are no pairs to dict


def save_search(library: Library, name: str, query: str) -> None:
    """Save a search under a name, in place of one that had it.

    Raises
    ------
    LibraryError
        If the name is empty; a search that is not understood is refused as ever.
    """
    parse(query)
    if not cleaned(name):
        raise LibraryError("Give the search a name.")
    statement = insert(SAVED).values(name=cleaned(name), query=query)
    replaced = statement.on_conflict_do_update(index_elements=["name"], set_={"query": query})
    with library.changing() as connection:
        connection.execute(replaced)


def forget_search(library: Library, name: str) -> None:
    """Forget a saved search; no track is touched."""
    saved_search(library, name)
    with library.changing() as connection:
        connection.execute(sa.delete(SAVED).where(SAVED.c.name == name))


def saved_search(library: Library, name: str) -> str:
    """Return the search with a name.

    Raises
    ------
    LibraryError
        If there is none.
    """
    try:
        return saved_searches(library)[name]
    except KeyError:
        known = ", ".join(saved_searches(library)) or "none yet"
        raise LibraryError(f"No search is called {name!r}; there are: {known}.") from None
