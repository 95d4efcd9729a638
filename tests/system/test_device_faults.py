"""Faults at the sound card: what the patient hears of them, and that nobody else hears anything.

Each is injected into a session that is being heard, on PulseAudio and on PipeWire, while both
the headphones and the loudspeaker are recorded.
"""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from rig.chair import Chair
from rig.listening import heard_s, silences_s, steepest_rise_db_s
from rig.pipewire_card import PipewireCard
from rig.scene import Scene, heard_session, pause
from rig.virtual_card import VirtualCard, lead_in

from soundscape.engine.refuge import REFUGE
from soundscape.units import SESSION_RATE_HZ, seconds_in

pytestmark = [pytest.mark.slow, pytest.mark.paired]

RISE_DB_S = 40.0
BREAK_S = 0.2
BACK_S = 5.0
"""A return and some music after it."""


@pytest.fixture(params=[VirtualCard, PipewireCard], ids=lambda kind: str(kind.kind))
def card(request: pytest.FixtureRequest, short_path: Path) -> Iterator[VirtualCard]:
    """Yield a private sound server, of each kind."""
    with request.param(short_path) as card:
        yield card


def rise_db_s(heard: NDArray[np.float32]) -> float:
    """Return how fast a recording, shape (frames, 2), rises; a busy machine's drops left out."""
    return steepest_rise_db_s(heard, drops_to_s=BREAK_S)


def told_after_s(scene: Scene) -> float:
    """Return how long after the sound had gone staff were told, in the session's time."""
    lost, outage = scene.entry("device_lost"), scene.entry("outage")
    return seconds_in(lost.frame) - seconds_in(outage.frame)


def test_lost_headphones_are_silent_everywhere_and_fade_in_by_themselves_when_back(
    scene: Scene,
) -> None:
    scene.card.unplug("headphones")
    scene.chair.until(lambda: scene.passed("device_lost"))
    pause(2.0)
    scene.card.plug("headphones")
    with scene.card.recorded("headphones") as again:
        scene.chair.until(lambda: scene.passed("outage"))
        scene.chair.until(lambda: len(again.samples()) > BACK_S * SESSION_RATE_HZ)
        heard = again.samples()

    outage = scene.entry("outage")
    back = next(e for e in scene.chair.entries(scene.session) if e.event == "level")
    in_programme_s = seconds_in(back.frame) - seconds_in(outage.frame)
    assert scene.leaked_s() == 0.0
    assert told_after_s(scene) <= 1.0
    assert abs(in_programme_s - outage.facts["silent_s"]) <= 1.0
    assert rise_db_s(heard) <= RISE_DB_S
    assert silences_s(heard, at_least_s=BREAK_S) == []
    assert np.abs(heard[-SESSION_RATE_HZ:]).max() > 0.02


def test_another_device_and_another_default_are_not_heard_at_all(scene: Scene) -> None:
    scene.card.plug("usb")
    with scene.card.recorded("usb") as other:
        for name in ("usb", "speakers"):
            scene.card.pactl("set-default-sink", name)
            scene.stay(0.7)
            assert scene.card.default_sink() == REFUGE
        leaked = heard_s(other.samples())
    heard = scene.headphones.samples()

    assert leaked == scene.leaked_s() == 0.0
    assert silences_s(heard, at_least_s=BREAK_S) == []
    assert scene.count("outage") + scene.count("break") == 0
    if scene.card.kind == "pulseaudio":  # PipeWire drops milliseconds when the machine is busy
        rendered = scene.rendered(seconds_in(len(heard)))
        start = lead_in(heard, rendered)
        length = min(len(heard) - start, len(rendered))
        assert length > 3.0 * SESSION_RATE_HZ
        assert np.array_equal(heard[start : start + length], rendered[:length])


def test_headphones_lost_after_somebody_meddled_are_silent_everywhere(scene: Scene) -> None:
    for spoil in (
        lambda: scene.card.pactl("set-default-sink", "headphones"),
        lambda: scene.card.unplug(REFUGE),
        lambda: scene.card.pactl("set-default-sink", "speakers"),
    ):
        spoil()
        scene.stay(0.5)
    before = scene.headphones.samples()
    scene.card.unplug("headphones")
    scene.chair.until(lambda: scene.passed("device_lost"))
    pause(1.0)

    assert silences_s(before, at_least_s=0.05) == []
    assert scene.leaked_s() == 0.0
    assert scene.card.default_sink() == REFUGE


