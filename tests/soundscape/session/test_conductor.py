"""Live events among scripted ones, and a conductor that takes up where another stopped."""

from pathlib import Path

import pytest
from fakes.plans import data_folder, short_plan

from soundscape.errors import InvalidEventError
from soundscape.session.conductor import SCRIPTED, Conductor, told_events
from soundscape.session.events import Kind, SessionEvent
from soundscape.session.files import Armed, Terms
from soundscape.session.journal import Entry
from soundscape.session.passage import Passage
from soundscape.units import Frames, frames_in

SCRIPT = (
    SessionEvent(frames_in(60.0), Kind.DOSE_START),
    SessionEvent(frames_in(120.0), Kind.CALL),
    SessionEvent(frames_in(180.0), Kind.DELIVERY_END),
)


@pytest.fixture(scope="module")
def armed(tmp_path_factory: pytest.TempPathFactory) -> Armed:
    root = tmp_path_factory.mktemp("armed")
    plan = short_plan(data_folder(root), 4.0)
    return Armed("s", Path(root), plan, SCRIPT, Terms("null", 1.0, attended=False))


def test_a_live_event_that_anticipates_the_script_replaces_it(armed: Armed) -> None:
    conductor = Conductor(armed)

    conductor.tell("dose_start", {}, frames_in(30.0))

    told = [(event.frame, event.kind) for event in conductor.events]
    assert told == [
        (frames_in(30.0), Kind.DOSE_START),
        (frames_in(120.0), Kind.CALL),
        (frames_in(180.0), Kind.DELIVERY_END),
    ]


def test_a_refused_event_changes_nothing(armed: Armed) -> None:
    conductor = Conductor(armed)
    before = conductor.events

    with pytest.raises(InvalidEventError):
        conductor.tell("delivery_end", {}, frames_in(10.0))

    assert conductor.events == before


def test_scripted_events_are_due_once_each(armed: Armed) -> None:
    conductor = Conductor(armed)

    first = [event.kind for event, _ in conductor.due(frames_in(130.0))]
    again = conductor.due(frames_in(131.0))

    assert first == [Kind.DOSE_START, Kind.CALL]
    assert again == []


def test_a_conductor_takes_up_what_the_record_says(armed: Armed) -> None:
    one = Conductor(armed)
    live = one.tell("hold", {}, frames_in(70.0))
    entries = [
        Entry(1, frames_in(60.0), "", "dose_start", {SCRIPTED: 0}),
        Entry(2, live.frame, "", "hold", {}),
        Entry(3, frames_in(75.0), "", "cue", {"track": "x"}),
    ]

    other = Conductor(armed, entries)

    assert other.events == one.events
    assert other.timeline(Frames(0)) == one.timeline(Frames(0))
    assert [event.kind for event in told_events(entries)] == [Kind.DOSE_START, Kind.HOLD]
    assert [event.kind for event, _ in other.due(frames_in(130.0))] == [Kind.CALL]


def test_a_call_stays_sent_until_it_is_seen(armed: Armed) -> None:
    passage = Passage(armed.plan, ())
    call = SessionEvent(frames_in(5.0), Kind.CALL)
    passage.told(call)

    assert passage.call() == ("sent", 5.0)
    assert passage.same_call("call", frames_in(90.0), frames_in(3.0)) is call
    passage.told(SessionEvent(frames_in(91.0), Kind.CALL_SEEN))
    assert passage.call() == ("seen", 5.0)
    assert passage.same_call("call", frames_in(92.0), frames_in(3.0)) is None


def test_phases_and_cues_are_passed_once_each(armed: Armed) -> None:
    passage = Passage(armed.plan, ())
    timeline = Conductor(armed).timeline(Frames(0))

    first = list(passage.up_to(frames_in(3.0), timeline))
    again = list(passage.up_to(frames_in(3.0), timeline))

    assert [name for _, name, _ in first] == ["phase", "cue", "cue"]
    assert again == []
