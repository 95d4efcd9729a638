"""Searches: in tracks at hand, and in a library of any size, page by page."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from playlists.library.catalog import Catalog, CatalogMaker, Row, catalog_of
from playlists.library.query import BY_TITLE, Number, Query, Sort, SortKey, parse
from playlists.library.repository import SAID_COLUMNS, Library, rating_of
from playlists.library.tables import RATING, TRACK
from playlists.models import Track

_AT_ONCE = 2_000
_RECENT_AT_MOST = 20_000
_RECENT_SHARE = 0.1
_FEW_SHARE = 0.08
"""Up to so many of all rows are sorted faster than all rows are gone through in their order."""


def matching(tracks: Sequence[Track], where: str | Query) -> list[Track]:
    """Return the tracks that fulfil a search, in their order; all of them for an empty one."""
    query = parse(where) if isinstance(where, str) else where
    if not query.terms:
        return list(tracks)
    mask = catalog_of(map(_row_of, tracks)).mask(query)
    return [tracks[number] for number in np.flatnonzero(mask).tolist()]


@dataclass(frozen=True, slots=True)
class _State:
    """What a search knows at one moment.

    A large part that was read at once, and a small one with all that changed or came since.
    """

    parts: tuple[Catalog, Catalog]
    ids: NDArray[np.int64]
    valid: NDArray[np.bool_]
    first_revision: int
    last_revision: int
    orders: dict[SortKey, NDArray[np.int32]] = field(default_factory=dict)
    ranks: dict[SortKey, NDArray[np.int32]] = field(default_factory=dict)

    def mask(self, query: Query) -> NDArray[np.bool_]:
        """Return which rows fulfil a query, without those that have a newer row."""
        return np.concatenate([part.mask(query) for part in self.parts]) & self.valid

    def number(self, number: Number) -> NDArray[np.float64]:
        """Return a column of both parts."""
        return np.concatenate([part.numbers[number] for part in self.parts])


class Search:
    """A library's catalog, kept in memory.

    It sees changes, also those by other programs, when it is refreshed. One thread may refresh it
    while others search.

    Parameters
    ----------
    library : Library
        An open one; must stay open.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._state = self._read()

    def __len__(self) -> int:
        return int(np.count_nonzero(self._state.valid))

    def refresh(self) -> bool:
        """Take in what has changed since, and return whether anything has."""
        state = self._state
        if self._newest() == state.last_revision:
            return False
        self._state = self._renewed(state)
        return True

    def find(self, query: str | Query = "", sort: Sort = BY_TITLE) -> NDArray[np.int64]:
        """Return the ids of all tracks that fulfil a search, in order.

        The returned array is of shape (tracks,), and its length is the count.
        """
        asked = parse(query) if isinstance(query, str) else query
        state = self._state
        order, mask = self._order(state, sort.key), state.mask(asked)
        rows = np.flatnonzero(mask)
        if len(rows) <= _FEW_SHARE * len(mask):
            places = np.sort(self._rank(state, sort.key)[rows])
            found = order[places[places >= 0]]
        else:
            found = order[mask[order]]
        return state.ids[found[::-1] if sort.descending else found]

    def numbers(self, query: Query, *wanted: Number) -> tuple[NDArray[Any], ...]:
        """Return the ids of the tracks that fulfil a search, in no order, and numbers of each.

        All are of shape (tracks,); a number that does not exist is not a number.
        """
        state = self._state
        found = np.flatnonzero(state.mask(query))
        return state.ids[found], *(state.number(number)[found] for number in wanted)

    def loudness(self, content_hashes: Sequence[str]) -> dict[str, tuple[float, ...]]:
        """Return the curves of loudness of a few tracks, by content; in LUFS, one a second."""
        return self._library.loudness(content_hashes)

    def page(self, ids: NDArray[np.int64], first: int, limit: int) -> list[Track]:
        """Return some of the tracks that were found, without their curves.

        Parameters
        ----------
        ids : NDArray[np.int64], shape (tracks,)
            From ``find``.
        first, limit : int
            Of which track on, and how many.
        """
        return self._library.listed(ids[first : first + limit].tolist())

    def track(self, content_hash: str) -> Track | None:
        """Return a track with its curves."""
        return self._library.track(content_hash)

    def hours(self) -> float:
        """Return how long all tracks together are."""
        return float(self._state.number(Number.LENGTH)[self._state.valid].sum() / 3600.0)

    def _newest(self) -> int:
        with self._library.reading() as connection:
            return connection.execute(sa.select(sa.func.max(TRACK.c.revision))).scalar() or 0

    def _read(self) -> _State:
        """Read everything."""
        newest = self._newest()
        ids, catalog = self._rows(_ROWS)
        state = _State((catalog, catalog_of(())), ids, np.ones(len(ids), np.bool_), newest, newest)
        # Read now and not at the first search, which somebody waits for.
        self._rank(state, SortKey.TITLE)
        return state

    def _renewed(self, state: _State) -> _State:
        """Read what is newer than the large part, or everything where that is much."""
        newest = self._newest()
        is_newer = TRACK.c.revision > state.first_revision
        with self._library.reading() as connection:
            count = connection.execute(sa.select(sa.func.count()).where(is_newer)).scalar_one()
        if count > max(_RECENT_AT_MOST, _RECENT_SHARE * len(state.parts[0])):
            return self._read()
        recent_ids, recent = self._rows(_ROWS.where(is_newer))
        old_ids = state.ids[: len(state.parts[0])]
        ids = np.concatenate([old_ids, recent_ids])
        valid = np.concatenate(
            [np.isin(old_ids, recent_ids, invert=True), np.ones(len(recent_ids), np.bool_)]
        )
        renewed = _State((state.parts[0], recent), ids, valid, state.first_revision, newest)
        self._rank(renewed, SortKey.TITLE)
        return renewed

    def _rows(self, query: sa.Select[Any]) -> tuple[NDArray[np.int64], Catalog]:
        """Read some tracks, a few at a time, so that a window's thread is let in between."""
        maker, ids = CatalogMaker(), []
        folders: dict[bytes, str] = {}
        with self._library.reading() as connection:
            for rows in connection.execute(query.order_by(TRACK.c.id)).partitions(_AT_ONCE):
                maker.add([_row_from(row, folders) for row in rows])
                ids += [row[0] for row in rows]
        return np.array(ids, np.int64), maker.catalog()

    def _order(self, state: _State, key: SortKey) -> NDArray[np.int32]:
        """Return the rows in an order, without those that have a newer row."""
        if key not in state.orders:
            state.orders[key] = self._ordered(state, key)
        return state.orders[key]

    def _rank(self, state: _State, key: SortKey) -> NDArray[np.int32]:
        """Return each row's place in an order; -1 for one that has none there."""
        if key not in state.ranks:
            order = self._order(state, key)
            rank = np.full(len(state.ids), -1, np.int32)
            rank[order] = np.arange(len(order), dtype=np.int32)
            state.ranks[key] = rank
        return state.ranks[key]

    def _ordered(self, state: _State, key: SortKey) -> NDArray[np.int32]:
        if key is SortKey.ADDED:
            by_id = np.argsort(state.ids, kind="stable").astype(np.int32)
            return by_id[state.valid[by_id]]
        if key in _TEXT_KEYS:
            return self._by_text(state, key)
        by_title = self._order(state, SortKey.TITLE)
        values = _fit_rank(state) if key is SortKey.FIT else state.number(_NUMBER_KEYS[key])
        known = np.where(np.isnan(values), -np.inf, values)[by_title]
        order: NDArray[np.int32] = by_title[np.argsort(known, kind="stable")]
        return order

    def _by_text(self, state: _State, key: SortKey) -> NDArray[np.int32]:
        """Return the rows as the database sorts them by a text, with what it does not say last."""
        by_id = self._order(state, SortKey.ADDED)
        sorted_ids = state.ids[by_id]
        with self._library.reading() as connection:
            found = connection.execute(sa.select(TRACK.c.id).order_by(_TEXT_KEYS[key], TRACK.c.id))
            ids = np.fromiter(found.scalars(), np.int64)
        places = np.searchsorted(sorted_ids, ids)
        places = places[np.append(sorted_ids, -1)[places] == ids]
        order: NDArray[np.int32] = by_id[places]
        return order


