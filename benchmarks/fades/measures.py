"""What a recording says of a crossfade between two tones.

Each tone is shifted to 0 Hz and smoothed by a symmetrical window of 20 ms, which leaves its
level over time (heterodyne). What a curve was declared to be goes through the same window
before the two are compared, so the window itself is no error.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.signal import fftconvolve, get_window

from benchmarks.fades.job import A_HZ, B_HZ, FADE_END_S, FADE_START_S, MIDDLE_S, declared
from soundscape.units import SESSION_RATE_HZ, Seconds, frames_in

AUDIBLE = 1e-3
SILENT = 1e-6
HEARD_S = Seconds(19.0)
"""So much of a recording is looked at, from the first sound on."""

FADE_EDGE_DB = -40.0
SPLATTER_BEYOND_HZ = 200.0
_TIMED_DB = (-3.0, -6.0, -12.0, -20.0)
_STEADY_A_S = (2.0, 7.0)
_STEADY_B_S = (13.0, 18.0)
_WINDOW = get_window("blackmanharris", frames_in(0.02) | 1, fftbins=False)
_TAPER_S = 4.0
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Measured:
    """A crossfade against its declared curve.

    Attributes
    ----------
    equal_level_ms : float
        When both tones were equally loud, against 10.000 s.
    fade_start_ms, fade_end_ms : float
        When the arriving tone passed -40 dB, and the leaving one, against their curves.
    timing_frames : float
        The largest error of a time at which a tone passed -3, -6, -12 or -20 dB.
    curve_rms_db, curve_worst_db : float
        Distance of both levels from their curves, where those are above -40 dB.
    power_dip_db, power_peak_db : float
        Lowest and highest joint power in the crossfade, against before and behind it.
    splatter_db : float
        Energy beyond 200 Hz from either tone, against all.
    longest_silence_ms : float
        The longest run of frames without sound.
    """

    equal_level_ms: float
    fade_start_ms: float
    fade_end_ms: float
    timing_frames: float
    curve_rms_db: float
    curve_worst_db: float
    power_dip_db: float
    power_peak_db: float
    splatter_db: float
    longest_silence_ms: float


def measured(recorded: NDArray[np.float32]) -> Measured:
    """Measure a recording of the job.

    Parameters
    ----------
    recorded : NDArray[np.float32], shape (frames, channels)
        With at least 19 seconds from the first sound on, else it is refused with
        ``ValueError``; the left side is measured.
    """
    sound = from_first_sound(recorded)
    a, b = level_over_time(sound, A_HZ), level_over_time(sound, B_HZ)
    a /= np.median(_part(a, *_STEADY_A_S))
    b /= np.median(_part(b, *_STEADY_B_S))
    leaving, arriving = (smoothed(curve).real for curve in declared(HEARD_S))
    errors_db = np.concatenate([distances_db(a, leaving), distances_db(b, arriving)])
    power_db = 10.0 * np.log10(_part(a**2 + b**2, FADE_START_S, FADE_END_S))
    # backwards a rise is a fall, and late is early
    falls = [_later_ms(a, leaving, level_db) for level_db in (*_TIMED_DB, FADE_EDGE_DB)]
    rises = [-_later_ms(b[::-1], arriving[::-1], each) for each in (*_TIMED_DB, FADE_EDGE_DB)]
    return Measured(
        equal_level_ms=1000.0 * (equal_level_s(a, b) - MIDDLE_S),
        fade_start_ms=rises[-1],
        fade_end_ms=falls[-1],
        timing_frames=float(np.abs(falls[:-1] + rises[:-1]).max()) * SESSION_RATE_HZ / 1000.0,
        curve_rms_db=float(np.sqrt(np.mean(errors_db**2))),
        curve_worst_db=float(np.abs(errors_db).max()),
        power_dip_db=float(power_db.min()),
        power_peak_db=float(power_db.max()),
        splatter_db=splatter_db(sound),
        longest_silence_ms=longest_silence_ms(recorded),
    )


def from_first_sound(recorded: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return 19 seconds of the left side from the job's first frame on.

    Parameters
    ----------
    recorded : NDArray[np.float32], shape (frames, channels)
        A recording.

    Returns
    -------
    NDArray[np.float64], shape (frames,)
        The first tone begins on its first frame.

    Raises
    ------
    ValueError
        If less sound was recorded.
    """
    left = recorded[:, 0].astype(np.float64)
    loud = np.flatnonzero(np.abs(left) > AUDIBLE)
    start = max(0, int(loud[0]) - 1) if len(loud) else 0  # a sine's first sample is zero
    sound = left[start : start + frames_in(HEARD_S)]
    if not len(loud) or len(sound) < frames_in(HEARD_S):
        raise ValueError(f"less than {HEARD_S:.0f} seconds of sound were recorded")
    return sound


def smoothed(signal: NDArray[np.float64] | NDArray[np.complex128]) -> NDArray[np.complex128]:
    """Return a signal behind the window of 20 ms, without delay.

    Parameters
    ----------
    signal : NDArray, shape (frames,)
        Beyond its ends it is taken to be zero.

    Returns
    -------
    NDArray[np.complex128], shape (frames,)
        As long as the signal.
    """
    return np.asarray(fftconvolve(signal, _WINDOW / _WINDOW.sum(), "same"), np.complex128)


