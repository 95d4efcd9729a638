"""How windows reach the clinic's records: opened for each act, in the background."""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from ui.tasks import Report

if TYPE_CHECKING:
    from soundscape.clinic.service import Clinic
    from soundscape.clock import Clock
    from soundscape.folders import DataFolder


def has_records(folder: "DataFolder") -> bool:
    """Return whether the clinic keeps any records yet; asking makes none."""
    return folder.clinic.is_file()


def with_clinic(
    folder: "DataFolder", clock: "Clock", act: Callable[["Clinic"], Any]
) -> Callable[[Report], Any]:
    """Return work for the background that opens the records, does an act, and closes them.

    To load what opens them takes a while, so that it is loaded only there.
    """

    def work(_report: Report) -> Any:  # noqa: ANN401 -- whatever the act returns
        service = import_module("soundscape.clinic.service")
        with service.Clinic.open(folder, clock) as clinic:
            return act(clinic)

    return work
