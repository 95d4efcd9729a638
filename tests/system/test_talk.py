"""Staff speak while a button is held: heard, under lowered music, and kept nowhere."""

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from rig.chair import Chair
from rig.microphone import MICROPHONE, canary, is_in, memory_of, sounding, tone, traces_of
from rig.virtual_card import Recording, VirtualCard

from soundscape.clock import MachineClock
from soundscape.errors import InvalidEventError
from soundscape.session.client import SessionClient, arm_free_chair, launch
from soundscape.session.files import Terms
from soundscape.session.talk_route import TalkRoute, keep_route
from soundscape.session.voice_check import set_up_talk
from soundscape.units import SESSION_RATE_HZ

pytestmark = pytest.mark.slow
MUSIC_HZ = 200.0
WORD_HZ = 3_000.0
CLICK_DB = -70.0
"""Where the music misses some milliseconds, as much of it is heard at any frequency."""
TALK = "soundscape.engine.talk"


def levels_db(sound: NDArray[np.float32], frequency_hz: float) -> NDArray[np.float64]:
    """Return the level of a tone in each twentieth of a second of a recording.

    Parameters
    ----------
    sound : NDArray[np.float32], shape (frames,)
        What one ear hears.
    frequency_hz : float
        Of the tone.

    Returns
    -------
    NDArray[np.float64], shape (twentieths,)
        In dB relative to full scale.
    """
    window = np.hanning(SESSION_RATE_HZ // 20)
    turns = np.exp(-2j * np.pi * frequency_hz / SESSION_RATE_HZ * np.arange(len(window)))
    pieces = sound[: len(sound) // len(window) * len(window)].reshape(-1, len(window))
    return np.asarray(20.0 * np.log10(2.0 * abs(pieces @ (window * turns)) / window.sum()))


def level_db(sound: NDArray[np.float32], frequency_hz: float) -> float:
    """Return the level of a tone in dB; what a busy machine's server drops, moves no median."""
    return float(np.median(levels_db(sound, frequency_hz)))


def open_microphones(card: VirtualCard) -> int:
    """Return how many programs listen at the microphone, besides the tests' recorders."""
    outputs = json.loads(card.pactl("-f", "json", "list", "source-outputs").stdout)
    return sum(each["properties"].get("application.name") != "parec" for each in outputs)


def enter(chair: Chair, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process be one of the chair's."""
    for name, value in chair.environment.items():
        monkeypatch.setenv(name, value)


@contextlib.contextmanager
def attended(
    chair: Chair,
    monkeypatch: pytest.MonkeyPatch,
    *,
    device: str = "headphones",
    scale: float = 1.0,
) -> Iterator[SessionClient]:
    """Yield the desk's line to a session that waits for staff."""
    enter(chair, monkeypatch)
    terms = Terms(device=device, scale=scale, attended=True)
    clock = MachineClock()
    armed = arm_free_chair(chair.folder, chair.plan_file, (), terms, clock)
    keeper = launch(chair.folder, armed, clock)
    try:
        with contextlib.closing(SessionClient(chair.runtime, "desk")) as desk:
            yield desk
    finally:
        chair.end()
        keeper.wait(20)


def stay(desk: SessionClient, for_s: float) -> None:
    """Look at the session for some time, as a desk does."""
    clock = MachineClock()
    begun_s = clock.now()
    while clock.now() - begun_s < for_s:
        desk.status()
        clock.sleep(0.1)


@pytest.mark.paired  # what a busy server drops is heard 100 dB below a tone
def test_a_word_is_heard_in_both_ears_while_the_music_is_lowered_as_declared(
    long_chair: Chair,
    card: VirtualCard,
    headphones: Recording,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    enter(long_chair, monkeypatch)
    with sounding(card, np.tile(tone(WORD_HZ, -40.0), 3), tmp_path):
        route = set_up_talk(long_chair.folder, MICROPHONE, seconds=1.5)
        with attended(long_chair, monkeypatch) as desk:
            long_chair.until(lambda: desk.status()["t_s"] > 4.5)
            before = headphones.samples()[-SESSION_RATE_HZ:]
            desk.send("talk_on")
            long_chair.until(lambda: bool(desk.status()["talk"]["open"]))
            stay(desk, 2.0)
            meanwhile = headphones.samples()[-SESSION_RATE_HZ:]
            left_s = desk.status()["talk"]["left_s"]
            desk.send("talk_off")
            stay(desk, 3.5)
            after = headphones.samples()[-SESSION_RATE_HZ:]
            recorded = [e.event for e in long_chair.entries(desk.status()["session"])]

    assert route == TalkRoute(MICROPHONE, 13)
    lowered_db = level_db(before[:, 0], MUSIC_HZ) - level_db(meanwhile[:, 0], MUSIC_HZ)
    assert lowered_db == pytest.approx(15.0, abs=0.1)
    for ear in (0, 1):  # 3 kHz weighs 1.2 dB more than 1 kHz, so the gain is 13 dB
        assert level_db(meanwhile[:, ear], WORD_HZ) == pytest.approx(-27.0, abs=0.2)
        assert level_db(after[:, ear], WORD_HZ) < -100.0
        assert levels_db(after[:, ear], WORD_HZ).max() < CLICK_DB
    assert level_db(after[:, 0], MUSIC_HZ) == pytest.approx(
        level_db(before[:, 0], MUSIC_HZ), abs=0.1
    )
    assert 20.0 < left_s < 28.0
    assert [name for name in recorded if name.startswith("talk")] == ["talk_on", "talk_off"]


def test_of_what_was_said_nothing_is_left_on_disk_in_shared_memory_or_in_a_process(
    long_chair: Chair, card: VirtualCard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = canary() * np.float32(0.2)
    traces = traces_of(sound)[::70]  # as float32, of every third of a second
    keep_route(long_chair.folder, MICROPHONE, -26.0)  # then its gain is 0 dB
    with sounding(card, sound, tmp_path), attended(long_chair, monkeypatch) as desk:
        long_chair.until(lambda: desk.status()["t_s"] > 1.0)
        desk.send("talk_on")
        long_chair.until(lambda: bool(desk.status()["talk"]["open"]))
        stay(desk, 1.0)
        (ring,) = long_chair.shared_memory()
        in_ring = is_in(iter([ring.read_bytes()]), traces)
        desk.send("talk_off")
        long_chair.until(lambda: not open_microphones(card))
        long_chair.until(lambda: not desk.status()["talk"]["open"])
        left_in_ring = is_in(iter([ring.read_bytes()]), traces)
        # What the sound server's own library has sent goes with what is sent next.
        processes = [
            process
            for module in ("session.host", "engine.holder")
            for process in long_chair.processes(f"soundscape.{module}")
        ]
        long_chair.until(lambda: not any(is_in(memory_of(each), traces) for each in processes))

    assert in_ring  # else the search itself finds nothing
    assert not left_in_ring
    assert len(processes) == 2
    kept = (path for path in tmp_path.rglob("*") if path.is_file() and "store" not in path.parts)
    assert not is_in((path.read_bytes() for path in kept), traces)


def test_talking_ends_by_itself_after_half_a_minute_and_when_the_desk_is_gone(
    long_chair: Chair, card: VirtualCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_route(long_chair.folder, MICROPHONE, -26.0)
    with attended(long_chair, monkeypatch, device="null", scale=5.0) as desk:
        session = desk.status()["session"]
        desk.send("talk_on")
        long_chair.until(lambda: bool(desk.status()["talk"]["open"]))
        long_chair.until(lambda: not desk.status()["talking"])
        desk.send("talk_on")
        long_chair.until(lambda: bool(desk.status()["talk"]["open"]))
        desk.close()  # and asks no more
        long_chair.until(
            lambda: sum(e.event == "talk_off" for e in long_chair.entries(session)) == 2
        )
        entries = [e for e in long_chair.entries(session) if e.event.startswith("talk")]
        long_chair.until(lambda: not open_microphones(card))

    talked_s = (entries[1].frame - entries[0].frame) / SESSION_RATE_HZ
    assert 29.9 <= talked_s < 60.0  # a busy machine's second is five of this session's


def test_a_killed_host_closes_the_microphone_and_its_successor_brings_the_music_back(
    long_chair: Chair, card: VirtualCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_route(long_chair.folder, MICROPHONE, -26.0)
    with attended(long_chair, monkeypatch, device="null") as desk:
        session = desk.status()["session"]
        desk.send("talk_on")
        long_chair.until(lambda: bool(desk.status()["talk"]["open"]))
        long_chair.kill("soundscape.session.host")
        long_chair.until(lambda: not open_microphones(card))
        long_chair.until(lambda: long_chair.passed(session, "talk_off"))

        assert long_chair.passed(session, "host_restarted")


def test_without_a_microphone_that_can_be_opened_staff_are_told_and_the_music_comes_back(
    long_chair: Chair, card: VirtualCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "headphones" in card.sinks()
    keep_route(long_chair.folder, "nowhere", -26.0)
    with attended(long_chair, monkeypatch, device="null") as desk:
        desk.send("talk_on")
        long_chair.until(lambda: not desk.status()["talking"])
        notices = [notice["text"] for notice in desk.status()["notices"]]

    assert any("cannot open the microphone 'nowhere'" in text for text in notices)


def test_where_no_microphone_is_set_up_nobody_can_speak(
    long_chair: Chair, monkeypatch: pytest.MonkeyPatch
) -> None:
    with attended(long_chair, monkeypatch, device="null") as desk:
        status = desk.status()
        with pytest.raises(InvalidEventError, match="No microphone is set up"):
            desk.send("talk_on")

    assert not status["talk"]["route"]
