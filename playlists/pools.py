"""Which tracks a preset may take its music from."""

from collections.abc import Sequence

from playlists.library.search import matching
from playlists.models import Track
from playlists.presets import Preset


def pool_of(preset: Preset, tracks: Sequence[Track]) -> list[Track]:
    """Return those of some tracks that are in a preset's pool, in their order."""
    if preset.tracks:
        named = set(preset.tracks)
        return [track for track in tracks if track.content_hash in named]
    return matching(tracks, preset.search)
