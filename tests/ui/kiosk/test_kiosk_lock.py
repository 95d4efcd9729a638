"""Staff leave by a PIN that is not stored; guessing has to wait."""

from pathlib import Path

import pytest
from fakes.clock import FakeClock

from ui.kiosk.lock import PAUSE_S, TRIES, StaffLock, hashed_pin, read_pin

KEPT = hashed_pin("2580", bytes(16))


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(100.0)


def test_the_pin_opens_and_another_does_not(clock: FakeClock) -> None:
    lock = StaffLock(KEPT, clock)

    assert not lock.opens("0852")
    assert lock.opens("2580")


def test_the_pin_is_not_in_what_is_kept() -> None:
    assert "2580" not in hashed_pin("2580")
    assert hashed_pin("2580") != hashed_pin("2580")


def test_five_wrong_ones_have_to_wait(clock: FakeClock) -> None:
    lock = StaffLock(KEPT, clock)
    for _try in range(TRIES):
        assert not lock.opens("1111")

    assert lock.waits
    assert not lock.opens("2580")
    clock.advance(PAUSE_S)
    assert lock.opens("2580")


@pytest.mark.parametrize("kept", ["scrypt$zz$00", "2580", "$$", "scrypt$00"])
def test_what_is_no_hash_opens_for_nobody(clock: FakeClock, kept: str) -> None:
    assert not StaffLock(kept, clock).opens("2580")


def test_without_a_pin_nothing_is_asked(clock: FakeClock) -> None:
    lock = StaffLock("", clock)

    assert not lock.asks
    assert lock.opens("")


def test_the_settings_hold_the_pin(tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    assert read_pin(settings) == ""

    settings.write_text(f'staff_pin = "{KEPT}"\n', "utf-8")
    assert read_pin(settings) == KEPT
