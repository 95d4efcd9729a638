"""A track's form: how it fades at its ends, how loud it is when, which part stands for it.

All of it is read from curves that are measured anyway, and knows no more than they do: a fade is
told by loudness alone, so the slow swell of a first pad and the dying of a last tone count too.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from soundscape.dsp.loudness import HOP_S, SHORT_TERM_HOPS, Loudness
from soundscape.units import Seconds

AUDITION_S = Seconds(20.0)
"""How much of a track is heard to judge it."""

_HOPS_PER_S = round(1.0 / HOP_S)
_FADE_WITHIN_S = 60
_FADE_SMOOTHING_HOPS = (5, SHORT_TERM_HOPS)
_FADE_FROM_LU = 15.0
_FADE_UP_TO_LU = 3.0
_FADE_RIPPLE_LU = 3.0
_SHORTEST_FADE_S = 1.0

# Each of these makes a part of a track as unlike the whole as the others do.
_UNLIKE_ENERGY = 0.1
_UNLIKE_LU = 3.0
_UNLIKE_RISE_LU = 4.0


@dataclass(frozen=True, slots=True)
class Ends:
    """What a track begins and ends with; the fades lie inside the silences.

    Attributes
    ----------
    lead_silence_s, tail_silence_s, fade_in_s, fade_out_s : Seconds
        0 where there is none.
    """

    lead_silence_s: Seconds
    tail_silence_s: Seconds
    fade_in_s: Seconds
    fade_out_s: Seconds


def ends_of(loudness: Loudness, silences: tuple[Seconds, Seconds]) -> Ends:
    """Return a track's ends.

    A fade comes up, within the first minute of music, from 15 LU or more below that minute's
    median loudness to within 3 LU of it, and on its way never falls back by more than 3 LU. That
    is looked for in means of half a second, which tell a short fade, and of 3 s, which tell one
    that struck notes stand out of; the longer counts. What takes less than 1 s is a beginning,
    not a fade. A fade at the end is one at the beginning of the track played backward.

    Parameters
    ----------
    loudness : Loudness
        Of the whole track.
    silences : tuple[Seconds, Seconds]
        At its beginning and its end.
    """
    lead_s, tail_s = silences
    hops = len(loudness.momentary_lufs)
    first = int(np.ceil(lead_s / HOP_S))
    music = loudness.momentary_lufs[first : hops - int(np.ceil(tail_s / HOP_S))]
    return Ends(lead_s, tail_s, _fade_s(music), _fade_s(music[::-1]))


def loudness_each_second(loudness: Loudness) -> tuple[float, ...]:
    """Return short-term loudness in LUFS, of the 3 s that end with each second.

    The first two seconds have that of the first three; a track of less than 3 s has none.
    """
    count = len(loudness.short_term_lufs)
    if not count:
        return ()
    seconds = np.arange((count - 1 + SHORT_TERM_HOPS) // _HOPS_PER_S)
    ends = np.maximum((seconds + 1) * _HOPS_PER_S - SHORT_TERM_HOPS, 0)
    return tuple(np.round(loudness.short_term_lufs[ends], 2).tolist())


def audition_s(
    energy_curve: tuple[tuple[float, float], ...],
    loudness_curve: tuple[float, ...],
    ends: Ends,
) -> Seconds:
    """Return where the 20 seconds begin that are most like the whole track.

    They are nearest to its median energy and its median loudness, have the least rise of
    loudness within them, and lie outside of fades and silence. Where no 20 seconds do, they
    begin with the music. Form is not known: a refrain is not told from a verse.

    Parameters
    ----------
    energy_curve : tuple[tuple[float, float], ...]
        (second, energy) at equal steps.
    loudness_curve : tuple[float, ...]
        LUFS each second.
    ends : Ends
        Of the same track.
    """
    loud = np.array(loudness_curve)
    first_s = ends.lead_silence_s + ends.fade_in_s
    last_s = len(loud) - ends.tail_silence_s - ends.fade_out_s - AUDITION_S
    starts = [at_s for at_s, _ in energy_curve if first_s <= at_s <= last_s]
    if not starts:
        return Seconds(max(0.0, min(ends.lead_silence_s, len(loud) - AUDITION_S)))
    energies = np.array([energy for _, energy in energy_curve])
    step_s = energy_curve[1][0] - energy_curve[0][0]

    def unlikeness(start_s: float) -> float:
        """Return how far the 20 seconds from here are from the whole."""
        heard = loud[int(start_s) : int(start_s + AUDITION_S)]
        part = energies[int(start_s / step_s) : int((start_s + AUDITION_S) / step_s)]
        energy = abs(float(part.mean() - np.median(energies))) / _UNLIKE_ENERGY
        level = abs(float(heard.mean() - np.median(loud))) / _UNLIKE_LU
        return energy + level + float(np.diff(heard).max()) / _UNLIKE_RISE_LU

    return Seconds(min(starts, key=unlikeness))


def _fade_s(music_lufs: NDArray[np.float64]) -> Seconds:
    """Return how long the fade at the beginning of a curve of momentary loudness takes."""
    power = 10.0 ** (music_lufs[: _FADE_WITHIN_S * _HOPS_PER_S] / 10.0)
    if len(power) < max(_FADE_SMOOTHING_HOPS):
        return Seconds(0.0)
    fine, coarse = (_smoothed_lufs(power, hops) for hops in _FADE_SMOOTHING_HOPS)
    usual_lufs = float(np.median(fine))
    if fine[0] > usual_lufs - _FADE_FROM_LU:
        return Seconds(0.0)
    length_s = max(
        _come_up_s(level_lufs, usual_lufs, smoothing_hops)
        for level_lufs, smoothing_hops in zip((fine, coarse), _FADE_SMOOTHING_HOPS, strict=True)
    )
    return Seconds(length_s if length_s >= _SHORTEST_FADE_S else 0.0)


def _smoothed_lufs(power: NDArray[np.float64], hops: int) -> NDArray[np.float64]:
    """Return the level of each so many hops; power and level of shape (hops,)."""
    return np.asarray(10.0 * np.log10(np.convolve(power, np.full(hops, 1.0 / hops), mode="valid")))


def _come_up_s(level_lufs: NDArray[np.float64], usual_lufs: float, smoothing_hops: int) -> float:
    """Return when a level has come up; 0.0 if it is up at once, or falls back on its way."""
    up = int(np.argmax(level_lufs >= usual_lufs - _FADE_UP_TO_LU))
    rise = level_lufs[: up + 1]
    fallen_lu = float((np.maximum.accumulate(rise) - rise).max())
    return (up + smoothing_hops // 2) * HOP_S if up and fallen_lu <= _FADE_RIPPLE_LU else 0.0
