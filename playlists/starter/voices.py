"""The instruments: tones that go on, tones that are struck and ring, and shaped noise.

A sustained tone is made in the spectrum: every partial is a narrow hump of random phase, and the
inverse transform of the whole is an endless loop without a seam, as of many players who are
almost in tune. A struck tone is a sum of decaying sinusoids.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from soundscape.units import SESSION_RATE_HZ, Frames, frames_in

LOOP_FRAMES = Frames(1 << 19)
"""Length of a sustained tone's loop: 10.9 s."""

NOISE_FRAMES = Frames(1 << 20)
"""Length of a noise's loop: 21.8 s."""

_A4_HZ = 440.0
_A4_PITCH = 69
_SHARED, _OWN = 0.8, 0.6  # squares sum to one: channels correlate by 0.64, wide yet not hollow
_HUMP_SIGMAS = 4.0
_LEAST_SIGMA = 0.6  # in bins: even the narrowest hump fills two or three, and lives a little
_HIGHEST_HZ = 9_000.0
_STRIDE = 1024
_STIFFNESS = 2e-4


@dataclass(frozen=True, slots=True)
class Sustained:
    """A tone that sounds as long as it is held.

    Attributes
    ----------
    tilt : float
        Partial n has the amplitude n to the power of minus this, before the cutoff.
    cutoff_hz : float
        Above it partials fade away.
    width_cents : float
        How far the players are out of tune at the fundamental; wider is softer and more restless.
    attack_s, release_s : float
        Time to grow and to die away.
    odd : bool
        Only odd partials, as of a stopped pipe.
    """

    tilt: float
    cutoff_hz: float
    width_cents: float
    attack_s: float
    release_s: float
    odd: bool = False


@dataclass(frozen=True, slots=True)
class Struck:
    """A tone that is struck and rings.

    Attributes
    ----------
    ratios, strengths, ring : tuple[float, ...]
        Of each partial: frequency by the fundamental's, amplitude, and decay by ``decay_s``.
    decay_s : float
        Time constant of the fundamental at middle C; higher tones ring shorter.
    attack_s : float
        Time to grow.
    """

    ratios: tuple[float, ...]
    strengths: tuple[float, ...]
    ring: tuple[float, ...]
    decay_s: float
    attack_s: float


def _string(
    partials: int, *, tilt: float, damping: float, decay_s: float, attack_s: float
) -> Struck:
    """Return a stiff string: its partials a little sharp, and ringing the shorter the higher."""
    numbers = range(1, partials + 1)
    return Struck(
        ratios=tuple(n * (1.0 + _STIFFNESS * n * n) ** 0.5 for n in numbers),
        strengths=tuple(n**-tilt for n in numbers),
        ring=tuple(1.0 / (1.0 + damping * (n - 1)) for n in numbers),
        decay_s=decay_s,
        attack_s=attack_s,
    )


SUSTAINED = {
    "drone": Sustained(1.5, 420.0, 0.8, 8.0, 8.0),
    "warm": Sustained(1.3, 1_000.0, 1.5, 4.5, 6.0),
    "glass": Sustained(1.6, 1_700.0, 0.8, 5.0, 7.0, odd=True),
    "bowed": Sustained(1.1, 1_500.0, 1.5, 1.8, 2.8),
}
STRUCK = {
    "bell": Struck(
        (1.0, 2.0, 2.99, 4.12, 5.43), (1.0, 0.42, 0.2, 0.09, 0.04), (1.0, 0.7, 0.45, 0.3, 0.2),
        decay_s=2.6, attack_s=0.030,
    ),
    "felt": _string(9, tilt=1.2, damping=0.5, decay_s=0.7, attack_s=0.006),
    "harp": _string(8, tilt=1.1, damping=0.6, decay_s=0.5, attack_s=0.005),
    "brush": Struck(
        tuple(1.0 + 0.1618 * n for n in range(40)),
        (1.0,) * 40,
        (1.0,) * 40,
        decay_s=0.16,
        attack_s=0.012,
    ),
    "pluck": _string(9, tilt=1.0, damping=0.35, decay_s=0.17, attack_s=0.012),
    "kalimba": Struck(
        (1.0, 2.0, 3.0, 4.02, 5.96, 8.9), (1.0, 0.5, 0.4, 0.3, 0.25, 0.18),
        (1.0, 0.6, 0.45, 0.35, 0.25, 0.2), decay_s=0.35, attack_s=0.004,
    ),
    "shaker": Struck(
        tuple(1.0 + 0.071 * n for n in range(34)), (1.0,) * 34, (1.0,) * 34,
        decay_s=0.12, attack_s=0.014,
    ),
    "mallet": Struck(
        (1.0, 3.93, 9.2), (1.0, 0.2, 0.06), (1.0, 0.3, 0.1), decay_s=0.5, attack_s=0.010
    ),
}  # fmt: skip
"""The instruments by name."""

