"""What the card is given: the ring's samples, and never a gap or a step when it runs low."""

from pathlib import Path

import numpy as np
import pytest
from fakes.plans import tone
from numpy.typing import NDArray
from rig.listening import steepest_rise_db_s

from soundscape.engine.automation import RETURN_LENGTH
from soundscape.engine.output_block import BED_FADE, LONG_BREAK_S, LOW, OutputBlock
from soundscape.engine.ring import AFTER_LONG_BREAK, CAPACITY, Field, Ring
from soundscape.engine.ring_file import create_ring, open_ring
from soundscape.units import Frames

BLOCK = 1024
RISE_DB_S = 20.0
LEVEL = np.float32(0.02)  # a steady level is an offset, and a large one would not be played


@pytest.fixture
def ring(tmp_path: Path) -> Ring:
    return create_ring(tmp_path / "ring")


def written(ring: Ring, frames: int) -> NDArray[np.float32]:
    """Write some frames of a ramp and let them play; return them."""
    samples = np.linspace(0.01, 0.028, 2 * frames, dtype=np.float32).reshape(frames, 2)
    ring.write(Frames(0), samples)
    ring.set(Field.WRITTEN, frames)
    ring.set(Field.PLAYING, 1)
    return samples


def heard(output: OutputBlock, frames: int) -> NDArray[np.float32]:
    """Return what the card is given, block by block."""
    blocks = []
    for _ in range(-(-frames // BLOCK)):
        out = np.empty((BLOCK, 2), np.float32)
        output.fill(out)
        blocks.append(out)
    return np.concatenate(blocks)[:frames]


def test_before_the_start_there_is_silence_and_no_progress(ring: Ring) -> None:
    output = OutputBlock(ring, np.zeros((0, 2), np.float32))

    assert not heard(output, 2048).any()
    assert ring.get(Field.POSITION) == 0


def test_the_ring_is_heard_to_the_bit(ring: Ring) -> None:
    samples = written(ring, 300_000)
    output = OutputBlock(ring, np.zeros((0, 2), np.float32))

    np.testing.assert_array_equal(heard(output, 50_000), samples[:50_000])


def test_a_ring_that_runs_low_crossfades_to_the_bed_without_a_gap(ring: Ring) -> None:
    ring.write(Frames(0), np.full((300_000, 2), LEVEL))
    ring.set(Field.WRITTEN, 300_000)
    ring.set(Field.PLAYING, 1)
    bed = np.full((4800, 2), LEVEL)
    output = OutputBlock(ring, bed)

    out = heard(output, 500_000)

    assert out.min() >= LEVEL * 0.999
    assert out.max() <= LEVEL * np.sqrt(2.0) * 1.001
    assert np.abs(np.diff(out, axis=0)).max() < 1e-4
    assert ring.get(Field.ON_BED) == 1
    np.testing.assert_array_equal(out[300_000:], np.full((200_000, 2), LEVEL))


def test_without_a_bed_it_fades_out_and_in_again(ring: Ring) -> None:
    ring.write(Frames(0), np.full((300_000, 2), LEVEL))
    ring.set(Field.WRITTEN, 300_000)
    ring.set(Field.PLAYING, 1)
    output = OutputBlock(ring, np.zeros((0, 2), np.float32))

    out = heard(output, 400_000)
    later = ring.get(Field.POSITION)
    ring.write(Frames(later), np.full((CAPACITY, 2), LEVEL))
    ring.set(Field.WRITTEN, later + CAPACITY)
    back = heard(output, RETURN_LENGTH + 2 * BLOCK)

    assert not out[-1].any()
    assert np.abs(np.diff(np.concatenate([out, back]), axis=0)).max() < 1e-4
    assert back[-1, 0] == LEVEL


def test_the_bed_is_in_place_before_the_ring_is_dry() -> None:
    assert BED_FADE < LOW


def test_after_the_end_there_is_silence_and_no_bed(ring: Ring) -> None:
    written(ring, 60_000)
    ring.set(Field.END, 50_000)
    output = OutputBlock(ring, np.full((4800, 2), LEVEL))

    out = heard(output, 60_000)

    assert out[49_999].all()
    assert not out[50_000:].any()
    assert output.finished
    assert ring.get(Field.ON_BED) == 0


def test_another_process_that_attaches_sees_the_same(ring: Ring, tmp_path: Path) -> None:
    samples = written(ring, 2000)
    other = open_ring(tmp_path / "ring")
    block = np.empty((2000, 2), np.float32)

    other.read_into(Frames(0), block)

    np.testing.assert_array_equal(block, samples)
    assert other.get(Field.WRITTEN) == 2000


def test_frames_wrap_around_the_ring(ring: Ring) -> None:
    samples = np.random.default_rng(1).random((5000, 2)).astype(np.float32)
    start = Frames(3 * CAPACITY - 2000)
    block = np.empty_like(samples)

    ring.write(start, samples)
    ring.read_into(start, block)

    np.testing.assert_array_equal(block, samples)


def test_after_a_break_the_sound_rises_from_nothing(ring: Ring) -> None:
    written(ring, 8 * 48_000)
    output = OutputBlock(ring, np.zeros((0, 2), np.float32))
    before = heard(output, 10 * BLOCK)

    output.come_back(0.7)
    after = heard(output, 48_000)

    assert np.abs(before).min() >= 0.01
    assert np.abs(after[0]).max() == 0.0
    assert np.abs(after[:4_800]).max() < 1e-4
    assert (ring.get(Field.BREAKS), ring.get(Field.BREAK_MS)) == (1, 700)
    assert ring.get(Field.BREAK_FRAME) == 10 * BLOCK


def test_some_seconds_after_a_break_the_sound_is_the_rings_to_the_bit(ring: Ring) -> None:
    samples = written(ring, 12 * 48_000)
    output = OutputBlock(ring, np.zeros((0, 2), np.float32))

    output.come_back(0.7)
    sounded = heard(output, 6 * 48_000)

    assert np.array_equal(sounded[5 * 48_000 :], samples[5 * 48_000 : len(sounded)])


@pytest.mark.parametrize("peak", [0.02, 0.1, 0.2])
def test_however_loud_the_music_is_it_comes_back_gently(ring: Ring, peak: float) -> None:
    ring.write(Frames(0), tone(220.0, 12.0, peak=peak))
    ring.set(Field.WRITTEN, 12 * 48_000)
    ring.set(Field.PLAYING, 1)
    output = OutputBlock(ring, np.zeros((0, 2), np.float32))

    output.come_back(0.7)
    back = heard(output, 6 * 48_000)

    assert steepest_rise_db_s(back) <= RISE_DB_S
    assert np.abs(back[-48_000:]).max() >= 0.99 * peak


def test_music_that_comes_back_where_there_was_no_bed_comes_gently(ring: Ring) -> None:
    music = tone(220.0, 21.0, peak=0.1)
    ring.write(Frames(0), music[:48_000])
    ring.set(Field.WRITTEN, 48_000)
    ring.set(Field.PLAYING, 1)
    output = OutputBlock(ring, np.zeros((0, 2), np.float32))
    heard(output, 8 * 48_000)

    later = ring.get(Field.POSITION)
    ring.write(Frames(later), music)
    ring.set(Field.WRITTEN, later + len(music))
    back = heard(output, 6 * 48_000)

    assert steepest_rise_db_s(back) <= RISE_DB_S
    np.testing.assert_array_equal(back[-48_000:], music[5 * 48_000 : 6 * 48_000])


def test_after_a_long_break_nothing_comes_back_by_itself(ring: Ring) -> None:
    written(ring, 8 * 48_000)
    output = OutputBlock(ring, np.zeros((0, 2), np.float32))

    output.come_back(LONG_BREAK_S + 1.0)

    output.cut()

    assert ring.get(Field.CUT) == AFTER_LONG_BREAK
    assert not heard(output, 10 * BLOCK).any()
    assert ring.get(Field.POSITION) == 0


def test_a_break_before_the_session_has_begun_is_none(ring: Ring) -> None:
    output = OutputBlock(ring, np.zeros((0, 2), np.float32))

    output.come_back(60.0)

    assert not output.is_cut
    assert ring.get(Field.BREAKS) == 0


@pytest.mark.parametrize("broken", [np.nan, np.inf, 0.99])
def test_broken_sound_is_replaced_by_the_bed_without_a_step_or_a_burst(
    ring: Ring, broken: float
) -> None:
    music = tone(220.0, 20.0, peak=0.05)
    samples = music.copy()
    samples[200_000:202_000] = broken
    ring.write(Frames(0), samples)
    ring.set(Field.WRITTEN, len(samples))
    ring.set(Field.PLAYING, 1)
    bed = tone(440.0, 2.0, peak=0.05)
    natural = np.abs(np.diff(music, axis=0)).max() + np.abs(np.diff(bed, axis=0)).max()

    out = heard(OutputBlock(ring, bed), 600_000)

    assert np.isfinite(out).all()
    assert np.abs(out).max() <= 0.05 * np.sqrt(2.0)
    assert steepest_rise_db_s(out[203_000:]) <= RISE_DB_S  # from where the ring is silent
    assert np.abs(np.diff(out, axis=0)).max() <= 1.1 * natural
    assert ring.get(Field.REFUSED) == 3
    assert not np.array_equal(out[250_000:260_000], samples[250_000:260_000])
    np.testing.assert_array_equal(out[-10_000:], samples[590_000:600_000])
