"""Which codecs this machine can decode."""

import av

WANTED = ("flac", "mp3", "vorbis", "opus", "aac", "alac", "pcm_s16le", "pcm_s24le")


def missing_codecs() -> tuple[str, ...]:
    """Return the codecs that a clinic's music needs and that cannot be decoded here."""
    return tuple(name for name in WANTED if name not in av.codecs_available)
