"""The encrypted file: what comes out is what went in, or nothing."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soundscape.clinic.container import CHUNK_BYTES, OpeningReader, SealingWriter
from soundscape.clinic.keys import Keyring, new_key
from soundscape.errors import ClinicError

RING = Keyring((new_key(),))
TAG_BYTES = 16
LENGTHS = (0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES)


def sealed(content: bytes) -> bytes:
    target = io.BytesIO()
    writer = SealingWriter(target, RING.current)
    writer.write(content)
    writer.finish()
    return target.getvalue()


def opened(data: bytes, ring: Keyring = RING) -> bytes:
    reader = OpeningReader(io.BytesIO(data), ring)
    return b"".join(iter(lambda: reader.read(10_000), b""))


def content_of(length: int) -> bytes:
    return bytes(n % 251 for n in range(length))


@pytest.mark.parametrize("length", LENGTHS)
def test_what_comes_out_is_what_went_in(length: int) -> None:
    assert opened(sealed(content_of(length))) == content_of(length)


@settings(derandomize=True, max_examples=30)
@given(st.lists(st.binary(max_size=100_000), max_size=5))
def test_it_does_not_matter_in_which_parts_it_was_written(parts: list[bytes]) -> None:
    target = io.BytesIO()
    writer = SealingWriter(target, RING.current)
    for part in parts:
        writer.write(part)
    writer.finish()

    assert opened(target.getvalue()) == b"".join(parts)


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("cut", [1, TAG_BYTES, CHUNK_BYTES + TAG_BYTES])
def test_an_end_that_was_cut_off_is_found(length: int, cut: int) -> None:
    data = sealed(content_of(length))
    header = data.index(b"\n") + 1

    with pytest.raises(ClinicError, match="cut off"):
        opened(data[: max(header, len(data) - cut)])


def test_chunks_that_changed_places_are_found() -> None:
    data = sealed(content_of(3 * CHUNK_BYTES))
    at, size = data.index(b"\n") + 1, CHUNK_BYTES + TAG_BYTES
    swapped = (
        data[:at] + data[at + size : at + 2 * size] + data[at : at + size] + data[at + 2 * size :]
    )

    with pytest.raises(ClinicError, match="damaged"):
        opened(swapped)


@pytest.mark.parametrize("at", [0, 20, 30, 95, 120, 200, -1])
def test_a_changed_byte_is_found(at: int) -> None:
    data = bytearray(sealed(content_of(1000)))
    data[at] ^= 1

    with pytest.raises(ClinicError):
        opened(bytes(data))


def test_another_clinics_key_opens_nothing() -> None:
    with pytest.raises(ClinicError, match="is missing"):
        opened(sealed(b"calm"), Keyring((new_key(),)))


@pytest.mark.parametrize("data", [b"", b"\n", b"hello", bytes(500), b"SOUNDSCAPE-BACKUP 2 a b\n"])
def test_what_is_no_backup_is_refused(data: bytes) -> None:
    with pytest.raises(ClinicError, match="no backup"):
        opened(data)
