"""The way out of the patient's screen: any PIN of the clinic's people, once it has any.

Before that the PIN in the settings opens, and where there is none either, the corner alone.
"""

import math

from soundscape.clock import Clock
from soundscape.errors import ClinicError, DeniedError
from soundscape.folders import DataFolder
from soundscape.units import Seconds
from ui.kiosk.lock import StaffLock, read_pin


class StaffDoor:
    """Checks PINs; how long it waits after wrong ones survives a restart.

    Parameters
    ----------
    folder : DataFolder
        The chair's data.
    clock : Clock
        Measures the wait.
    """

    def __init__(self, folder: DataFolder, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock
        self._before = StaffLock(read_pin(folder.settings), clock)
        self._waits_until = Seconds(-math.inf)

    @property
    def asks(self) -> bool:
        """Whether a PIN has to be given."""
        return self._has_people() or self._before.asks

    @property
    def waits(self) -> bool:
        """Whether it takes no PIN for now."""
        return self._clock.now() < self._waits_until or self._before.waits

    def opens(self, pin: str) -> bool:
        """Return whether this PIN opens; a wrong one is counted."""
        if not self._has_people():
            return self._before.opens(pin)
        try:
            self._ask_clinic(pin)
        except DeniedError as error:
            self._waits_until = Seconds(self._clock.now() + error.wait_s)
            return False
        return True

    def _has_people(self) -> bool:
        """Return whether anybody has a PIN; records that cannot be opened lock nobody in."""
        if not self._folder.clinic.is_file():
            return False
        # Only here, as it costs the screen memory that it needs for nothing else.
        from soundscape.clinic.service import Clinic  # noqa: PLC0415

        try:
            with Clinic.open(self._folder, self._clock) as clinic:
                return bool(clinic.people.names())
        except (ClinicError, OSError):
            return False

    def _ask_clinic(self, pin: str) -> None:
        from soundscape.clinic.service import Clinic  # noqa: PLC0415

        with Clinic.open(self._folder, self._clock) as clinic:
            clinic.people.leave_kiosk(pin)
