"""Tracks that no file stands behind, for planning."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from playlists.models import Analysis, BeatStrength, Rating, Track
from soundscape.units import Decibels, Lufs, Seconds


def track(name: str = "a", /, **facts: object) -> Track:
    """Return a calm instrumental track of five minutes; facts override its fields.

    Fields of the track, its analysis and its rating are all given by their own names.
    """
    energy = float(facts.get("energy", 0.3))  # type: ignore[arg-type]
    measured: dict[str, object] = {
        "duration_s": Seconds(300.0),
        "sample_rate_hz": 48_000,
        "channels": 2,
        "codec": "flac",
        "tempo_bpm": None,
        "tempo_confidence": 0.0,
        "tempo_alternatives": (),
        "beat_strength": BeatStrength.NONE,
        "energy": energy,
        "energy_curve": ((0.0, energy),),
        "percussiveness": 0.1,
        "integrated_lufs": Lufs(-20.0),
        "loudness_range_lu": 5.0,
        "true_peak_dbtp": Decibels(-3.0),
        "loudness_curve": (-20.0,) * 300,
        "max_rise_lu_2s": 4.0,
        "max_jump_lu": 2.0,
        "brightness_hz": 800.0,
        "vocal_probability": 0.1,
        "voice_spans": (),
        "lead_silence_s": Seconds(0.0),
        "tail_silence_s": Seconds(0.0),
        "fade_in_s": Seconds(0.0),
        "fade_out_s": Seconds(0.0),
        "audition_s": Seconds(0.0),
        "loopability": 0.5,
        "analysis_version": 1,
    }
    said: dict[str, object] = {
        "instrumental": None,
        "tags": frozenset(),
        "avoid": False,
        "licence": "",
        "familiar": False,
        "source": "",
    }
    known: dict[str, object] = {
        "path": Path(f"{name}.flac"),
        "title": name.title(),
        "artist": "",
        "album": "",
        "present": True,
    }
    for fields in (measured, said, known):
        fields.update({key: value for key, value in facts.items() if key in fields})
    return Track(
        content_hash=hashlib.sha256(name.encode()).hexdigest(),
        analysis=Analysis(**measured),  # type: ignore[arg-type]
        rating=Rating(**said),  # type: ignore[arg-type]
        **known,  # type: ignore[arg-type]
    )


def library(count: int, *, seed: int = 1, **facts: object) -> tuple[Track, ...]:
    """Return tracks of many lengths, energies, tempos and artists that pass every gate."""
    rng = np.random.default_rng(seed)
    return tuple(
        track(
            f"{seed}-{number}",
            **{
                "duration_s": Seconds(float(rng.uniform(150.0, 540.0))),
                "energy": float(rng.uniform(0.05, 0.6)),
                "tempo_bpm": float(rng.uniform(40.0, 120.0)) if number % 2 else None,
                "tempo_confidence": 0.8 if number % 2 else 0.0,
                "brightness_hz": float(rng.uniform(300.0, 2500.0)),
                "loudness_range_lu": float(rng.uniform(2.0, 8.0)),
                "artist": f"artist {number % 40}",
                **facts,
            },
        )
        for number in range(count)
    )


def with_files(tracks: Sequence[Track], folder: Path) -> tuple[Track, ...]:
    """Return tracks with files; a file holds its track's name, of which its hash is made."""
    found = []
    for one in tracks:
        path = folder / one.path.name
        path.write_text(one.path.stem, encoding="utf-8")
        found.append(replace(one, path=path))
    return tuple(found)
