"""Whose stream is heard where, as the sound server tells it."""

import json

import pytest

from soundscape.engine.sink_watch import own_sink_in


def told(*rows: object) -> bytes:
    return json.dumps(rows).encode()


def row(process: int, sink: int) -> dict[str, object]:
    return {"index": 7, "sink": sink, "properties": {"application.process.id": str(process)}}


def test_a_process_finds_the_sink_of_its_own_stream() -> None:
    assert own_sink_in(told(row(11, 3), row(12, 5)), 12) == 5


def test_a_process_without_a_stream_is_on_no_sink() -> None:
    assert own_sink_in(told(row(11, 3)), 12) is None


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"no json",
        b"{}",
        b"[1, null]",
        b"\xff\xfe",
        told({"sink": 3}),
        told({"properties": 1}),
    ],
)
def test_what_makes_no_sense_names_no_sink(said: bytes) -> None:
    assert own_sink_in(said, 12) is None
