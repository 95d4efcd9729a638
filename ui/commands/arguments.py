"""Values of options that several commands take."""

import argparse


def workers(text: str) -> int:
    """Return how many files are to be worked on at once.

    Raises
    ------
    argparse.ArgumentTypeError
        If it is not a whole number from 1 on.
    """
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("say a whole number from 1 on")
    return int(text)
