"""PINs: which are taken, and what is kept of them."""

import pytest

from soundscape.clinic.pins import PinHasher, check_pin
from soundscape.errors import ClinicError


@pytest.mark.parametrize(
    "pin", ["", "12345", "1234567890123", "92471a", "92 471", "٩٢٤٧١٣", "-92471", "924.71"]
)
def test_a_pin_is_six_to_twelve_digits(pin: str) -> None:
    with pytest.raises(ClinicError, match="digits"):
        check_pin(pin)


@pytest.mark.parametrize(
    "pin",
    ["000000", "777777", "123456", "654321", "012345", "567890", "246802", "121212", "123123",
     "112233", "123321", "99999999", "123456789012"],
)  # fmt: skip
def test_what_is_tried_first_is_refused(pin: str) -> None:
    with pytest.raises(ClinicError, match="guessed first"):
        check_pin(pin)


@pytest.mark.parametrize("pin", ["924713", "583026", "90210477", "123457"])
def test_others_are_taken(pin: str) -> None:
    check_pin(pin)


def test_only_the_right_pin_matches_and_nobody_has_one() -> None:
    hasher = PinHasher()
    kept = hasher.hash("924713")

    assert hasher.matches(kept, "924713")
    assert not hasher.matches(kept, "924714")
    assert not hasher.matches(None, "nobody")
    assert not hasher.matches("no hash", "924713")


def test_it_is_kept_as_argon2id_with_the_parameters_that_were_decided() -> None:
    kept = PinHasher().hash("924713")

    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert "924713" not in kept
