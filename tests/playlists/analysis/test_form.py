"""Fades, loudness each second and the part that stands for a track are read from its curves."""

import numpy as np
import pytest
from fakes import sounds

from playlists.analysis.form import AUDITION_S, Ends, audition_s, ends_of, loudness_each_second
from soundscape.dsp.loudness import Loudness, LoudnessMeter
from soundscape.units import Seconds

NO_ENDS = Ends(Seconds(0.0), Seconds(0.0), Seconds(0.0), Seconds(0.0))


def loudness(mono: np.ndarray) -> Loudness:
    meter = LoudnessMeter()
    meter.add(np.stack([mono, mono], axis=1))
    return meter.reading()


def ends(mono: np.ndarray, lead_s: float = 0.0, tail_s: float = 0.0) -> Ends:
    return ends_of(loudness(mono), (Seconds(lead_s), Seconds(tail_s)))


def faded(in_s: float, out_s: float, mono: np.ndarray) -> np.ndarray:
    seconds = np.arange(len(mono)) / sounds.RATE_HZ
    gain = np.ones(len(mono))
    if in_s:
        gain *= np.minimum(1.0, seconds / in_s)
    if out_s:
        gain *= np.minimum(1.0, seconds[::-1] / out_s)
    return mono * gain


@pytest.mark.parametrize(("in_s", "out_s"), [(8.0, 0.0), (0.0, 12.0), (4.0, 20.0)])
def test_a_fade_is_measured_to_where_it_has_come_up(in_s: float, out_s: float) -> None:
    found = ends(faded(in_s, out_s, sounds.plucks(120, 60)))

    # A straight fade is within 3 dB of its end after 0.7 of its length.
    assert found.fade_in_s == pytest.approx(0.7 * in_s, abs=0.15 * in_s + 0.5)
    assert found.fade_out_s == pytest.approx(0.7 * out_s, abs=0.15 * out_s + 0.5)


def test_struck_notes_that_stand_out_of_a_fade_do_not_hide_it() -> None:
    found = ends(faded(12.0, 15.0, sounds.drone(60) + 6.0 * sounds.plucks(30, 60)))

    assert found.fade_in_s == pytest.approx(0.7 * 12.0, abs=2.5)
    assert found.fade_out_s == pytest.approx(0.7 * 15.0, abs=2.5)


def test_a_quick_beginning_is_none_though_three_seconds_of_it_are_softer() -> None:
    assert ends(faded(0.8, 0.0, sounds.drone(40))).fade_in_s == 0.0


def test_a_fade_lies_inside_the_silence() -> None:
    silence = np.zeros(3 * sounds.RATE_HZ)
    sound = np.concatenate([silence, faded(8.0, 0.0, sounds.drone(40)), silence])

    found = ends(sound, 3.0, 3.0)

    assert (found.lead_silence_s, found.tail_silence_s) == (3.0, 3.0)
    assert found.fade_in_s == pytest.approx(5.6, abs=1.0)


@pytest.mark.parametrize("sound", [sounds.plucks(90, 40), sounds.drone(40), np.zeros(48_000)])
def test_music_that_begins_and_ends_at_once_has_no_fades(sound: np.ndarray) -> None:
    found = ends(sound)

    assert (found.fade_in_s, found.fade_out_s) == (0.0, 0.0)


def test_a_soft_passage_with_notes_that_stand_out_is_no_fade() -> None:
    sound = sounds.drone(40).astype(np.float64)
    sound[: 10 * 48_000] *= 0.03
    sound[3 * 48_000 : 5 * 48_000] *= 8.0

    assert ends(sound).fade_in_s == 0.0


def test_nothing_at_all_has_no_form() -> None:
    reading = loudness(np.zeros(0))

    assert ends_of(reading, (Seconds(0.0), Seconds(0.0))) == NO_ENDS
    assert loudness_each_second(reading) == ()
    assert audition_s((), (), NO_ENDS) == 0.0


def test_loudness_has_a_number_for_each_second_of_the_three_that_end_with_it() -> None:
    sound = np.concatenate([sounds.drone(10), sounds.drone(10) * 0.1])

    curve = loudness_each_second(loudness(sound))

    assert len(curve) == 20
    assert curve[9] - curve[12] == pytest.approx(20.0, abs=0.5)
    assert curve[0] == curve[2]


def test_the_audition_is_where_a_track_is_most_like_itself() -> None:
    energies = (0.1, 0.9, 0.4, 0.4, 0.4, 0.9, 0.1)
    curve = tuple((10.0 * n, energy) for n, energy in enumerate(energies))

    assert audition_s(curve, (-20.0,) * 70, NO_ENDS) in {20.0, 30.0}


def test_the_audition_avoids_fades_silence_and_sudden_rises() -> None:
    curve = tuple((10.0 * n, 0.4) for n in range(9))
    levels = np.full(90, -20.0)
    levels[35:] = -14.0
    levels[60:] = -20.0
    ends = Ends(Seconds(2.0), Seconds(0.0), Seconds(10.0), Seconds(5.0))

    start_s = audition_s(curve, tuple(levels.tolist()), ends)

    assert start_s == 60.0


def test_a_track_that_is_all_fade_is_heard_from_its_first_sound() -> None:
    curve = tuple((10.0 * n, 0.4) for n in range(3))
    ends = Ends(Seconds(3.0), Seconds(0.0), Seconds(15.0), Seconds(10.0))

    assert audition_s(curve, (-20.0,) * 30, ends) == 3.0
    assert audition_s(curve[:1], (-20.0,) * 10, ends) == 0.0
    assert AUDITION_S == 20.0
