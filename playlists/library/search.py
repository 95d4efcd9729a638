"""Searches: in tracks at hand, and in a library of any size, page by page."""

from collections.abc import Sequence

import numpy as np

from playlists.library.catalog import Row, catalog_of
from playlists.library.query import Number, Query, parse
from playlists.models import Track


def matching(tracks: Sequence[Track], where: str | Query) -> list[Track]:
    """Return the tracks that fulfil a search, in their order; all of them for an empty one."""
    query = parse(where) if isinstance(where, str) else where
    if not query.terms:
        return list(tracks)
    mask = catalog_of(map(_row, tracks)).mask(query)
    return [tracks[number] for number in np.flatnonzero(mask).tolist()]


def _row(track: Track) -> Row:
    """Return what can be searched of a track."""
    return Row(
        texts=(track.title, track.artist, track.album, track.path.parent.name),
        numbers=tuple(getattr(track.analysis, number) for number in Number),
        vocal_probability=track.analysis.vocal_probability,
        present=track.present,
        rating=track.rating,
    )
