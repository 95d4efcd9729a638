"""A status becomes the words, numbers and picture that staff read."""

import pytest
from fakes.clock import FakeClock
from fakes.session import status

from ui.desk.readings import (
    ends_text,
    in_phase_text,
    next_text,
    phase_note,
    signed_text,
    sound_text,
    span_text,
    title_text,
)


@pytest.mark.parametrize(
    ("length_s", "text"),
    [(0.0, "0:00"), (59.99, "0:59"), (370.0, "6:10"), (3970.0, "1:06:10"), (-3.0, "0:00")],
)
def test_a_span_is_written_as_a_clock_would(length_s: float, text: str) -> None:
    assert span_text(length_s) == text


def test_a_phase_of_unknown_length_says_only_what_is_over() -> None:
    assert in_phase_text(status()) == "6:10 of 23:00"
    assert in_phase_text(status(phase_length_s=None)) == "6:10"


def test_the_end_is_told_by_the_wall_clock_or_not_at_all() -> None:
    soon, later = (
        ends_text(status(ends_in_s=0.0), FakeClock()),
        ends_text(status(ends_in_s=5400.0), FakeClock()),
    )

    assert (int(later[:2]) * 60 + int(later[3:]) - int(soon[:2]) * 60 - int(soon[3:])) % 1440 == 90


def test_an_end_that_waits_for_staff_is_told_as_expected() -> None:
    known = ends_text(status(ends_in_s=4910.0), FakeClock())

    assert ends_text(status(ends_in_s=None), FakeClock()) == known


def test_an_end_that_nobody_expects_is_not_told() -> None:
    waiting = [{"name": "recover", "start_s": 0.0, "end_s": None}]

    assert ends_text(status(ends_in_s=None, expected=waiting), FakeClock()) == "\u2013"


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"held": True, "state": "holding"}, "Held"),
        ({"pump_paused": True}, "pump"),
        ({"state": "holding"}, "Waiting"),
        ({"state": "fading_out"}, "Fading"),
        ({"state": "ended"}, "ended"),
    ],
)
def test_what_is_waited_for_is_said(change: dict[str, object], word: str) -> None:
    assert word in phase_note(status(**change))


def test_nothing_is_said_while_nothing_waits() -> None:
    assert phase_note(status()) == ""


def test_what_sounds_is_named() -> None:
    assert sound_text(status()) == "Wide water"
    assert sound_text(status(silenced=True)) == "Silent"
    assert sound_text(status(sounding=[], cues=[])) == "Nothing is sounding"
    soon = {"title": "Tide", "start_s": status()["t_s"] + 2.0}
    assert sound_text(status(sounding=[], cues=[soon])) == "A breath between two tracks"


def test_the_next_track_is_named_with_its_wait() -> None:
    assert next_text(status()) == "then Loom in 5:20"
    assert next_text(status(cues=[])) == ""


def test_a_negative_number_has_a_true_minus() -> None:
    assert (signed_text(-1.7, 1), signed_text(2.0), signed_text(-0.2)) == ("\u22121.7", "+2", "0")


def test_a_title_is_read_in_the_language_as_far_as_its_parts_are_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LANGUAGE", "de")

    assert title_text("Ember, IV infusion, 40 min") == "Glut, Infusion (i.v.), 40 min"
    assert title_text("Low Tide, IV infusion") == "Low Tide, Infusion (i.v.)"


def test_what_sounds_already_is_not_announced() -> None:
    bed = [{"title": "Bed", "start_s": 5000.0}]

    assert next_text(status(sounding=[{"title": "Bed"}], cues=bed)) == ""
