"""Soon the sound comes back by itself; later staff say when, but not for ever."""

import mmap
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from typing import Any

import pytest
from fakes.clock import FakeClock

from soundscape.engine.automation import Ramp, return_ramps
from soundscape.engine.ring import SIZE_BYTES, Field, Ring
from soundscape.errors import DeviceLostError
from soundscape.session.comeback import PATIENCE_S, RETURNS, TOLD_S, WITHIN_S, Comeback
from soundscape.session.player import Outage
from soundscape.units import Frames

RETURN = ["level"] * len(return_ramps(Frames(0)))
"""What the record says of a return."""


class FakePlayer:
    """Headphones that a test pulls and plugs in."""

    def __init__(self, clock: FakeClock) -> None:
        self._clock = clock
        self.ring = Ring(mmap.mmap(-1, SIZE_BYTES))
        self.plugged = True
        self.passed = 0
        self.lost_since_s: float | None = None
        self.return_ramps: tuple[Ramp, ...] = ()

    def pull(self) -> None:
        """Take the headphones away."""
        self.plugged = False
        self.lost_since_s = self._clock.now()

    def is_sounding(self) -> bool:
        """Return whether anything is heard."""
        return self.lost_since_s is None

    def pass_time(self) -> None:
        """Let the position go on."""
        assert self.lost_since_s is not None, "nothing is lost"
        self.passed += 1

    def reopen(self) -> None:
        """Open the headphones."""
        assert self.lost_since_s is not None, "nothing is lost"
        if not self.plugged:
            raise DeviceLostError("The headphones are not there.")

    def end_outage(self) -> Outage:
        """Say what was not heard."""
        assert self.lost_since_s is not None, "nothing is lost"
        outage = Outage(Frames(7), self.lost_since_s, self._clock.now() - self.lost_since_s)
        self.lost_since_s = None
        self.return_ramps = return_ramps(Frames(48_000))
        return outage

    def is_device_back(self) -> bool:
        """Return whether they are there."""
        return self.plugged

    def position(self) -> Frames:
        """Return where the session is."""
        return Frames(0)

    heard = position


class FakeJournal:
    """Remembers what was recorded."""

    def __init__(self) -> None:
        self.events: list[str] = []

    def add(self, _frame: Frames, event: str, _facts: Mapping[str, Any]) -> None:
        """Take an entry."""
        self.events.append(event)


class FakeServer(Executor):
    """Does what is asked of a sound server at once, unless it hangs."""

    def __init__(self) -> None:
        self.hangs = False
        self._waiting: list[tuple[Future[object], Callable[[], object]]] = []

    def submit(self, work: Callable[[], object]) -> Future[object]:  # type: ignore[override]
        """Do it, or keep it waiting."""
        done: Future[object] = Future()
        self._waiting.append((done, work))
        if not self.hangs:
            self.thaw()
        return done

    def thaw(self) -> None:
        """Do all that waits."""
        self.hangs = False
        while self._waiting:
            done, work = self._waiting.pop()
            try:
                done.set_result(work())
            except DeviceLostError as error:
                done.set_exception(error)


class Room:
    """A session's room in which a test lets time pass."""

    def __init__(self, *, attended: bool) -> None:
        self.clock = FakeClock()
        self.player = FakePlayer(self.clock)
        self.journal = FakeJournal()
        self.server = FakeServer()
        self.comeback = Comeback(
            self.player,  # type: ignore[arg-type]
            self.journal,  # type: ignore[arg-type]
            self.clock,
            self.server,
            attended=attended,
        )
        self.comeback.look()

    def pass_time(self, for_s: float) -> None:
        """Let the host look a few times a second."""
        for _ in range(round(for_s * 4)):
            self.clock.advance(0.25)
            self.comeback.look()

    def levels(self) -> set[str]:
        """Return how urgent the notices are."""
        return {level for level, _ in self.comeback.notices()}


@pytest.fixture
def room() -> Room:
    return Room(attended=True)


def test_lost_headphones_are_told_at_once_and_recorded_once(room: Room) -> None:
    room.player.pull()
    room.pass_time(3.0)

    assert room.comeback.state == "lost"
    assert room.levels() == {"act now"}
    assert room.journal.events == ["device_lost"]


