"""Staff at their desk: live events of an attended session, through the client."""

import contextlib
from collections.abc import Iterator

import pytest
from fakes.plans import other_order
from rig.chair import Chair

from soundscape.clock import MachineClock
from soundscape.errors import InvalidEventError, SessionError
from soundscape.folders import DataFolder
from soundscape.session.client import SessionClient, arm_free_chair, launch
from soundscape.session.files import Terms, read_armed

pytestmark = pytest.mark.slow


@pytest.fixture
def desk(deaf_chair: Chair, monkeypatch: pytest.MonkeyPatch) -> Iterator[SessionClient]:
    """Yield the desk's line to a session that waits for staff, ten times as fast."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", deaf_chair.environment["XDG_RUNTIME_DIR"])
    folder = DataFolder(deaf_chair.folder.root)
    clock = MachineClock()
    terms = Terms(device="null", scale=10.0, attended=True)
    armed = arm_free_chair(folder, deaf_chair.plan_file, (), terms, clock)
    keeper = launch(folder, armed, clock)
    with contextlib.closing(SessionClient(folder.runtime, "desk")) as client:
        yield client
    deaf_chair.end()
    keeper.wait(10)


def test_settle_lasts_until_staff_start_the_dose(deaf_chair: Chair, desk: SessionClient) -> None:
    deaf_chair.until(lambda: desk.status()["t_s"] > 70.0)
    waiting = desk.status()
    desk.send("dose_start")
    deaf_chair.until(lambda: desk.status()["phase"] == "rise")

    assert waiting["phase"] == "settle"
    assert waiting["phase_length_s"] is None
    assert "dose_start" in waiting["can"]
    assert "delivery_end" not in waiting["can"]
    assert desk.status()["anchors"]["dose_start"] is not None


def test_an_acknowledged_event_is_on_the_disk(deaf_chair: Chair, desk: SessionClient) -> None:
    answer = desk.send("note", text="moved")

    session = desk.status()["session"]
    notes = [entry for entry in deaf_chair.entries(session) if entry.event == "note"]
    assert answer["recorded"]
    assert [note.facts["text"] for note in notes] == ["moved"]


def test_a_refused_event_says_why_and_changes_nothing(desk: SessionClient) -> None:
    before = desk.status()["can"]

    with pytest.raises(InvalidEventError, match="dose has not been started"):
        desk.send("delivery_end")
    with pytest.raises(InvalidEventError, match="is not an event"):
        desk.send("explode")
    with pytest.raises(InvalidEventError, match="needs"):
        desk.send("extend")

    assert desk.status()["can"] == before


def test_a_call_is_one_call_until_it_was_seen(deaf_chair: Chair, desk: SessionClient) -> None:
    for _ in range(5):
        desk.send("call")
    called = desk.status()
    desk.send("call_seen")

    calls = [e for e in deaf_chair.entries(called["session"]) if e.event == "call"]
    assert len(calls) == 1
    assert called["call"]["state"] == "sent"
    assert called["desk_seen"]
    assert desk.status()["call"]["state"] == "seen"


def test_a_killed_host_is_back_for_the_desk_at_the_same_session(
    deaf_chair: Chair, desk: SessionClient
) -> None:
    desk.send("dose_start")
    before = desk.status()
    deaf_chair.kill("soundscape.session.host")

    def is_back() -> bool:
        with contextlib.suppress(SessionError):
            return bool(desk.status()["t_s"] > before["t_s"])
        return False

    deaf_chair.until(is_back)
    after = desk.status()
    assert after["session"] == before["session"]
    assert after["anchors"] == before["anchors"]


def test_a_new_order_is_heard_from_the_next_join_on(
    deaf_chair: Chair, desk: SessionClient
) -> None:
    desk.send("dose_start")
    before = desk.status()
    sounding = [cue["track"] for cue in before["cues"] if cue["start_s"] <= before["t_s"] + 5.0]
    plan = read_armed(DataFolder(deaf_chair.folder.root), before["session"]).plan
    answer = desk.send("reorder", **other_order(plan))
    after = desk.status()
    expected = [cue["track"] for cue in after["cues"]]

    deaf_chair.until(lambda: len(started(deaf_chair, before["session"])) > len(sounding) + 1)

    assert before["changed_at_s"] is not None
    assert answer["recorded"]
    assert after["changed_at_s"] is None
    assert expected != [cue["track"] for cue in before["cues"]]
    heard = started(deaf_chair, before["session"])
    assert heard == expected[: len(heard)]


def test_an_order_that_is_not_of_the_plan_is_refused(desk: SessionClient) -> None:
    before = desk.status()["cues"]
    cue = {"phase": 0, "track": "0" * 64, "source_in_s": 0, "source_out_s": 9, "fade_s": 3}

    for cues in ([cue], [], "all", [{"phase": 0}]):
        with pytest.raises(InvalidEventError):
            desk.send("reorder", cues=cues)

    assert [one["track"] for one in desk.status()["cues"]] == [one["track"] for one in before]


def started(chair: Chair, session: str) -> list[str]:
    """Return the tracks that a session has begun, in order."""
    begun = [entry for entry in chair.entries(session) if entry.event == "cue"]
    return [str(entry.facts["track"]) for entry in begun]


def test_stop_ends_the_session_and_the_line(deaf_chair: Chair, desk: SessionClient) -> None:
    desk.send("stop")
    with pytest.raises(InvalidEventError, match="being stopped"):
        desk.send("soften")

    def is_over() -> bool:
        try:
            desk.status()
        except SessionError:
            return True
        return False

    deaf_chair.until(is_over)
    deaf_chair.until(lambda: not deaf_chair.processes("soundscape.engine.holder"))
