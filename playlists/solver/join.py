"""What is heard where one track hands over to the next, and what that costs.

Four differences count, each only beyond what passes unnoticed in a crossfade and up to a limit:
brightness, loudness as it is played, energy, and tempo where both are sure of it. The limits are
design choices. The key of a track is not measured, so it does not count.
"""

import math

import numpy as np
from numpy.typing import NDArray

from playlists.models import Track
from playlists.solver.curve import BIN_S, heard_bins
from playlists.solver.trim import trim_db

CONFIDENT = 0.5
"""A tempo less sure than this is nobody's tempo."""

_SETTLED_S = 11
"""An incoming track is at its level when its crossfade is over and 3 s have been measured."""

BRIGHTNESS, LOUDNESS, ENERGY, TEMPO = range(4)
UNNOTICED = np.array([1.0, 3.0, 0.1, 0.08])
"""Octaves, LU, energy and octaves of tempo that nobody minds."""

LIMIT = np.array([2.0, 9.0, 0.3, 0.4])
"""From here on a difference costs its whole weight."""

WEIGHT_S = np.array([4.0, 4.0, 4.0, 3.0])
"""Seconds of full error that the whole difference is worth."""


def brightness_octaves(track: Track) -> float:
    """Return a track's brightness on a scale of octaves, for differences."""
    return math.log2(max(track.analysis.brightness_hz, 1.0))


def entry_of(track: Track, bins: NDArray[np.float64] | None = None) -> NDArray[np.float64]:
    """Return what is heard of a track as it comes in.

    Its energies, of shape (bins,), are measured where they are not given.

    Returns
    -------
    NDArray[np.float64], shape (4,)
        Brightness in octaves, loudness in LUFS, energy 0-1, tempo in octaves or not a number.
    """
    bins = heard_bins(track) if bins is None else bins
    return _edge(track, float(bins[0]), _SETTLED_S)


def exit_of(
    track: Track, heard_s: float, bins: NDArray[np.float64] | None = None
) -> NDArray[np.float64]:
    """Return what is heard of a track as it begins to go after some seconds.

    As ``entry_of``; of shape (4,), from energies of shape (bins,).
    """
    bins = heard_bins(track) if bins is None else bins
    return _edge(track, float(bins[min(int(heard_s / BIN_S), bins.size - 1)]), int(heard_s))


def _edge(track: Track, energy: float, second: int) -> NDArray[np.float64]:
    measured = track.analysis
    curve = measured.loudness_curve or (measured.integrated_lufs,)
    place = min(int(measured.body_s[0]) + second, len(curve) - 1)
    # What is almost silent, as at the end of a fade, is no level that anything could jump from.
    level_lufs = max(float(curve[place]), measured.integrated_lufs - LIMIT[LOUDNESS])
    tempo_bpm = measured.tempo_bpm if measured.tempo_confidence >= CONFIDENT else None
    return np.array(
        [
            brightness_octaves(track),
            level_lufs + trim_db(track),
            energy,
            math.log2(tempo_bpm) if tempo_bpm else math.nan,
        ]
    )


def join_terms_s(
    leaving: NDArray[np.float64], entering: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return what each difference costs, in seconds of full error.

    Parameters
    ----------
    leaving : NDArray[np.float64], shape (4,)
        As of ``exit_of``.
    entering : NDArray[np.float64], shape (4,) or (tracks, 4)
        As of ``entry_of``.

    Returns
    -------
    NDArray[np.float64], shape of ``entering``
        0 up to each weight.
    """
    apart = np.abs(entering - leaving)
    # Twice as fast is heard as the same beat.
    octaves = apart[..., TEMPO] % 1.0
    apart[..., TEMPO] = np.minimum(octaves, 1.0 - octaves)
    shares = (apart - UNNOTICED) / (LIMIT - UNNOTICED)
    # fmax takes 0 where there is no number: an unsure tempo never counts.
    return np.asarray(WEIGHT_S * np.minimum(np.fmax(shares, 0.0), 1.0))


def join_s(leaving: NDArray[np.float64], entering: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what joins cost in all, in seconds of full error.

    As ``join_terms_s``, but of shape () or (tracks,), all terms taken together.
    """
    return np.asarray(join_terms_s(leaving, entering).sum(axis=-1))
