"""Libraries of tracks that no file stands behind, for timing and for proofs."""

import numpy as np
from fakes.tracks import track

from playlists.models import Track

_SHAPES = 400


def large(count: int, seed: int = 1) -> tuple[Track, ...]:
    """Return tracks as a clinic's folders hold them; many of one length share a curve's shape."""
    rng = np.random.default_rng(seed)
    shapes = [_shape(rng, float(rng.uniform(0.05, 0.9))) for _ in range(_SHAPES)]
    loudness = (-20.0,) * 300
    return tuple(
        track(
            f"{seed}-{number}",
            duration_s=float(rng.uniform(110.0, 540.0)),
            energy=shapes[number % _SHAPES][0],
            energy_curve=shapes[number % _SHAPES][1],
            loudness_curve=loudness,
            loudness_range_lu=float(rng.uniform(1.0, 14.0)),
            max_rise_lu_2s=float(rng.uniform(2.0, 9.0)),
            tempo_bpm=float(rng.uniform(40.0, 180.0)) if number % 2 else None,
            tempo_confidence=0.8 if number % 2 else 0.0,
            brightness_hz=float(rng.uniform(300.0, 4000.0)),
            artist=f"artist {number % 997}",
            album=f"album {number % 4999}",
        )
        for number in range(count)
    )


def small(count: int, seed: int) -> tuple[Track, ...]:
    """Return tracks each by another artist, which hand over on a grid of half a minute."""
    rng = np.random.default_rng(seed)
    found = []
    for number in range(count):
        energy, curve = _shape(rng, float(rng.uniform(0.1, 0.55)))
        length_s = 8.0 + 30.0 * float(rng.integers(8, 15))
        found.append(
            track(
                f"{seed}-{number}",
                duration_s=length_s,
                energy=energy,
                energy_curve=curve,
                loudness_curve=tuple((-20.0 + rng.normal(0.0, 2.0, int(length_s))).tolist()),
                tempo_bpm=float(rng.uniform(40.0, 120.0)) if number % 2 else None,
                tempo_confidence=0.8 if number % 2 else 0.0,
                brightness_hz=float(rng.uniform(300.0, 2500.0)),
                artist=f"artist {number}",
            )
        )
    return tuple(found)


def _shape(
    rng: np.random.Generator, energy: float
) -> tuple[float, tuple[tuple[float, float], ...]]:
    """Return a mean energy and a curve about it: slow waves, and scatter from window to window."""
    time_s = 10.0 * np.arange(55)
    wave = 0.05 * np.sin(time_s / rng.uniform(30.0, 90.0) + rng.uniform(0.0, 6.0))
    curve = np.clip(energy + wave + rng.normal(0.0, 0.05, time_s.size), 0.0, 1.0)
    points = tuple(zip(time_s.tolist(), curve.tolist(), strict=True))
    return float(curve.mean()), points
