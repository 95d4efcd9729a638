"""A search under a name is kept, replaced and forgotten; a wrong one is refused."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from playlists.library.repository import Library
from playlists.library.saved import forget_search, save_search, saved_search, saved_searches
from soundscape.errors import InvalidQueryError, LibraryError


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.sqlite") as opened:
        yield opened


def test_a_search_is_kept_until_it_is_replaced_or_forgotten(library: Library) -> None:
    save_search(library, "Calm", "energy<0.3")
    save_search(library, "Harps", "tag:harp")
    save_search(library, "Calm", "energy<0.2 beatless")
    forget_search(library, "Harps")

    assert saved_searches(library) == {"Calm": "energy<0.2 beatless"}
    assert saved_search(library, "Calm") == "energy<0.2 beatless"


def test_what_is_wrong_is_refused_and_nothing_kept(library: Library) -> None:
    with pytest.raises(InvalidQueryError):
        save_search(library, "Calm", "enrgy<0.3")
    with pytest.raises(LibraryError, match="a name"):
        save_search(library, " \n", "harp")
    with pytest.raises(LibraryError, match="No search is called 'Calm'; there are: none yet"):
        forget_search(library, "Calm")

    assert saved_searches(library) == {}
