"""What the patient hears, recorded from a virtual sound card, is what was rendered.

Each test plays a session of tones with its crossfades and phase boundaries in real time.
"""

import numpy as np
import pytest
from numpy.typing import NDArray
from rig.chair import Chair
from rig.virtual_card import Recording, VirtualCard, lead_in, longest_gap_s

from soundscape.units import SESSION_RATE_HZ

pytestmark = pytest.mark.slow
HOST = "soundscape.session.host"
HOLDER = "soundscape.engine.holder"


def difference(recorded: NDArray[np.float32], rendered: NDArray[np.float32]) -> float:
    """Return the largest difference between a render and its place in a recording."""
    start = lead_in(recorded, rendered)
    heard = recorded[start : start + len(rendered)]
    assert len(heard) == len(rendered), "the recording is too short"
    return float(np.abs(heard - rendered).max())


def test_a_session_is_heard_exactly_as_rendered_whatever_happens_to_windows(
    chair: Chair, card: VirtualCard, headphones: Recording
) -> None:
    with card.recorded("speakers") as speakers:
        session = chair.run("--device", "headphones")
        for role in ("desk", "kiosk"):
            with chair.window(role):
                pass  # its block ends it at once
        status = chair.wait()
    heard = headphones.samples()

    assert status == 0
    assert difference(heard, chair.rendered()) == 0.0
    assert len(chair.rendered()) >= 60 * SESSION_RATE_HZ
    assert not np.any(speakers.samples())
    phases = [entry.facts["phase"] for entry in chair.entries(session) if entry.event == "phase"]
    assert phases == ["settle", "rise", "deepen", "return", "ground", "recover"]


def test_scripted_events_are_heard_on_their_frames_and_a_killed_host_is_not_heard_at_all(
    chair: Chair, headphones: Recording
) -> None:
    events = [
        {"at_s": 5.0, "event": "volume", "lu": -3.0},
        {"at_s": 15.0, "event": "dose_start"},
        {"at_s": 22.0, "event": "soften"},
        {"at_s": 36.0, "event": "unsoften"},
        {"at_s": 47.5, "event": "next_track"},
        {"at_s": 60.0, "event": "stop"},
    ]
    session = chair.run("--device", "headphones", events=events)
    chair.until(lambda: chair.passed(session, "soften"))
    chair.kill(HOST)
    status = chair.wait()

    assert status == 0
    assert chair.passed(session, "host_restarted")
    assert difference(headphones.samples(), chair.rendered(chair.script(events))) == 0.0


def test_a_killed_holder_is_replaced_and_fades_in_where_the_session_then_is(
    chair: Chair, headphones: Recording
) -> None:
    events = [{"at_s": 30.0, "event": "stop"}]
    session = chair.run("--device", "headphones", events=events)
    chair.until(lambda: chair.passed(session, "cue"))
    chair.until(lambda: len(headphones.samples()) > 12 * SESSION_RATE_HZ)
    chair.kill(HOLDER)
    chair.wait()
    heard = headphones.samples()

    outage = next(entry for entry in chair.entries(session) if entry.event == "outage")
    assert outage.facts["silent_s"] <= 3.0
    assert longest_gap_s(heard) <= 3.0
    # behind the gap nothing rises faster than a three-second fade of this tone allows
    loud = np.abs(heard).max(axis=1) > 0.0
    gap_end = int(np.flatnonzero(np.diff(np.flatnonzero(loud)) > 2000)[0])
    back = heard[np.flatnonzero(loud)[gap_end + 1] :][: SESSION_RATE_HZ // 10]
    assert np.abs(back).max() < 0.01


def test_a_missing_headphone_refuses_the_session_in_one_sentence(chair: Chair) -> None:
    done = chair.command("run", str(chair.plan_file), "--device", "nowhere")

    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "nowhere" in done.stderr
    assert not chair.processes(HOST)
