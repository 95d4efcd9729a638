"""Words are read in the language that was chosen, else in English."""

from collections.abc import Iterator

import pytest

from ui.words import _, catalog, choose_language, counted


@pytest.fixture(autouse=True)
def _unread() -> Iterator[None]:
    catalog.cache_clear()
    yield
    catalog.cache_clear()


def test_the_language_of_the_settings_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en")

    choose_language({"language": "de"})

    assert _("Thank you.") == "Danke."
    assert counted("{count} track", "{count} tracks", 2) == "2 Stücke"


@pytest.mark.parametrize("settings", [{}, {"language": "xx"}, {"language": 7}])
def test_what_is_no_language_changes_nothing(
    settings: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "en")

    choose_language(settings)

    assert _("Thank you.") == "Thank you."
