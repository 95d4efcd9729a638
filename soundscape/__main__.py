"""Start the application or one of its commands."""

import sys
from importlib import import_module

from soundscape.home import home


def main() -> None:
    """Put the application's private packages on the path, then run what was asked for."""
    sys.path.insert(0, str(home()))
    sys.exit(import_module("ui.commands.main").main(sys.argv[1:]))


if __name__ == "__main__":
    main()
