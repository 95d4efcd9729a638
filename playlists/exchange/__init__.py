"""Playlists and a clinic's work from and to other programs and other chairs."""
