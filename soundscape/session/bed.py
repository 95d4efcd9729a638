"""The safe bed: a loop in the holder's memory, heard when nothing else can be."""

import contextlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from soundscape.engine.ring_file import BED_FILE
from soundscape.media.store import Store
from soundscape.output import arriving
from soundscape.session.plan import SessionPlan
from soundscape.session.renderer import open_track
from soundscape.units import CHANNELS, Frames, amplitude, frames_in

LENGTH = frames_in(90.0)


def is_laid(runtime: Path) -> bool:
    """Return whether a session's bed lies where every holder finds it."""
    return (runtime / BED_FILE).exists()


def lay(runtime: Path, plan: SessionPlan, store: Store) -> None:
    """Put a plan's bed where every holder finds it; refuses as its decoder, or a full disk."""
    with arriving(runtime / BED_FILE) as file:
        safe_bed(plan, store).tofile(file)


def safe_bed(plan: SessionPlan, store: Store) -> NDArray[np.float32]:
    """Return a plan's bed at its level, shape (frames, channels); no frames without one."""
    if not plan.bed:
        return np.zeros((0, CHANNELS), np.float32)
    track = plan.tracks[plan.bed]
    path = store.path_of(track.content_hash, track.suffix)
    with contextlib.closing(open_track(path, Frames(0))) as stream:
        samples = stream.read(LENGTH)
    samples *= np.float32(amplitude(track.gain_db))  # in place: they are many
    return samples
