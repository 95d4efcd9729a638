"""Renders a timeline to samples: a pure function of timeline and chunk.

Chunks lie on a fixed grid, so that a session rendered to a file, played through the ring or
taken up again after a crash is the same to the bit.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from soundscape.dsp.limiter import REACH, limiter_gain
from soundscape.engine.automation import Ramp, amplitudes
from soundscape.engine.guard import guard
from soundscape.media.store import Store
from soundscape.session.cues import Cue, LevelPoint
from soundscape.session.gains import cue_amplitudes
from soundscape.session.plan import SessionPlan
from soundscape.session.timeline import Timeline
from soundscape.session.voice import Opener, Stream, Voice
from soundscape.units import CHANNELS, Frames, frames_in

CHUNK = frames_in(0.2)
CEILING_DBTP = -9.5
"""True peak of the mix before the master level, whose volume may add 6 dB: the output stays
under -3.5 dBTP, and the guard at -3 dBFS never touches sound music."""

_CEILING = 10.0 ** (CEILING_DBTP / 20.0)
_CLOSE_AFTER = frames_in(24.0)


def open_track(path: Path, start: Frames) -> Stream:
    """Open a stored file; refuses as the decoder does."""
    # Only here: a host first has the process at the sound card load, then what decodes.
    from soundscape.media.decoder import open_stream  # noqa: PLC0415

    return open_stream(path, start=start)


class Renderer:
    """Mixes the cues of a timeline.

    Parameters
    ----------
    plan : SessionPlan
        Names the tracks.
    store : Store
        Holds their files.
    opener : Opener
        How files are opened.
    """

    def __init__(self, plan: SessionPlan, store: Store, opener: Opener = open_track) -> None:
        self._plan = plan
        self._store = store
        self._opener = opener
        self._voices: dict[tuple[str, Frames], Voice] = {}
        self._mixes: dict[int, NDArray[np.float64]] = {}

    def faults(self) -> dict[str, str]:
        """Return what could not be decoded: content hash to reason."""
        return {track: voice.fault for (track, _), voice in self._voices.items() if voice.fault}

    def change(self, frame: Frames) -> int:
        """Forget what was mixed from a frame on; return the first chunk that is to be rendered."""
        self._mixes = {i: mix for i, mix in self._mixes.items() if (i + 1) * CHUNK <= frame}
        return max(0, (frame - REACH) // CHUNK)

    def chunk(self, timeline: Timeline, index: int) -> NDArray[np.float32]:
        """Return a chunk as the ring holds it, before the master level.

        Returns
        -------
        NDArray[np.float32], shape (CHUNK, channels)
            Within the ceiling.
        """
        before, mix, behind = (self._mix(timeline, i) for i in (index - 1, index, index + 1))
        around = np.concatenate([before[-REACH:], mix, behind[:REACH]])
        gain = limiter_gain(around, _CEILING)
        limited = mix if gain is None else mix * gain[:, None]
        for done in [i for i in self._mixes if i < index - 1]:
            del self._mixes[done]
        return limited.astype(np.float32)

    def close(self) -> None:
        """Close every file."""
        for voice in self._voices.values():
            voice.close()
        self._voices.clear()

    def _mix(self, timeline: Timeline, index: int) -> NDArray[np.float64]:
        if index not in self._mixes:
            self._mixes[index] = self._mixed(timeline, index)
        return self._mixes[index]

    def _mixed(self, timeline: Timeline, index: int) -> NDArray[np.float64]:
        start = Frames(index * CHUNK)
        mix = np.zeros((CHUNK, CHANNELS))
        for cue in timeline.cues:
            if cue.start < start + CHUNK and cue.end > start:
                self._add(mix, cue, start)
        level = _level(timeline.levels, start)
        if level is not None:
            mix *= level[:, None]
        self._close_passed(start)
        return mix

    def _add(self, mix: NDArray[np.float64], cue: Cue, start: Frames) -> None:
        first, last = max(cue.start, start), min(cue.end, start + CHUNK)
        length = Frames(last - first)
        samples = self._voice(cue).read(Frames(cue.source_in + first - cue.start), length)
        gain = cue_amplitudes(cue, Frames(first), length)
        mix[first - start : last - start] += samples * gain[:, None]

    def _voice(self, cue: Cue) -> Voice:
        key = (cue.track, cue.start)
        if key not in self._voices:
            track = self._plan.tracks[cue.track]
            path = self._store.path_of(track.content_hash, track.suffix)
            self._voices[key] = Voice(path, self._opener)
        voice = self._voices[key]
        voice.until = cue.end
        return voice

    def _close_passed(self, start: Frames) -> None:
        passed = [k for k, v in self._voices.items() if v.until + _CLOSE_AFTER < start]
        for key in passed:
            self._voices.pop(key).close()


def heard(block: NDArray[np.float32], ramps: tuple[Ramp, ...], start: Frames) -> int:
    """Apply the master level and the guard to a block in place, as the holder does.

    Parameters
    ----------
    block : NDArray[np.float32], shape (frames, channels)
        Rendered samples.
    ramps : tuple[Ramp, ...]
        The master level.
    start : Frames
        The block's first frame.

    Returns
    -------
    int
        How many samples the guard changed.
    """
    level = amplitudes(ramps, start, Frames(len(block)))
    if level is not None:
        np.multiply(block, level[:, None], out=block, casting="same_kind")
    return guard(block)


def _level(levels: Sequence[LevelPoint], start: Frames) -> NDArray[np.float64] | None:
    """Return the amplitude of the session's level over a chunk; None where it is nominal."""
    values = np.array([point.level_lu for point in levels])
    if not values.any():
        return None
    points = np.array([point.frame for point in levels], np.float64)
    level_lu = np.interp(np.arange(start, start + CHUNK, dtype=np.float64), points, values)
    if not level_lu.any():
        return None
    return np.asarray(10.0 ** (level_lu / 20.0))
