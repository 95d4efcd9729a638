"""Sealed fields: they open in their place with their key, and otherwise not at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soundscape.clinic.keys import Keyring, new_key
from soundscape.clinic.sealing import Sealer, canonical
from soundscape.errors import ClinicError

RING = Keyring((new_key(),))
SEALER = Sealer(RING)
PLACE = "person:name:0123"


@settings(derandomize=True, max_examples=50)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_was_sealed_opens_and_is_not_to_be_seen(text: str) -> None:
    sealed = SEALER.seal(PLACE, text)

    assert SEALER.open(PLACE, sealed) == text
    assert len(text) < 4 or text.encode() not in sealed


def test_the_same_text_is_sealed_differently_each_time() -> None:
    assert SEALER.seal(PLACE, "calm") != SEALER.seal(PLACE, "calm")


@pytest.mark.parametrize("place", ["person:pin:0123", "person:name:0124", "visit:name:0123"])
def test_in_another_place_it_does_not_open(place: str) -> None:
    with pytest.raises(ClinicError, match="was changed"):
        SEALER.open(place, SEALER.seal(PLACE, "calm"))


def test_no_bit_of_it_can_be_changed() -> None:
    sealed = SEALER.seal(PLACE, "calm")

    for at in range(len(sealed)):
        changed = bytes([*sealed[:at], sealed[at] ^ 1, *sealed[at + 1 :]])
        with pytest.raises(ClinicError):
            SEALER.open(PLACE, changed)


def test_after_a_rotation_old_and_new_open_and_new_is_sealed_with_the_new_key() -> None:
    old = SEALER.seal(PLACE, "calm")
    extended = RING.extended()
    sealer = Sealer(extended)

    assert sealer.open(PLACE, old) == "calm"
    assert extended.current.id in sealer.seal(PLACE, "calm").hex()
    with pytest.raises(ClinicError, match="is missing"):
        SEALER.open(PLACE, sealer.seal(PLACE, "calm"))


def test_facts_have_one_text_whatever_their_order() -> None:
    assert canonical({"b": 1, "a": "é"}) == canonical({"a": "é", "b": 1}) == '{"a":"é","b":1}'
    with pytest.raises(ValueError, match="JSON"):
        canonical({"a": float("nan")})
