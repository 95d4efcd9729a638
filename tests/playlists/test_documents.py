"""Documents: names that never lead out of the folder, and writing whole or not at all."""

from pathlib import Path

import pytest

from playlists.documents import Documents, is_name, name_of
from soundscape.errors import LibraryError

TITLES = (
    "Still Water",
    "../../etc/passwd",
    "",
    "\u6d77",
    "CON",
    "a" * 300,
    "\ud800",
    "Caf\u00e9!",
)


@pytest.mark.parametrize("title", TITLES)
def test_any_title_has_a_name(title: str) -> None:
    assert is_name(name_of(title))


def test_titles_become_names_that_people_recognize() -> None:
    assert [name_of(title) for title in ("Still Water", "Caf\u00e9 & Sea")] == [
        "still-water",
        "cafe-sea",
    ]


@pytest.mark.parametrize("name", ["../a", "a/b", "", ".", "A", "a.json", "a\n", "-"])
def test_what_is_no_name_is_refused(name: str, tmp_path: Path) -> None:
    documents = Documents(tmp_path / "inside")

    with pytest.raises(LibraryError, match="is not a name"):
        documents.put(name, {})

    assert not list(tmp_path.rglob("*.json"))


def test_a_document_is_kept_listed_and_removed(tmp_path: Path) -> None:
    documents = Documents(tmp_path / "inside")
    documents.put("a", {"x": [1, "\U0001f9d8"]})

    kept, names = documents.get("a"), documents.names()
    documents.put("a", None)

    assert (kept, names) == ({"x": [1, "\U0001f9d8"]}, ["a"])
    assert (documents.get("a"), documents.names()) == (None, [])


@pytest.mark.parametrize("content", ["{", "[1]", "[" * 100_000, "\x00"])
def test_a_damaged_document_is_said(content: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(content)

    with pytest.raises(LibraryError, match="is damaged"):
        Documents(tmp_path).get("a")
