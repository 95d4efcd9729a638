"""A search becomes data, and what cannot be understood is named with what would be right."""

import pytest

from playlists.library.query import (
    Comparison,
    Field,
    Number,
    Query,
    State,
    Term,
    Words,
    parse,
)
from soundscape.errors import InvalidQueryError


def only(text: str) -> Term:
    """Return the one term of a search."""
    (term,) = parse(text).terms
    return term


@pytest.mark.parametrize(
    ("text", "sign", "bound"),
    [
        ("energy>0.3", ">", 0.3),
        ("bpm<=70", "<=", 70.0),
        ("LUFS>=-20.5", ">=", -20.5),
        ("len>5m", ">", 300.0),
        ("len<90s", "<", 90.0),
        ("len<1:02:03", "<", 3723.0),
        ("minutes>2.5", ">", 150.0),
    ],
)
def test_a_number_is_compared_in_its_unit(text: str, sign: str, bound: float) -> None:
    (condition,) = only(text).conditions

    assert isinstance(condition, Comparison)
    assert (condition.sign, condition.bound) == (sign, bound)


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("energy:0.1..0.4", [(">=", 0.1), ("<=", 0.4)]),
        ("energy=0.1..0.4", [(">=", 0.1), ("<=", 0.4)]),
        ("lufs:-23..-18", [(">=", -23.0), ("<=", -18.0)]),
        ("bpm:60..", [(">=", 60.0)]),
        ("bpm:..80", [("<=", 80.0)]),
        ("len:4:30..6m", [(">=", 270.0), ("<=", 360.0)]),
    ],
)
def test_a_range_has_both_its_ends_in_it(text: str, bounds: list[tuple[str, float]]) -> None:
    conditions = only(text).conditions

    assert [(c.sign, c.bound) for c in conditions if isinstance(c, Comparison)] == bounds


def test_words_quotes_fields_and_a_minus_are_told_apart() -> None:
    query = parse('harp "Low  Tide" artist:"mara voss" -tag:Rain license:cc0 mood:calm -avoid')

    assert query == Query(
        (
            Term((Words(("harp",)),)),
            Term((Words(("low", "tide"), quoted=True),)),
            Term((Words(("mara", "voss"), Field.ARTIST, quoted=True),)),
            Term((Words(("rain",), Field.TAG),), negated=True),
            Term((Words(("cc0",), Field.LICENCE),)),
            Term((Words(("mood", "calm"), Field.TAG),)),
            Term((State.AVOID,), negated=True),
        )
    )


def test_what_holds_no_word_asks_for_nothing() -> None:
    assert parse("  - & ... ") == Query()


@pytest.mark.parametrize(
    ("text", "term", "sentence"),
    [
        ("sweetness>1", "sweetness>1", "There is no number called sweetness; there are energy,"),
        ("enrgy>1", "enrgy>1", "did you mean energy?"),
        ("energy>calm", "energy>calm", "'calm' in energy>calm is not a number; write it as in"),
        ("energy>", "energy>", "energy> has no number; write it as in energy<0.4."),
        ("energy:0.3", "energy:0.3", "energy:0.3 is not a range; write energy:0.1..0.4"),
        ("len>5x", "len>5x", "write it as in len>5m."),
        ("harp artist:", "artist:", "Write what to look for right after artist:"),
        ("composer:mara", "composer:mara", "Nothing called composer can be searched"),
        ("artst:mara", "artst:mara", "did you mean artist:?"),
        ('harp "low tide', '"low tide', 'The quotation mark at "low tide is not closed'),
        ("bpm<nan", "bpm<nan", "is not a number"),
        ("bpm<1e3", "bpm<1e3", "is not a number"),
    ],
)
def test_a_faulty_term_is_named_in_one_sentence(text: str, term: str, sentence: str) -> None:
    with pytest.raises(InvalidQueryError) as refused:
        parse(text)

    assert refused.value.term == term
    assert sentence in str(refused.value)
    assert str(refused.value).count("\n") == 0


@pytest.mark.parametrize("number", Number)
def test_every_example_of_a_sentence_is_right_itself(number: Number) -> None:
    name = {"tempo_bpm": "bpm", "duration_s": "len", "integrated_lufs": "lufs"}.get(
        number, number.split("_")[0] if number != "max_rise_lu_2s" else "rise"
    )
    name = "range" if number is Number.RANGE else name
    with pytest.raises(InvalidQueryError) as refused:
        parse(f"{name}:7")

    offered = str(refused.value).partition("write ")[2].rstrip(".").split(" or ")

    assert [parse(example).terms[0].conditions[0] for example in offered]
