"""Words are read in the language that was chosen, else in English."""

import pytest

from ui.words import _, choose_language, counted, language


def test_the_language_of_the_settings_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en")

    choose_language({"language": "de"})

    assert _("Thank you.") == "Danke."
    assert counted("{count} track", "{count} tracks", 2) == "2 Stücke"
    assert language() == "de"


def test_another_language_can_be_chosen_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "de")
    before = _("Thank you.")

    choose_language({"language": "en"})

    assert (before, _("Thank you."), language()) == ("Danke.", "Thank you.", "en")


@pytest.mark.parametrize("settings", [{}, {"language": "xx"}, {"language": 7}])
def test_what_is_no_language_changes_nothing(
    settings: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "en")

    choose_language(settings)

    assert _("Thank you.") == "Thank you."
