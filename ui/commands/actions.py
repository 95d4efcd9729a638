"""Commands that have several actions, as ``soundscape library add``."""

import argparse


def take_global_options(*actions: argparse.ArgumentParser) -> None:
    """Let the global options stand after a command's action as well."""
    for action in actions:
        action.add_argument("--data-dir", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        action.add_argument(
            "--json", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS
        )