_TEXT_KEYS = {
    SortKey.TITLE: TRACK.c.title_key,
    SortKey.ARTIST: TRACK.c.artist_key,
    SortKey.ALBUM: TRACK.c.album_key,
}
_NUMBER_KEYS = {
    SortKey.LENGTH: Number.LENGTH,
    SortKey.ENERGY: Number.ENERGY,
    SortKey.TEMPO: Number.TEMPO,
    SortKey.LOUDNESS: Number.LOUDNESS,
    SortKey.RANGE: Number.RANGE,
    SortKey.RISE: Number.RISE,
    SortKey.BRIGHTNESS: Number.BRIGHTNESS,
    SortKey.PERCUSSIVENESS: Number.PERCUSSIVENESS,
}
_FIRST = ("id", "title", "artist", "album", "path", "present", "vocal_probability")
_ROWS = sa.select(
    *TRACK.c[_FIRST], *(TRACK.c[number] for number in Number), *SAID_COLUMNS
).outerjoin(RATING, RATING.c.content_hash == TRACK.c.content_hash)


def _row_of(track: Track) -> Row:
    """Return what can be searched of a track."""
    return Row(
        texts=(track.title, track.artist, track.album, track.path.parent.name),
        numbers=tuple(getattr(track.analysis, number) for number in Number),
        vocal_probability=track.analysis.vocal_probability,
        present=track.present,
        rating=track.rating,
    )


def _row_from(row: Sequence[Any], folders: dict[bytes, str]) -> Row:
    """Return what can be searched of a row of ``_ROWS``; folders' names are known after once."""
    _, title, artist, album, path, present, probability = row[: len(_FIRST)]
    said = len(_FIRST) + len(Number)
    folder = os.path.split(path)[0]
    if folder not in folders:
        folders[folder] = Path(os.fsdecode(folder)).name
    return Row(
        (title, artist, album, folders[folder]),
        tuple(row[len(_FIRST) : said]),
        probability,
        present,
        rating_of(row[said:]),
    )


_KEPT_OUT = ("avoid", "missing", "voice", "check", "len<2m", "rise>8", "range>12", "range>8")
"""What keeps a track out of sessions, or the last of calm phases; the solver's gates say more."""


def _fit_rank(state: _State) -> NDArray[np.float64]:
    """Return where each row stands by what keeps it out; what nothing does comes first."""
    ranks = np.arange(len(_KEPT_OUT), 0.0, -1.0)
    found = [
        np.select([part.mask(parse(word)) for word in _KEPT_OUT], list(ranks), 0.0)
        for part in state.parts
    ]
    return np.concatenate(found)
