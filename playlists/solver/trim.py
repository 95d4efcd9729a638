"""The fixed gain that brings each track to the session's nominal loudness."""

from playlists.models import Track
from soundscape.units import Decibels

NOMINAL_LUFS = -26.0
"""Loudness that every track is trimmed to; the calibrated level at the ear stands for it."""

TRIM_RANGE_DB = (-24.0, 6.0)
PEAK_AT_MOST_DBTP = -9.5
"""A trimmed track's true peak: two of them in a crossfade, raised by 1 LU, stay below -2 dBTP."""


def trim_db(track: Track) -> Decibels:
    """Return the gain that brings a track to the nominal loudness, within its peak's limit."""
    measured = track.analysis
    low_db, high_db = TRIM_RANGE_DB
    wanted_db = min(high_db, max(low_db, NOMINAL_LUFS - measured.integrated_lufs))
    return Decibels(min(wanted_db, PEAK_AT_MOST_DBTP - measured.true_peak_dbtp))
