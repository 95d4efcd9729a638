"""The sound path: the ring, the ramps, the guard, and the process at the sound card."""
