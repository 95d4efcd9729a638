"""Therapist's builder: library, arc, solved playlist."""
