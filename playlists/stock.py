"""What plans are made from: every track, and what is long of those few that are looked at closely.

Curves of loudness are nine tenths of what reading a library takes, and only joins ask for them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from playlists.models import Track

Complete = Callable[[Iterable[Track]], tuple[Track, ...]]
"""Returns tracks with their curves of loudness, in their order; unknown ones as they are."""


@dataclass(frozen=True, slots=True)
class Stock:
    """A library, as a plan is made from it.

    Attributes
    ----------
    tracks : Sequence[Track]
        All; their curves of loudness may be left out.
    complete : Complete
        Reads these; may be called as long as the library is open.
    """

    tracks: Sequence[Track]
    complete: Complete = tuple