def level_over_time(sound: NDArray[np.float64], frequency_hz: float) -> NDArray[np.float64]:
    """Return the amplitude of one tone, shape (frames,).

    Parameters
    ----------
    sound : NDArray[np.float64], shape (frames,)
        With other tones at least 200 Hz away.
    frequency_hz : float
        The tone.
    """
    turns = frequency_hz * np.arange(len(sound)) / SESSION_RATE_HZ
    return np.asarray(2.0 * np.abs(smoothed(sound * np.exp(-2j * np.pi * turns))))


def equal_level_s(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    """Return when the second level first passes the first, in seconds, between two frames.

    Parameters
    ----------
    a, b : NDArray[np.float64], shape (frames,)
        Levels of the leaving and the arriving tone.
    """
    first = frames_in(_STEADY_A_S[0])
    ahead = b[first:] - a[first:]
    frame = int(np.flatnonzero(ahead >= 0.0)[0])
    before, behind = ahead[frame - 1], ahead[frame]
    return float((first + frame - behind / (behind - before)) / SESSION_RATE_HZ)


def last_above(level: NDArray[np.float64], threshold_db: float) -> float:
    """Return where a level falls below a threshold for the last time, in frames and parts of one.

    Parameters
    ----------
    level : NDArray[np.float64], shape (frames,)
        Amplitudes; it must begin above the threshold and end below it.
    threshold_db : float
        Against an amplitude of one.
    """
    threshold = 10.0 ** (threshold_db / 20.0)
    frame = int(np.flatnonzero(level >= threshold)[-1])
    above, below = level[frame], level[frame + 1]
    return float(frame + (above - threshold) / (above - below))


def distances_db(level: NDArray[np.float64], curve: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far a level is from its curve within the crossfade, above -40 dB.

    Parameters
    ----------
    level, curve : NDArray[np.float64], shape (frames,)
        Amplitudes.

    Returns
    -------
    NDArray[np.float64], shape (frames above -40 dB,)
        In decibels; nothing heard counts as -120 dB.
    """
    level, curve = (_part(each, FADE_START_S, FADE_END_S) for each in (level, curve))
    heard = curve >= 10.0 ** (FADE_EDGE_DB / 20.0)
    return np.asarray(20.0 * np.log10(np.maximum(level[heard], SILENT) / curve[heard]))


def splatter_db(sound: NDArray[np.float64]) -> float:
    """Return the energy beyond 200 Hz from both tones against all energy, in decibels.

    Parameters
    ----------
    sound : NDArray[np.float64], shape (frames,)
        From the job's first frame on; its first second is left out, and four seconds at either
        end rise and fall by a raised cosine, whose own splatter lies under -170 dB.
    """
    inside = _part(sound, 1.0, HEARD_S)
    window = get_window(("tukey", 2.0 * _TAPER_S / (HEARD_S - 1.0)), len(inside), fftbins=False)
    energy = np.abs(np.fft.rfft(inside * window)) ** 2
    frequencies_hz = np.fft.rfftfreq(len(inside), 1.0 / SESSION_RATE_HZ)
    far = np.minimum(np.abs(frequencies_hz - A_HZ), np.abs(frequencies_hz - B_HZ))
    return float(10.0 * np.log10(energy[far > SPLATTER_BEYOND_HZ].sum() / energy.sum()))


def longest_silence_ms(recorded: NDArray[np.float32]) -> float:
    """Return the longest silence between the first and the last sound, in milliseconds.

    Parameters
    ----------
    recorded : NDArray[np.float32], shape (frames, channels)
        A recording.
    """
    return float(silences(recorded).max(initial=0)) / SESSION_RATE_HZ * 1000.0


def silences(recorded: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return the lengths of all silences between the first and the last sound, in frames.

    Parameters
    ----------
    recorded : NDArray[np.float32], shape (frames, channels)
        A recording; one of hours may lie in a file.

    Returns
    -------
    NDArray[np.int64], shape (silences,)
        In order; also those of a single frame, where a wave crosses zero.
    """
    is_loud = np.zeros(len(recorded) + 2, np.int8)  # silence on both ends, to have edges there
    for start in range(0, len(recorded), _PIECE):
        piece = recorded[start : start + _PIECE]
        is_loud[1 + start : 1 + start + len(piece)] = np.abs(piece).max(axis=1) > SILENT
    edges = np.flatnonzero(np.diff(is_loud))
    begins, ends = edges[1:-1:2], edges[2::2]
    return ends - begins


def _part(signal: NDArray[np.float64], start_s: float, end_s: float) -> NDArray[np.float64]:
    return signal[frames_in(start_s) : frames_in(end_s)]


def _later_ms(
    level: NDArray[np.float64], curve: NDArray[np.float64], threshold_db: float
) -> float:
    """Return by how much a level falls below a threshold later than its curve.

    The ends of the recording are left out: there the window sees the tones begin and end.
    """
    inside = slice(SESSION_RATE_HZ, -SESSION_RATE_HZ)
    frames = last_above(level[inside], threshold_db) - last_above(curve[inside], threshold_db)
    return 1000.0 * frames / SESSION_RATE_HZ
