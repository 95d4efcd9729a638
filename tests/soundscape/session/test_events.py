"""Events from scripts and windows: refused with a reason unless they are sound."""

import pytest

from soundscape.errors import InvalidEventError
from soundscape.session.events import OWN, Kind, read_event, script_from_json
from soundscape.units import Frames, seconds_in


def test_a_script_is_put_in_order_of_its_times() -> None:
    script = script_from_json(
        [{"at_s": 9.5, "event": "stop"}, {"at_s": 1, "event": "volume", "lu": -2}]
    )

    assert [(seconds_in(event.frame), event.kind) for event in script] == [
        (1.0, Kind.VOLUME),
        (9.5, Kind.STOP),
    ]
    assert script[0].facts == {"lu": -2.0}


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ({}, "must be a list"),
        ([5], "must be an object"),
        ([{"event": "stop"}], "needs an at_s"),
        ([{"at_s": -1, "event": "stop"}], "needs an at_s"),
        ([{"at_s": float("nan"), "event": "stop"}], "needs an at_s"),
        ([{"at_s": True, "event": "stop"}], "needs an at_s"),
        ([{"at_s": 1}], "is not an event"),
        ([{"at_s": 1, "event": "explode"}], "is not an event"),
        ([{"at_s": 1, "event": "stop", "dose": 5}], "does not carry 'dose'"),
        ([{"at_s": 1, "event": "extend"}], 'needs "minutes"'),
        ([{"at_s": 1, "event": "extend", "minutes": 1e9}], "from 0.5 to 60"),
        ([{"at_s": 1, "event": "volume", "lu": 20}], "from -24 to 6"),
        ([{"at_s": 1, "event": "volume", "lu": "loud"}], "from -24 to 6"),
        ([{"at_s": 1, "event": "note", "text": " "}], "not empty"),
        ([{"at_s": 1, "event": "note", "text": "x" * 5000}], "characters long"),
        ([{"at_s": 1, "event": "vitals", "values": 5}], "as a text or as named values"),
        ([{"at_s": 1, "event": "dose_start", "ago_min": 10.5}], "from 0 to 10"),
        ([{"at_s": 1, "event": "hold", "ago_min": 1}], "does not carry 'ago_min'"),
        ([{"at_s": 1, "event": "correct", "ago_min": 1}], 'needs "anchor"'),
        ([{"at_s": 1, "event": "correct", "anchor": "x", "ago_min": 1}], "must be one of"),
        ([{"at_s": 1, "event": "reorder", "cues": []}], "a script cannot tell 'reorder'"),
    ],
)
def test_an_unsound_script_is_refused_with_a_reason(data: object, why: str) -> None:
    with pytest.raises(InvalidEventError, match=why):
        script_from_json(data)


def test_every_kind_of_event_can_be_told() -> None:
    facts: dict[str, dict[str, object]] = {
        "extend": {"minutes": 5},
        "correct": {"anchor": "dose_start", "ago_min": 2},
        "volume": {"lu": -1},
        "note": {"text": "spoke"},
        "vitals": {"values": {"pulse": 70}},
        "reorder": {"cues": [{"phase": 1}]},
    }

    for kind in set(Kind) - OWN:
        assert read_event(str(kind), facts.get(str(kind), {}), Frames(0)).kind is kind


def test_what_only_the_session_itself_says_cannot_be_told() -> None:
    facts = {"track": "0" * 64}

    with pytest.raises(InvalidEventError, match="not an event"):
        read_event("track_barred", facts, Frames(0))

    assert read_event("track_barred", facts, Frames(0), own=True).facts == facts
