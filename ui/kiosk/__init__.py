"""The chair: black, and any touch calls."""
