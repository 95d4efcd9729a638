"""Start the application or one of its commands."""

import sys
import tempfile
from importlib import import_module
from pathlib import Path
from types import TracebackType

from soundscape.faults import described
from soundscape.home import home

FAULT_LOG = "soundscape-fault.log"


def main() -> None:
    """Put the application's private packages on the path, then run what was asked for."""
    sys.excepthook = say_fault
    sys.path.insert(0, str(home()))
    sys.exit(import_module("ui.commands.main").main(sys.argv[1:]))


def say_fault(
    kind: type[BaseException], error: BaseException, _trace: TracebackType | None
) -> None:
    """Say in one line that the program is at fault, and leave the details in a file."""
    log = Path(tempfile.gettempdir()) / FAULT_LOG
    log.write_text(described(error), encoding="utf-8")
    sys.stderr.write(
        f"soundscape: This is a fault of the program ({kind.__name__}); report it with {log}.\n"
    )


if __name__ == "__main__":
    main()
