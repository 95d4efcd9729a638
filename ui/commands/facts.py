"""Tracks and their analyses as the JSON that the command line promises."""

import os
import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

from playlists.models import Analysis, Track

_DIGITS = 4


_OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def shown(path: Path) -> str:
    """Return a path as text that can be printed, whatever bytes its name is made of.

    What a terminal would obey, or what would turn the words after it around, is not in it.
    """
    return _OBEYED.sub("\N{REPLACEMENT CHARACTER}", os.fsencode(path).decode("utf-8", "replace"))


def analysis_facts(analysis: Analysis) -> dict[str, Any]:
    """Return an analysis as JSON: rounded, and with null for what does not exist."""
    facts = {name: _rounded(value) for name, value in asdict(analysis).items()}
    return facts | {"beatless": analysis.beatless}


def _rounded(value: object) -> object:
    """Return a number with few digits, and tuples as lists of such."""
    if isinstance(value, tuple):
        return [_rounded(part) for part in value]
    return round(value, _DIGITS) if isinstance(value, float) else value


def track_facts(track: Track) -> dict[str, Any]:
    """Return a track as JSON: the machine's word, the therapist's, and what both come to."""
    rating = asdict(track.rating) | {"tags": sorted(track.rating.tags)}
    return {
        "track": track.content_hash,
        "path": shown(track.path),
        "title": track.title,
        "artist": track.artist,
        "album": track.album,
        "present": track.present,
        "energy_used": round(track.energy, _DIGITS),
        "voice": track.voice.value,
        "rating": rating,
        "analysis": analysis_facts(track.analysis),
    }
