"""What a screen reader finds: every node of every program on the accessibility bus.

Run by the system's Python, which has the bus's library, as ``spoken.py PROGRAMS``: it waits until
so many programs are there and still, and prints a list of ``[window, role, name, takes focus]``.
"""

import json
import sys
import time

import gi  # type: ignore[import-not-found]

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # type: ignore[import-not-found]  # noqa: E402 - after its version

LOOK_S = 0.5
PATIENCE_LOOKS = 80


def main() -> None:
    """Print the nodes once two looks found the same."""
    wanted = int(sys.argv[1])
    before: list[list[object]] = []
    for _look in range(PATIENCE_LOOKS):
        found = nodes()
        if found and found == before and len({node[0] for node in found}) >= wanted:
            break
        before = found
        time.sleep(LOOK_S)  # noqa: TID251 - the project's clock is not at hand here
    json.dump(before, sys.stdout)


def nodes() -> list[list[object]]:
    """Return every node that is shown."""
    desktop = Atspi.get_desktop(0)
    found: list[list[object]] = []
    for place in range(desktop.get_child_count()):
        program = desktop.get_child_at_index(place)
        for number in range(program.get_child_count() if program else 0):
            window = program.get_child_at_index(number)
            if window is not None:
                walk(window, window.get_name(), found)
    return found


def walk(node: "Atspi.Accessible", window: str, found: list[list[object]]) -> None:
    """Take a node, and those in it."""
    states = node.get_state_set()
    takes_focus = states.contains(Atspi.StateType.FOCUSABLE)
    if states.contains(Atspi.StateType.SHOWING):
        found.append([window, node.get_role_name(), node.get_name(), takes_focus])
    for place in range(min(node.get_child_count(), 200)):
        child = node.get_child_at_index(place)
        if child is not None:
            walk(child, window, found)


if __name__ == "__main__":
    main()
