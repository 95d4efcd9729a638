"""What a page of the settings is given."""

from collections.abc import Callable
from dataclasses import dataclass

from soundscape.clinic.roles import Actor
from soundscape.clock import Clock
from soundscape.folders import DataFolder
from ui.tasks import Jobs


@dataclass(frozen=True, slots=True)
class Given:
    """What a page works with.

    Attributes
    ----------
    folder : DataFolder
        The chair's data.
    clock : Clock
        For what is dated or paused.
    actor : Actor
        Who came in; ``CONSOLE`` while the clinic has no people.
    jobs : Jobs
        Does in the background what may take a while.
    rebuild : Callable[[], None]
        Builds every page anew, after a change of language.
    """

    folder: DataFolder
    clock: Clock
    actor: Actor
    jobs: Jobs
    rebuild: Callable[[], None]
