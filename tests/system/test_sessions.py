"""Sessions in fast virtual time, through the real processes and the command line."""

import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import sys

import pytest
from rig.chair import Chair

from soundscape.clock import MachineClock
from soundscape.engine.ring import Field
from soundscape.engine.ring_file import open_ring
from soundscape.session.client import end_interrupted, interrupted_session
from soundscape.session.journal import JOURNAL_FILE
from soundscape.session.offline import cue_table, rehearsed
from soundscape.session.positions import POSITIONS_FILE, last_position
from soundscape.session.timeline import Timeline
from soundscape.units import frames_in, seconds_in
from ui.desk.chair import Chair as DeskChair

pytestmark = pytest.mark.slow
SCALE = ("--time-scale", "20")


def run_to_end(chair: Chair, events: list[dict[str, object]]) -> str:
    session = chair.run(*SCALE, events=events)
    assert chair.wait() == 0
    return session


def return_start_s(timeline: Timeline) -> float:
    return next(seconds_in(span.start) for span in timeline.spans if span.phase == 3)


def test_a_pause_of_ten_minutes_moves_the_return_by_ten_minutes(deaf_chair: Chair) -> None:
    pause = [{"at_s": 130.0, "event": "pump_paused"}, {"at_s": 730.0, "event": "pump_resumed"}]

    session = run_to_end(deaf_chair, pause)

    planned = rehearsed(deaf_chair.plan, ())
    entries = deaf_chair.entries(session)
    begun = next(
        seconds_in(e.frame) for e in entries if e.event == "phase" and e.facts["phase"] == "return"
    )
    cues = [entry for entry in entries if entry.event == "cue"]
    tracks = [e.facts["track"] for e in cues if e.facts["track"] != deaf_chair.plan.bed]
    assert begun == return_start_s(planned) + 600.0
    assert len(tracks) == len(set(tracks))
    ended = entries[-1]
    assert ended.event == "session_ended"
    assert ended.facts["dry_s"] == 0.0


def test_the_record_tells_every_second_within_a_tenth(deaf_chair: Chair) -> None:
    events: list[dict[str, object]] = [
        {"at_s": 70.0, "event": "soften"},
        {"at_s": 100.0, "event": "next_track"},
        {"at_s": 150.0, "event": "pump_stopped_early"},
    ]
    session = run_to_end(deaf_chair, events)
    timeline = rehearsed(deaf_chair.plan, deaf_chair.script(events))

    printed = json.loads(deaf_chair.command("at", session, "93", "--json").stdout)

    for at_s in range(1, 300, 4):
        found = deaf_chair.at(session, at_s)
        assert found == printed or at_s != 93
        wanted = [
            (cue["track"], cue["source_in_s"] + at_s - cue["start_s"])
            for cue in cue_table(timeline)
            if cue["start_s"] <= at_s < cue["end_s"]
        ]
        assert [each["track"] for each in found["sounding"]] == [track for track, _ in wanted]
        for each, (_, offset_s) in zip(found["sounding"], wanted, strict=True):
            assert abs(each["offset_s"] - offset_s) <= 0.1


def test_a_stop_fades_ends_and_leaves_nothing_behind(deaf_chair: Chair) -> None:
    session = run_to_end(deaf_chair, [{"at_s": 40.0, "event": "stop"}])

    entries = deaf_chair.entries(session)
    assert entries[-1].event == "session_ended"
    assert seconds_in(entries[-1].frame) == 48.0
    assert not deaf_chair.processes("soundscape.session.host")
    deaf_chair.until(lambda: not deaf_chair.processes("soundscape.engine.holder"))
    assert not list(deaf_chair.runtime.glob("*.sock"))
    assert not (deaf_chair.runtime / "ring").exists()
    assert not deaf_chair.shared_memory()


def test_an_end_that_was_cut_off_a_sessions_record_is_found(deaf_chair: Chair) -> None:
    session = run_to_end(deaf_chair, [{"at_s": 10.0, "event": "stop"}])
    whole = deaf_chair.command("audit", "verify", "--json")
    last = deaf_chair.entries(session)[-1].seq
    with contextlib.closing(
        sqlite3.connect(deaf_chair.folder.sessions / session / JOURNAL_FILE)
    ) as record:
        record.execute("DROP TRIGGER entry_is_kept")
        record.execute("DELETE FROM entry WHERE seq = ?", (last,))
        record.commit()

    cut = deaf_chair.command("audit", "verify", "--json")

    assert (whole.returncode, json.loads(whole.stdout)["ok"]) == (0, True)
    assert (cut.returncode, json.loads(cut.stdout)["ok"]) == (1, False)
    assert f"Entry {last} of session {session}" in cut.stderr


