"""A tone lands in its semitone, twenty-five times a second, however the sound is cut."""

import numpy as np
import pytest
from fakes import sounds

from playlists.analysis.pitches import PITCH_FRAMES_PER_S, SEMITONES, PitchSpectrometer


@pytest.mark.parametrize("semitone", [0, 5, 12, 27, 46])
def test_a_tone_lands_in_its_semitone(semitone: int) -> None:
    sound = sounds.tone(110.0 * 2 ** (semitone / 12), 2.0).astype(np.float32)

    powers = PitchSpectrometer().semitones(sound)

    assert (np.argmax(powers[5:-5], axis=1) == semitone).all()


@pytest.mark.parametrize("frequency_hz", [10_500.0, 12_300.0, 13_900.0, 23_000.0])
def test_what_is_far_above_does_not_fold_down(frequency_hz: float) -> None:
    heard = PitchSpectrometer().semitones(sounds.tone(440.0, 1.0).astype(np.float32))
    folded = PitchSpectrometer().semitones(sounds.tone(frequency_hz, 1.0).astype(np.float32))

    assert folded[3:-3].max() < 1e-4 * heard[3:-3].max()


def test_pieces_give_what_the_whole_gives() -> None:
    sound = sounds.plucks(80, 5.0)
    meter = PitchSpectrometer()

    pieces = np.concatenate(
        [meter.semitones(sound[at : at + 7_001]) for at in range(0, len(sound), 7_001)]
    )

    whole = PitchSpectrometer().semitones(sound)
    assert whole.shape == (len(pieces), SEMITONES)
    assert abs(len(whole) - 5 * PITCH_FRAMES_PER_S) <= 3
    np.testing.assert_allclose(pieces, whole, atol=1e-6 * whole.max())
