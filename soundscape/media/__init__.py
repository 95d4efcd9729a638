"""Reading audio files: probing, decoding, tags, and the chair's own store of files."""