def test_killing_host_after_host_loses_no_event(deaf_chair: Chair) -> None:
    session = deaf_chair.run("--time-scale", "4", events=[{"at_s": 90.0, "event": "stop"}])
    for _ in range(3):
        count = len(deaf_chair.entries(session))
        deaf_chair.until(lambda count=count: len(deaf_chair.entries(session)) > count)  # type: ignore[misc]
        deaf_chair.kill("soundscape.session.host")
    assert deaf_chair.wait() == 0

    entries = deaf_chair.entries(session)
    told = [entry.event for entry in entries if entry.event in {"dose_start", "stop"}]
    assert told == ["dose_start", "stop"]
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    starts = [entry.frame for entry in entries if entry.event == "cue"]
    assert len(starts) == len(set(starts))


def test_impossible_events_are_refused_before_anything_sounds(deaf_chair: Chair) -> None:
    script = deaf_chair.folder.root / "events.json"
    script.write_text('[{"at_s": 5, "event": "pump_resumed"}]', encoding="utf-8")

    done = deaf_chair.command("run", str(deaf_chair.plan_file), *SCALE, "--events", str(script))

    assert done.returncode == 1
    assert done.stderr.strip() == "soundscape: The pump is not paused."
    assert not done.stdout
    assert not deaf_chair.folder.sessions.exists()


def test_a_second_session_on_the_chair_is_refused(deaf_chair: Chair) -> None:
    session = deaf_chair.run("--device", "null")

    done = deaf_chair.command("run", str(deaf_chair.plan_file), "--device", "null")

    assert done.returncode == 1
    assert f"Session {session} is running" in done.stderr


def test_a_changed_file_refuses_the_session(deaf_chair: Chair) -> None:
    stored = next(path for path in deaf_chair.folder.store.rglob("*.wav"))
    samples = stored.read_bytes()
    stored.unlink()  # it is linked to the other tests' copy
    stored.write_bytes(samples[:-4] + b"\1\2\3\4")

    done = deaf_chair.command("run", str(deaf_chair.plan_file), *SCALE)

    assert done.returncode == 1
    assert "has changed on the disk" in done.stderr


def test_the_record_is_exported_whole(deaf_chair: Chair) -> None:
    session = run_to_end(deaf_chair, [{"at_s": 20.0, "event": "stop_fast"}])
    out = deaf_chair.folder.root / "record.json"

    done = deaf_chair.command("export", session, "--format", "json", "--out", str(out))

    record = json.loads(out.read_text(encoding="utf-8"))
    assert done.returncode == 0
    assert record["session"] == session
    assert record["events"] == [entry.to_json() for entry in deaf_chair.entries(session)]
    assert record["plan"]["format"] == "soundscape-plan/1"


def test_a_new_session_ends_what_a_dead_one_left_sounding(deaf_chair: Chair) -> None:
    first = deaf_chair.run("--device", "null")
    deaf_chair.kill("soundscape.session.keeper")
    deaf_chair.kill("soundscape.session.host")
    (left,) = deaf_chair.processes("soundscape.engine.holder")

    second = deaf_chair.run(*SCALE, events=[{"at_s": 10.0, "event": "stop_fast"}])

    assert first != second
    deaf_chair.until(lambda: left not in deaf_chair.processes("soundscape.engine.holder"))