def test_headphones_that_are_soon_back_sound_by_themselves(room: Room) -> None:
    room.player.pull()
    room.pass_time(8.0)
    room.player.plugged = True
    room.pass_time(0.5)

    assert room.comeback.state == "ok"
    assert room.journal.events == ["device_lost", "outage", *RETURN]
    assert room.levels() == {"note"}
    room.pass_time(TOLD_S)
    assert not room.levels()


def test_headphones_that_come_back_late_wait_for_staff(room: Room) -> None:
    room.player.pull()
    room.pass_time(30.0)
    room.player.plugged = True
    room.pass_time(30.0)
    assert room.comeback.state == "back"
    assert not room.player.is_sounding()

    room.comeback.confirm()
    room.pass_time(0.5)

    assert room.player.is_sounding()
    assert room.journal.events[:3] == ["device_lost", "device_back", "device_ok"]


def test_after_the_machine_slept_staff_are_asked(room: Room) -> None:
    room.player.lost_since_s = room.clock.now() - 3600.0
    room.pass_time(0.5)

    assert room.comeback.state == "back"
    assert room.journal.events == ["device_lost", "device_back"]
    assert not room.player.is_sounding()


def test_no_session_stays_silent_for_want_of_a_hand(room: Room) -> None:
    room.player.pull()
    room.pass_time(30.0)
    room.player.plugged = True
    room.pass_time(PATIENCE_S + 5.0)

    assert room.player.is_sounding()


def test_headphones_that_go_again_before_staff_have_said_so_are_lost(room: Room) -> None:
    room.player.pull()
    room.pass_time(30.0)
    room.player.plugged = True
    room.pass_time(5.0)
    room.player.plugged = False
    room.pass_time(5.0)

    assert room.comeback.state == "lost"


def test_without_staff_the_sound_comes_back_by_itself_however_late() -> None:
    room = Room(attended=False)
    room.player.pull()
    room.pass_time(60.0)
    room.player.plugged = True
    room.pass_time(0.5)

    assert room.player.is_sounding()


def break_off(room: Room, times: int) -> None:
    """Let the headphones break off for a second, a few times."""
    for _ in range(times):
        room.player.pull()
        room.pass_time(1.0)
        room.player.plugged = True
        room.pass_time(2.0)


@pytest.mark.parametrize("attended", [True, False])
def test_what_breaks_off_again_and_again_rests_and_is_told_but_not_for_ever(
    *, attended: bool
) -> None:
    room = Room(attended=attended)
    break_off(room, RETURNS)
    was_sounding = room.player.is_sounding()

    break_off(room, 1)
    room.pass_time(20.0)

    assert was_sounding
    assert not room.player.is_sounding()
    assert "act now" in room.levels()
    room.pass_time(WITHIN_S + PATIENCE_S)
    assert room.player.is_sounding()


def test_staff_can_end_the_rest_of_what_broke_off_again_and_again(room: Room) -> None:
    break_off(room, RETURNS + 1)
    room.comeback.confirm()
    room.pass_time(0.5)

    assert room.player.is_sounding()


def test_what_breaks_off_now_and_then_comes_back_each_time(room: Room) -> None:
    for _ in range(RETURNS + 1):
        break_off(room, 1)
        room.pass_time(WITHIN_S / RETURNS)

    assert room.player.is_sounding()


def test_a_sound_server_that_hangs_is_asked_once_and_nobody_waits_for_it(room: Room) -> None:
    room.server.hangs = True
    room.player.pull()
    room.player.plugged = True
    room.pass_time(5.0)
    assert not room.player.is_sounding()
    assert room.player.passed == 1

    room.server.thaw()
    room.pass_time(0.25)

    assert room.player.is_sounding()
    assert room.journal.events[0] == "outage"


def test_what_the_holder_mended_is_recorded_with_its_ramps(room: Room) -> None:
    room.player.ring.set(Field.BREAK_MS, 700)
    room.player.ring.set(Field.BREAKS, 1)
    room.pass_time(0.5)

    assert room.journal.events == ["break", *RETURN]
    assert room.levels() == {"note"}


def test_a_volume_that_was_put_back_is_recorded_and_told(room: Room) -> None:
    room.player.ring.set(Field.VOLUME_CHANGES, 3)
    room.pass_time(0.5)

    assert room.journal.events == ["volume_put_back"]
    assert room.levels() == {"note"}
