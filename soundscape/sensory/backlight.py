"""The display's own light, where the system lends it: a folder of ``/sys/class/backlight``.

That is Linux's. Writing there takes a right that the system has to give, as by a udev rule.
"""

from pathlib import Path

BACKLIGHTS = Path("/sys/class/backlight")


class Backlight:
    """One display's light.

    Parameters
    ----------
    folder : Path
        The system's folder of it.
    full : int
        Its steps.
    """

    def __init__(self, folder: Path, full: int) -> None:
        self._file = folder / "brightness"
        self._full = full

    def level(self) -> float:
        """Return how bright it is now, 0-1; an unreadable one raises ``OSError``."""
        return int(self._file.read_text("ascii")) / self._full

    def show(self, brightness: float) -> None:
        """Make it as bright as asked, 0-1; one that cannot be written raises ``OSError``."""
        self._file.write_text(f"{round(brightness * self._full)}\n", "ascii")


def backlight_called(name: object, folder: Path = BACKLIGHTS) -> Backlight | None:
    """Return the display's light of a name; None where there is none that can be used.

    Parameters
    ----------
    name : object
        As a settings file has it, not yet trusted; ``auto`` is the first there is.
    folder : Path
        Where the system has them.
    """
    try:
        known = {each.name: each for each in sorted(folder.iterdir())}
        chosen = next(iter(known.values()), None) if name == "auto" else known.get(str(name))
        if chosen is None:
            return None
        full = int((chosen / "max_brightness").read_text("ascii"))
        found = Backlight(chosen, full)
        found.show(found.level())
    except (OSError, ValueError):
        return None
    return found if full > 0 else None
