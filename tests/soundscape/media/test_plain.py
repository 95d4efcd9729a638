"""What others wrote is shown as one short, harmless line."""

from hypothesis import given
from hypothesis import strategies as st

from soundscape.media.plain import cleaned


@given(st.text(max_size=400))
def test_cleaned_text_is_one_short_line_and_stays_clean(text: str) -> None:
    line = cleaned(text)

    assert len(line) <= 200
    assert line.isprintable()
    assert cleaned(line) == line


def test_letters_and_their_accents_are_joined() -> None:
    assert cleaned("Cafe\u0301\u200b del\u2028mar") == "Café del mar"