def test_headphones_that_sleep_come_back_by_a_fade(scene: Scene) -> None:
    scene.card.pactl("suspend-sink", "headphones", "1")
    # PipeWire lets what is heard be heard, and only recorders sleep; a new one is awake.
    with scene.card.recorded("headphones") as again:
        pause(3.0)
        scene.card.pactl("suspend-sink", "headphones", "0")
        scene.chair.until(lambda: bool(again.samples().any()))
        awake = len(again.samples())
        scene.chair.until(lambda: len(again.samples()) > awake + BACK_S * SESSION_RATE_HZ)
        heard = again.samples()

    assert silences_s(heard, at_least_s=BREAK_S) == []
    assert scene.leaked_s() == 0.0
    assert np.abs(heard[-SESSION_RATE_HZ:]).max() > 0.02
    if scene.card.kind == "pulseaudio":
        assert rise_db_s(heard) <= RISE_DB_S
        assert 2.5 <= scene.entry("outage").facts["silent_s"] <= 6.0
    else:
        assert scene.count("outage") == 0


def test_a_sound_server_that_dies_is_followed_by_a_fade_once_it_is_back(scene: Scene) -> None:
    scene.card.kill_server()
    pause(1.0)
    scene.card.start_server()
    with (
        scene.card.recorded("headphones") as again,
        scene.card.recorded("speakers") as room,
    ):
        scene.chair.until(lambda: len(again.samples()) > 0)
        scene.chair.until(lambda: scene.passed("outage"))
        waited_s = seconds_in(len(again.samples()))
        scene.chair.until(lambda: len(again.samples()) > (BACK_S + 2.0) * SESSION_RATE_HZ)
        heard = again.samples()
        leaked_s = heard_s(room.samples())

    assert told_after_s(scene) <= 1.0
    assert waited_s <= 2.0
    assert rise_db_s(heard) <= RISE_DB_S
    assert np.abs(heard[-SESSION_RATE_HZ:]).max() > 0.02
    assert leaked_s == scene.leaked_s() == 0.0


def test_a_sound_server_that_stands_still_leaves_one_gap_and_one_fade(scene: Scene) -> None:
    before = len(scene.headphones.samples())
    scene.card.freeze_server()
    pause(2.0)
    scene.card.thaw_server()
    scene.chair.until(lambda: scene.passed("outage") or scene.passed("break"))
    scene.stay(BACK_S)

    heard = scene.headphones.samples()[before:]
    assert len(silences_s(heard, at_least_s=BREAK_S)) <= 1
    assert rise_db_s(heard) <= RISE_DB_S
    assert scene.count("outage") + scene.count("break") == 1
    assert scene.leaked_s() == 0.0


def is_loud(samples: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return for each twentieth of a second whether the test tone is within 3 dB of itself.

    Parameters
    ----------
    samples : NDArray[np.float32], shape (frames, 2)
        A recording.
    """
    block = SESSION_RATE_HZ // 20
    peaks = np.abs(samples[: len(samples) // block * block]).reshape(-1, 2 * block).max(axis=1)
    expected = 0.05 * 10.0 ** (-3.0 / 20.0)
    off_db = np.abs(20.0 * np.log10(np.maximum(peaks, 1e-6) / expected))
    return np.asarray(off_db <= 3.0)


def test_a_volume_changed_outside_is_put_back_and_recorded(scene: Scene) -> None:
    assert scene.entry("session_started").facts["volume_percent"] == [100, 100]
    for words in (
        ("set-sink-volume", "headphones", "150%"),
        ("set-sink-mute", "headphones", "1"),
        ("set-sink-volume", "headphones", "20%"),
    ):
        before, told = len(scene.headphones.samples()), scene.count("volume_put_back")
        scene.card.pactl(*words)
        scene.stay(1.5)
        heard = scene.headphones.samples()[before:]
        assert is_loud(heard[-SESSION_RATE_HZ // 2 :]).all()
        assert np.count_nonzero(~is_loud(heard)) <= 1.0 * 20
        assert scene.count("volume_put_back") > told
    assert "100%" in scene.card.pactl("get-sink-volume", "headphones").stdout


def test_the_default_is_as_before_once_a_session_is_over_also_after_one_that_broke_off(
    long_chair: Chair, card: VirtualCard
) -> None:
    with contextlib.ExitStack() as stack:
        stack.enter_context(heard_session(long_chair, card))
        long_chair.end()  # every process at once, as when somebody logs out
    assert card.default_sink() == REFUGE

    long_chair.run("--device", "headphones", events=[{"at_s": 0.5, "event": "stop_fast"}])
    status = long_chair.wait()

    assert status == 0
    card.until(lambda: card.default_sink() == "headphones")
    assert REFUGE not in card.sinks()
