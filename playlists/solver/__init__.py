"""Chooses and orders tracks so that a session follows its arc."""
