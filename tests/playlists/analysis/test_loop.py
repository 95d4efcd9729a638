"""A track loops well where its end goes on into its start."""

import numpy as np
from fakes import sounds

from playlists.analysis.form import Ends
from playlists.analysis.loop import LoopMeter
from playlists.analysis.spectrum import BandSpectrometer
from soundscape.units import Seconds

NO_ENDS = Ends(Seconds(0.0), Seconds(0.0), Seconds(0.0), Seconds(0.0))
STEADY = ((0.0, 0.3), (10.0, 0.3))


def meter(mono: np.ndarray) -> LoopMeter:
    spectrometer, loop = BandSpectrometer(), LoopMeter()
    for start in range(0, len(mono), 77_777):
        loop.add(spectrometer.spectra(mono[start : start + 77_777].astype(np.float32)).bands)
    return loop


def test_a_sound_that_stays_the_same_loops() -> None:
    assert meter(sounds.drone(20)).loopability(NO_ENDS, STEADY) > 0.9


def test_another_level_another_sound_and_another_energy_at_the_end_loop_worse() -> None:
    drone = sounds.drone(20)
    quieter = np.concatenate([drone[:480_000], drone[480_000:] * 0.5])
    higher = np.concatenate([drone[:480_000], sounds.tone(1_500.0, 10) * 0.2])

    assert meter(quieter).loopability(NO_ENDS, STEADY) < 0.6
    assert meter(higher).loopability(NO_ENDS, STEADY) < 0.3
    assert meter(drone).loopability(NO_ENDS, ((0.0, 0.1), (10.0, 0.6))) < 0.6


def test_silence_and_fades_at_the_ends_loop_worse() -> None:
    loop = meter(sounds.drone(20))
    fading = Ends(Seconds(0.0), Seconds(0.0), Seconds(1.0), Seconds(2.0))
    silent = Ends(Seconds(1.0), Seconds(0.0), Seconds(0.0), Seconds(0.0))

    assert loop.loopability(fading, STEADY) < 0.3
    assert loop.loopability(silent, STEADY) < 0.55


def test_too_little_music_and_silence_do_not_loop() -> None:
    assert LoopMeter().loopability(NO_ENDS, ()) == 0.0
    assert meter(sounds.drone(4)).loopability(NO_ENDS, STEADY) == 0.0
    assert meter(np.zeros(480_000)).loopability(NO_ENDS, STEADY) == 0.0
