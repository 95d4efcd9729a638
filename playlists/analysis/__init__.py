"""What a piece of music is like: tempo, energy, loudness, voice, edges."""
