"""The starter library: original calm pieces, synthesized from a seed."""
