"""Units of time and level, as types.

A bare number in a signature is a ratio or a count. Anything else carries its unit in its type
or in its name's last word: ``_s``, ``_ms``, ``_frames``, ``_hz``, ``_bpm``, ``_db``, ``_lufs``.
"""

from typing import NewType

Frames = NewType("Frames", int)
"""A count of frames: one sample for each channel, at the session's sample rate."""

Seconds = NewType("Seconds", float)
"""Seconds on the session's clock, from the start of the session."""

Decibels = NewType("Decibels", float)
"""A gain relative to unity, 20·log10 of an amplitude ratio."""

Lufs = NewType("Lufs", float)
"""Loudness, in LUFS as ITU-R BS.1770 defines it."""

SESSION_RATE_HZ = 48_000
"""Sample rate of every session, its ring and its render."""

CHANNELS = 2
"""A session is stereo."""


def amplitude(gain: Decibels) -> float:
    """Return the amplitude ratio of a gain: 1.0 at 0 dB."""
    return float(10.0 ** (gain / 20.0))


def frames_in(duration: Seconds | float, sample_rate_hz: int = SESSION_RATE_HZ) -> Frames:
    """Return the whole number of frames nearest to a duration in seconds."""
    return Frames(round(duration * sample_rate_hz))


def seconds_in(length: Frames | int, sample_rate_hz: int = SESSION_RATE_HZ) -> Seconds:
    """Return how many seconds a count of frames lasts."""
    return Seconds(length / sample_rate_hz)