NOISES = {
    "sea": ((90.0, 1.3), (700.0, 0.9)),
    "wind": ((240.0, 0.8), (520.0, 0.55)),
    "rain": ((420.0, 1.4), (2_300.0, 0.8)),
}
"""Of each noise's two bands: center in Hz, and half its width in octaves."""


def frequency_hz(pitch: float) -> float:
    """Return the frequency of a MIDI pitch, in equal temperament on A4 = 440 Hz."""
    return float(_A4_HZ * 2.0 ** ((pitch - _A4_PITCH) / 12.0))


def loop_of(
    spectrum: NDArray[np.float64], length: Frames, rng: np.random.Generator
) -> NDArray[np.float32]:
    """Return a seamless loop with this amplitude in each bin and random phases.

    Parameters
    ----------
    spectrum : NDArray[np.float64], shape (length // 2 + 1,)
        One-sided amplitudes.
    length : int
        Frames.
    rng : np.random.Generator
        Gives the phases: partly shared by both channels, partly each one's own.

    Returns
    -------
    NDArray[np.float32], shape (2, length)
        RMS 1.
    """
    used = np.flatnonzero(spectrum > spectrum.max() * 1e-5)
    phases = np.float32(2.0 * np.pi) * rng.random((3, used.size), np.float32)
    shared, left, right = np.cos(phases) + np.complex64(1j) * np.sin(phases)
    heard = np.stack([_SHARED * shared + _OWN * left, _SHARED * shared + _OWN * right])
    heard *= spectrum[used].astype(np.float32)
    # By Parseval's theorem this makes the loop's RMS 1 without looking at its samples.
    heard *= length / np.sqrt(np.sum(np.abs(heard) ** 2, dtype=np.float64))
    bins = np.zeros((2, length // 2 + 1), np.complex64)
    bins[:, used] = heard
    return np.asarray(fft.irfft(bins, length, axis=1), np.float32)


def humps(voice: Sustained, fundamental_hz: float, length: Frames) -> NDArray[np.float64]:
    """Return the amplitude in each bin of a held tone's loop.

    Each partial is a bell curve of the same energy as the line it stands for. Its width grows
    with the root of its number: high partials are livelier, yet never rough.

    Returns
    -------
    NDArray[np.float64], shape (length // 2 + 1,)
        Of the one-sided spectrum at the session's rate.
    """
    spectrum = np.zeros(length // 2 + 1)
    per_bin_hz = SESSION_RATE_HZ / length
    detuning = 2.0 ** (voice.width_cents / 1200.0) - 1.0
    for number in range(1, int(_HIGHEST_HZ / fundamental_hz) + 1, 2 if voice.odd else 1):
        center_hz = number * fundamental_hz
        strength = number**-voice.tilt * np.exp(-((center_hz / voice.cutoff_hz) ** 1.2))
        sigma = max(fundamental_hz * number**0.5 * detuning / per_bin_hz, _LEAST_SIGMA)
        middle = center_hz / per_bin_hz
        reach = int(_HUMP_SIGMAS * sigma) + 1
        bins = np.arange(int(middle) - reach, int(middle) + reach + 1)
        hump = np.exp(-0.5 * ((bins - middle) / sigma) ** 2)
        spectrum[bins] += strength * hump / np.sqrt(np.sum(hump**2))
    return spectrum


def sustained_loop(voice: Sustained, pitch: int, rng: np.random.Generator) -> NDArray[np.float32]:
    """Return a seamless loop of one held tone.

    Returns
    -------
    NDArray[np.float32], shape (2, LOOP_FRAMES)
        RMS 1.
    """
    return loop_of(humps(voice, frequency_hz(pitch), LOOP_FRAMES), LOOP_FRAMES, rng)


def _ringing(
    strengths: NDArray[np.float64], poles: NDArray[np.complex128], length: Frames
) -> NDArray[np.float64]:
    """Return the sum of decaying sinusoids, each the imaginary part of its pole's powers.

    A power is a coarse step times a fine one, so that the whole is one product of two matrices.
    """
    rows = np.arange(-(-length // _STRIDE))
    coarse = strengths * (poles**_STRIDE) ** rows[:, None]
    fine = poles[:, None] ** np.arange(_STRIDE)
    tone = np.hstack([coarse.real, coarse.imag]) @ np.vstack([fine.imag, fine.real])
    return np.asarray(tone.ravel()[:length], np.float64)


def struck_tone(voice: Struck, pitch: int, rng: np.random.Generator) -> NDArray[np.float32]:
    """Return one struck tone, to its end.

    Each partial is a pair, a fraction of a hertz apart between the channels, so that the tone
    opens slowly while it rings.

    Returns
    -------
    NDArray[np.float32], shape (2, frames)
        RMS 1 over its first second.
    """
    fundamental_hz = frequency_hz(pitch)
    decay_s = voice.decay_s * (frequency_hz(60) / fundamental_hz) ** 0.5
    length = frames_in(6.0 * decay_s)
    heard = int(np.searchsorted(voice.ratios, _HIGHEST_HZ / fundamental_hz, side="right"))
    partials_hz = fundamental_hz * np.array(voice.ratios[:heard])
    soft = np.array(voice.strengths[:heard]) * np.exp(-partials_hz / 4_000.0)
    fall = 1.0 / (decay_s * np.array(voice.ring[:heard]) * SESSION_RATE_HZ)
    apart_hz = rng.uniform(0.05, 0.35, heard)
    angles = 2j * np.pi / SESSION_RATE_HZ * (partials_hz + np.array([[-1.0], [1.0]]) * apart_hz)
    tone = np.stack([_ringing(soft, np.exp(channel - fall), length) for channel in angles])
    grow = int(voice.attack_s * SESSION_RATE_HZ)
    tone[:, :grow] *= 0.5 - 0.5 * np.cos(np.pi * np.arange(grow) / grow)
    fade = length // 3
    tone[:, -fade:] *= 0.5 + 0.5 * np.cos(np.pi * np.arange(1, fade + 1) / fade)
    scale = np.sqrt(np.mean(np.square(tone[:, :SESSION_RATE_HZ])))
    return np.asarray(tone / scale, np.float32)


def noise_loop(center_hz: float, octaves: float, rng: np.random.Generator) -> NDArray[np.float32]:
    """Return a seamless loop of noise in one band, its edges as soft as a bell curve.

    Parameters
    ----------
    center_hz : float
        Where it is strongest.
    octaves : float
        Standard deviation of the curve, in octaves.
    rng : np.random.Generator
        Gives the phases.

    Returns
    -------
    NDArray[np.float32], shape (2, NOISE_FRAMES)
        RMS 1.
    """
    bins_hz = np.arange(1, NOISE_FRAMES // 2 + 1) * (SESSION_RATE_HZ / NOISE_FRAMES)
    spectrum = np.zeros(NOISE_FRAMES // 2 + 1)
    # Per octave the curve is symmetric, hence the root: a hertz holds less of a high octave.
    distance = np.log2(bins_hz / center_hz) / octaves
    spectrum[1:] = np.exp(-0.5 * distance**2) / np.sqrt(bins_hz)
    return loop_of(spectrum, NOISE_FRAMES, rng)
