"""Onset curves stand where something begins, each in its own sense, whatever the gain."""

import numpy as np
from fakes import sounds
from numpy.typing import NDArray

from playlists.analysis.onsets import CURVES, PitchCurves, StruckCurves
from playlists.analysis.pitches import PitchSpectrometer
from playlists.analysis.spectrum import BandSpectrometer


def struck(sound: sounds.Mono) -> NDArray[np.float32]:
    return StruckCurves().curves(BandSpectrometer().spectra(sound).bands)


def pitched(sound: sounds.Mono) -> NDArray[np.float32]:
    return PitchCurves().curves(PitchSpectrometer().semitones(sound))


def notes_at(seconds: tuple[int, ...]) -> sounds.Mono:
    sound = np.zeros((max(seconds) + 1) * 48_000, np.float32)
    for second in seconds:
        sound[second * 48_000 : second * 48_000 + 24_000] = sounds.tone(440, 0.5, 5)
    return sound


def test_attacks_stand_where_notes_begin() -> None:
    attacks = struck(notes_at((1, 2, 3)))[:, CURVES.index("attack")]

    strongest = np.argsort(attacks)[::-1][:9]
    distances = np.abs(strongest[:, None] - np.array([100, 200, 300])).min(axis=1)
    assert distances.max() <= 5


def test_a_new_pitch_in_an_unbroken_line_is_seen_within_half_a_second() -> None:
    line = np.concatenate([sounds.tone(220, 2.0), sounds.tone(330, 2.0), sounds.tone(220, 2.0)])

    pitch, harmony = pitched(line.astype(np.float32))[60:].T

    for curve in (pitch, harmony):
        changes = np.sort(np.argsort(curve)[::-1][:20])
        distances = np.abs(changes[:, None] + 60 - np.array([200, 400])).min(axis=1)
        assert distances.max() <= 50


def test_curves_do_not_depend_on_the_gain() -> None:
    sound = sounds.plucks(80, 6.0)

    for curves in (struck, pitched):
        np.testing.assert_allclose(curves(sound * np.float32(0.02)), curves(sound), atol=1e-3)


def test_curves_in_pieces_are_those_of_the_whole() -> None:
    bands = BandSpectrometer().spectra(sounds.plucks(80, 6.0)).bands
    semitones = PitchSpectrometer().semitones(sounds.plucks(80, 6.0))

    in_pieces, pitched_in_pieces = StruckCurves(), PitchCurves()
    pieces = [in_pieces.curves(bands[at : at + 7]) for at in range(0, len(bands), 7)]
    pitched_pieces = [
        pitched_in_pieces.curves(semitones[at : at + 7]) for at in range(0, len(semitones), 7)
    ]

    np.testing.assert_allclose(np.concatenate(pieces), StruckCurves().curves(bands), atol=1e-5)
    np.testing.assert_allclose(
        np.concatenate(pitched_pieces), PitchCurves().curves(semitones), atol=1e-5
    )


def test_silence_and_nothing_begin_nothing() -> None:
    silence = np.zeros(3 * 48_000, np.float32)

    assert not struck(silence).any()
    assert not pitched(silence).any()
    assert struck(silence[:10]).shape == (0, 3)
    assert pitched(silence[:10]).shape == (0, 2)
