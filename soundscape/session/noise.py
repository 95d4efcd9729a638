"""A steady noise on a session's device: for a meter, and for whoever will hear the session."""

from soundscape.clock import Clock
from soundscape.folders import DataFolder
from soundscape.room.steady_noise import steady_noise
from soundscape.session.hearing import PROGRAM_LUFS, prepared
from soundscape.session.trial import play_trial
from soundscape.units import frames_in

_NOISE = frames_in(12.0)


def play_noise(folder: DataFolder, device: str | None, clock: Clock) -> None:
    """Play the noise for a meter at the level of an untrimmed session; what ``play_trial`` does.

    Parameters
    ----------
    folder : DataFolder
        The chair's data.
    device : str | None
        The sound device's name; None for the system's choice.
    clock : Clock
        Paces it.
    """
    play_trial(folder, steady_noise(_NOISE, level_lufs=PROGRAM_LUFS), device=device, clock=clock)


def play_level(folder: DataFolder, device: str, clock: Clock) -> None:
    """Play a steady noise about as loud as a session will be; refuses what ``play_trial`` does.

    Parameters
    ----------
    folder : DataFolder
        The chair's data, with the device's calibration where there is one.
    device : str
        The sound device's name.
    clock : Clock
        Paces it.
    """
    hearing = prepared(folder, device)
    level_lufs = PROGRAM_LUFS + (hearing.trim_db if hearing else 0.0)
    play_trial(folder, steady_noise(_NOISE, level_lufs=level_lufs), device=device, clock=clock)
