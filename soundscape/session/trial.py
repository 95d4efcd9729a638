"""A short sound played as a session would be: on the pinned sink, by the holder, under guard."""

import numpy as np
from numpy.typing import NDArray

from soundscape.clock import Clock
from soundscape.engine.ring_file import RING_FILE
from soundscape.errors import SessionError
from soundscape.folders import DataFolder
from soundscape.session.chair_lock import ChairLock
from soundscape.session.files import Terms
from soundscape.session.player import Player
from soundscape.session.spare import Spare, holder_command
from soundscape.units import Frames, frames_in, seconds_in

LONGEST = frames_in(15.0)
_LOOK_S = 0.05
_DRAIN = frames_in(0.5)
_PATIENCE_S = 10.0


def play_trial(
    folder: DataFolder, sound: NDArray[np.float32], *, device: str | None, clock: Clock
) -> None:
    """Play a sound on a session's device and return when it is over.

    A device that cannot be opened is refused with ``DeviceLostError``.

    Parameters
    ----------
    folder : DataFolder
        The chair's data; nothing is kept there.
    sound : NDArray[np.float32], shape (frames, channels)
        At most ``LONGEST``, with its own fades.
    device : str | None
        The sound device's name; ``null`` for none, None for the system's choice.
    clock : Clock
        Paces the looking.

    Raises
    ------
    SessionError
        If a session runs on this chair, or the sound stands still.
    """
    if (folder.runtime / RING_FILE).exists():
        raise SessionError("A session runs or was cut off on this chair; end it first.")
    folder.root.mkdir(parents=True, exist_ok=True)
    lock = ChairLock(folder.root)
    try:
        folder.runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
        terms = Terms(device, 1.0, attended=True)
        spare = Spare(holder_command(folder.runtime, terms), clock)
        player = Player(folder.runtime, terms, clock, spare)
        player.prepare("trial")
        try:
            player.set_end(Frames(len(sound)))
            player.append(Frames(0), sound)
            player.start_holder()
            player.play()
            _await(player, Frames(len(sound) + _DRAIN), clock)
        finally:
            player.end()
    finally:
        lock.release()


def _await(player: Player, frame: Frames, clock: Clock) -> None:
    """Return once the card has been given all frames up to one.

    Raises
    ------
    SessionError
        If it takes none.
    """
    begun_s = clock.now()
    while player.position() < frame:
        if clock.now() - begun_s > seconds_in(frame) + _PATIENCE_S:
            raise SessionError("The sound stands still; check the headphones' plug.")
        clock.sleep(_LOOK_S)
