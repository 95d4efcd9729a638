"""What commands share: options after an action, and searches that begin with a minus."""

import argparse
from collections.abc import Sequence
from itertools import pairwise


def take_global_options(*actions: argparse.ArgumentParser) -> None:
    """Let the global options stand after a command's action as well."""
    for action in actions:
        action.add_argument("--data-dir", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        action.add_argument(
            "--json", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS
        )


def searches_joined(arguments: Sequence[str]) -> list[str]:
    """Return a command line whose searches may begin with a minus, as ``--where -tag:rain``.

    That one would be taken for an option; joined to the option before it, it is a value.
    """
    joined: list[str] = []
    for before, word in pairwise(["", *arguments]):
        if before == "--where" and word.startswith("-") and not word.startswith("--"):
            joined[-1] = f"--where={word}"
        else:
            joined.append(word)
    return joined