def test_an_interrupted_session_never_plays_by_itself(deaf_chair: Chair) -> None:
    session = deaf_chair.run("--device", "null")
    deaf_chair.end()
    assert not deaf_chair.shared_memory()  # as after a restart of the machine
    words = [sys.executable, "-m", "soundscape.session.host", str(deaf_chair.folder.root), session]

    done = subprocess.run(
        words, env=deaf_chair.environment, capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert "was interrupted" in done.stderr
    assert not deaf_chair.processes("soundscape.engine.holder")


def interrupted(chair: Chair) -> str:
    """Return a session that all its processes were killed in, as by a power cut."""
    session = chair.run("--device", "null")
    reached = chair.folder.sessions / session / POSITIONS_FILE
    chair.until(lambda: reached.is_file() and len(reached.read_text().splitlines()) >= 3)
    chair.end()
    return session


def test_an_interrupted_session_is_resumed_where_it_was_when_staff_say_so(
    deaf_chair: Chair,
) -> None:
    session = interrupted(deaf_chair)
    before = last_position(deaf_chair.folder.sessions / session)
    words = [sys.executable, "-m", "soundscape.session.keeper", str(deaf_chair.folder.root)]

    keeper = subprocess.Popen([*words, session, "--resume"], env=deaf_chair.environment)
    deaf_chair.until(lambda: deaf_chair.passed(session, "session_resumed"))
    deaf_chair.kill("soundscape.session.host")
    deaf_chair.until(lambda: deaf_chair.passed(session, "host_restarted"))
    deaf_chair.end()
    keeper.wait(10)

    resumed = next(e for e in deaf_chair.entries(session) if e.event == "session_resumed")
    assert before is not None
    assert abs(resumed.frame - before) <= frames_in(5.0)
    assert resumed.frame > 0


def test_an_interrupted_session_can_be_ended_instead(
    deaf_chair: Chair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", deaf_chair.environment["XDG_RUNTIME_DIR"])
    session = interrupted(deaf_chair)
    found = interrupted_session(deaf_chair.folder)
    assert found is not None
    assert found.session == session

    end_interrupted(deaf_chair.folder, found)

    assert deaf_chair.entries(session)[-1].facts == {"interrupted": True}
    assert interrupted_session(deaf_chair.folder) is None


def left_to_the_bed(chair: Chair) -> str:
    """Return a session whose hosts died until their keeper gave up; the bed plays on."""
    session = chair.run("--device", "null")
    while chair.processes("soundscape.session.keeper"):
        chair.kill("soundscape.session.host")
        chair.until(
            lambda: bool(
                chair.processes("soundscape.session.host")
                or not chair.processes("soundscape.session.keeper")
            )
        )
    return session


def test_staff_who_end_a_session_that_only_the_bed_is_left_of_end_the_bed_too(
    deaf_chair: Chair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", deaf_chair.environment["XDG_RUNTIME_DIR"])
    session = left_to_the_bed(deaf_chair)
    desk = DeskChair(deaf_chair.folder, MachineClock())
    said = desk.state().interrupted

    desk.end_interrupted()

    assert said.endswith("The safe bed plays until you decide.")
    deaf_chair.until(lambda: not deaf_chair.processes("soundscape.engine.holder"))
    assert not deaf_chair.shared_memory()
    assert not (deaf_chair.runtime / "ring").exists()
    assert deaf_chair.entries(session)[-1].facts == {"interrupted": True}
    assert desk.state().interrupted == ""


def test_a_host_that_hangs_is_replaced_and_nothing_else_is_heard(deaf_chair: Chair) -> None:
    session = deaf_chair.run("--device", "null")
    (host,) = deaf_chair.processes("soundscape.session.host")
    os.kill(host, signal.SIGSTOP)

    deaf_chair.until(lambda: deaf_chair.passed(session, "host_restarted"))

    assert host not in deaf_chair.processes("soundscape.session.host")
    ring = open_ring((deaf_chair.runtime / "ring").resolve())
    assert ring.get(Field.DRY_FRAMES) == 0


def test_a_second_program_on_the_chair_is_refused_and_the_first_goes_on(
    deaf_chair: Chair,
) -> None:
    session = deaf_chair.run("--device", "null")
    hosts = deaf_chair.processes("soundscape.session.host")
    holders = deaf_chair.processes("soundscape.engine.holder")
    words = [sys.executable, "-m", "soundscape.session.host", str(deaf_chair.folder.root), session]

    second = subprocess.run(
        words, env=deaf_chair.environment, capture_output=True, text=True, check=False
    )

    assert second.returncode == 1
    assert "Another session is running on this chair" in second.stderr
    assert deaf_chair.processes("soundscape.session.host") == hosts
    assert deaf_chair.processes("soundscape.engine.holder") == holders
    assert not deaf_chair.passed(session, "host_restarted")
