"""Words are read in the language that was chosen, else in English."""

from datetime import date

import pytest

from ui.words import _, choose_language, counted, day_of, decimal, language, localized


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


@pytest.mark.parametrize(
    ("code", "number", "day"), [("en", "1.50", "10 Mar"), ("de", "1,50", "10.03.")]
)
def test_numbers_and_days_are_written_as_the_language_does(
    code: str, number: str, day: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", code)

    assert decimal(1.5, 2) == localized("1.50") == number
    assert day_of(date(2026, 3, 10)) == day
