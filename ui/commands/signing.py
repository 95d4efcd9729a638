"""Who does something that the history keeps."""

import argparse

from playlists.history.people import person


def add_person(*parsers: argparse.ArgumentParser) -> None:
    """Declare the option that says who does it."""
    for parser in parsers:
        parser.add_argument("--by", default=person(), metavar="PERSON", help="who does this")
