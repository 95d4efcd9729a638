"""How suddenly a track gets louder, as somebody hears it in the middle of a session.

A startle is a rise of momentary loudness, within 2 s, above what was heard just before. Three
things that a meter reads as rises startle nobody, and are not counted:

* *a pause between two notes or phrases*: what was heard just before is never less than the
  loudness of the 3 s before (the window of short-term loudness, EBU Tech 3341). A second's pause
  lowers that by less than 2 LU, and after a pause of 3 s the return counts in full;
* *what is hardly audible*: 20 LU below the track's own loudness (where EBU Tech 3342 stops to
  count as well) is as good as silence, and a rise from one to the other is none;
* *the track's own start*: it comes in by a crossfade of at least 8 s from music that is trimmed
  to the same loudness. So it is measured as that crossfade, with steady music before it.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from soundscape.dsp.fades import equal_power
from soundscape.dsp.loudness import HOP_S, MOMENTARY_HOPS, SHORT_TERM_HOPS, Loudness
from soundscape.units import Seconds

SHORTEST_FADE_S = Seconds(8.0)
"""No crossfade of the routes as shipped is shorter (tests/playlists/analysis/test_startle.py)."""

_WITHIN_HOPS = round(2.0 / HOP_S)
_REMEMBERED = SHORT_TERM_HOPS - MOMENTARY_HOPS + 1  # so many windows of 400 ms span 3 s
_FLOOR_LU = -20.0
_LOWEST_LUFS = -70.0  # the absolute gate of BS.1770-5


def startle_lu(loudness: Loudness, lead_silence_s: Seconds) -> float:
    """Return the largest rise that may startle, at least 0.

    Parameters
    ----------
    loudness : Loudness
        Of the whole track.
    lead_silence_s : Seconds
        The silence before its music, which is never played.
    """
    power, floor = _heard(loudness, lead_silence_s)
    if not len(power):
        return 0.0
    now = np.maximum(power[_REMEMBERED - 1 :], floor)
    recent = sliding_window_view(power, _REMEMBERED).mean(axis=1)
    return _largest_rise_lu(np.maximum(now, recent), now)


def jump_lu(loudness: Loudness, lead_silence_s: Seconds) -> float:
    """Return the largest rise of loudness from 3 s to the next 3 s, at least 0.

    The track's own start and what is hardly audible are taken as for ``startle_lu``. A rise that
    takes a minute is none here, and a single blow is better seen by ``startle_lu``.

    Parameters
    ----------
    loudness : Loudness
        Of the whole track.
    lead_silence_s : Seconds
        The silence before its music, which is never played.
    """
    power, floor = _heard(loudness, lead_silence_s)
    if len(power) <= _REMEMBERED + SHORT_TERM_HOPS:
        return 0.0
    level = np.maximum(sliding_window_view(power, _REMEMBERED).mean(axis=1), floor)
    ratio = float((level[SHORT_TERM_HOPS:] / level[:-SHORT_TERM_HOPS]).max())
    return float(10.0 * np.log10(max(ratio, 1.0)))


def _heard(loudness: Loudness, lead_silence_s: Seconds) -> tuple[NDArray[np.float64], float]:
    """Return the power of each hop as it is heard, none without music, and what is silence."""
    own_lufs = max(float(loudness.integrated_lufs), _LOWEST_LUFS)
    floor = 10.0 ** (max(own_lufs + _FLOOR_LU, _LOWEST_LUFS) / 10.0)
    music = loudness.momentary_lufs[int(np.ceil(lead_silence_s / HOP_S)) :]
    if not len(music):
        return music, floor
    return _crossfaded(10.0 ** (music / 10.0), 10.0 ** (own_lufs / 10.0)), floor


def _crossfaded(music: NDArray[np.float64], steady: float) -> NDArray[np.float64]:
    """Return the power of music that follows steady sound, which is heard alone for 3 s."""
    # A window of loudness stands for its middle.
    middles = np.arange(len(music), dtype=np.float64) + MOMENTARY_HOPS / 2.0
    share = middles * (HOP_S / SHORTEST_FADE_S)
    rising, falling = np.square(equal_power(share)), np.square(equal_power(1.0 - share))
    return np.concatenate([np.full(_REMEMBERED, steady), music * rising + steady * falling])


def _largest_rise_lu(before: NDArray[np.float64], now: NDArray[np.float64]) -> float:
    """Return how far one curve of power rises above another within 2 s, at least 0."""
    hops = range(1, min(_WITHIN_HOPS, len(now) - 1) + 1)
    ratio = max((float((now[hop:] / before[:-hop]).max()) for hop in hops), default=1.0)
    return float(10.0 * np.log10(max(ratio, 1.0)))
