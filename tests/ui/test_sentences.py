"""What engine and curation say is read in the reader's language, whatever it is filled in with."""

import string
from collections.abc import Iterator

import pytest
from fakes.languages import OPENS, words_of

from soundscape.home import home
from soundscape.session.preflight import Check
from ui.sentences import check_text, translated

FORMS = (home() / "assets" / "locale" / "sentences" / "forms.txt").read_text("utf-8").splitlines()


@pytest.fixture
def _german(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "de")


def names_in(form: str) -> Iterator[str]:
    """Yield the names of what is filled into a form."""
    return (name for _, name, _, _ in string.Formatter().parse(form) if name)


@pytest.mark.usefixtures("_german")
@pytest.mark.parametrize("form", FORMS)
def test_each_form_is_known_again(form: str) -> None:
    given = {name: f"x{number}y" for number, name in enumerate(names_in(form))}

    assert translated(form.format(**given)) == words_of("de").gettext(form).format(**given)


def test_in_english_a_sentence_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en")

    assert translated("'Buds' is muted; switch it on.") == "'Buds' is muted; switch it on."


@pytest.mark.usefixtures("_german")
@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("'A. B. Cee' is muted; switch it on.", "„A. B. Cee“ ist stumm; schalten Sie es ein."),
        (
            "Nothing is heard. The headphones 'Buds' are not there; check the plug.",
            "Nichts ist zu hören. Die Kopfhörer „Buds“ fehlen; prüfen Sie den Stecker.",
        ),
        (
            "Energy 0.31, above the settle's 0.2 there, off by 0.1 a minute; its beat is another.",
            (
                "Energie 0,31, über 0,2, die „Ankommen“ dort verlangt, im Mittel 0,1 daneben;"
                " sein Schlag ist ein anderer."
            ),
        ),
        (
            "About 11 min of calm music with an energy of 0.30 are lacking, for rise and ground.",
            (
                "Es fehlen etwa 11 min ruhige Musik mit einer Energie von 0,30, für Anstieg und"
                " Erdung."
            ),
        ),
        (
            "60 BPM, within the 50 to 70 liked there; it takes over smoothly.",
            "60 BPM, innerhalb von 50 bis 70, wie dort gewünscht; es übernimmt fließend.",
        ),
        (
            "3 entries of the record wait in memory; free some disk.",
            (
                "3 Einträge der Aufzeichnung warten im Speicher; machen Sie Platz auf dem"
                " Datenträger."
            ),
        ),
        ("whites_k: must be a number.", "whites_k: muss eine Zahl sein."),
        ("Nobody has ever said this. Nor that.", "Nobody has ever said this. Nor that."),
    ],
)
def test_sentences_are_taken_apart_as_they_were_put_together(english: str, german: str) -> None:
    assert translated(english) == german


@pytest.mark.usefixtures("_german")
def test_a_check_is_read_with_its_name() -> None:
    low = Check("power", ok=False, detail="on battery, 40 %; plug the machine in before a session")

    said = "Strom: Akku, 40 %; vor einer Sitzung ans Netz anschließen"
    assert check_text(low) == said


def test_the_pseudo_language_shows_what_is_filled_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.words.catalog", lambda: words_of("pseudo"))

    said = translated("'Buds' is muted; switch it on.")

    assert said.startswith(OPENS)
    assert "Buds" in said
