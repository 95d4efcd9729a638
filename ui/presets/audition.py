"""Twenty seconds of sound for a preset, heard before the session."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from PyQt6.QtCore import QObject, QTimer, pyqtBoundSignal, pyqtSignal

from playlists.models import Track, Voice
from playlists.presets import Preset
from soundscape.clock import Clock
from soundscape.units import Seconds
from ui.preview import Excerpt, excerpt_of

AUDITION_S = Seconds(20.0)
CALM_ENERGY = 0.3
"""What an excerpt's energy should be near: about the middle of a calm session."""
FRAME_MS = 100


class Player(Protocol):
    """What an audition needs of ``ui.preview.Preview``."""

    @property
    def playing(self) -> pyqtBoundSignal:
        """Sound is heard."""

    @property
    def ended(self) -> pyqtBoundSignal:
        """The last sound has faded out."""

    @property
    def failed(self) -> pyqtBoundSignal:
        """There will be no sound; carries a sentence."""

    def use(self, device: str) -> None:
        """Play on a device from the next sound on; empty is the system's own."""

    def play(self, excerpt: Excerpt) -> None:
        """Fade an excerpt in over what sounds now."""

    def stop(self) -> None:
        """Fade out what sounds."""

    def close(self) -> None:
        """Let go of the sound device."""


def samples_for(presets: Sequence[Preset], tracks: Sequence[Track]) -> dict[str, Track]:
    """Return a track for each preset that one can be heard for, each preset another if possible.

    Only tracks that a session could play are taken: present, instrumental, not to be avoided.
    More of the preset's liked tags come first, then an energy near the calm middle.
    """
    # Only here, in the background: it searches, and to import that takes half a second.
    from playlists.pools import pool_of  # noqa: PLC0415

    fit = [
        track
        for track in tracks
        if track.present and not track.rating.avoid and track.voice is Voice.INSTRUMENTAL
    ]
    chosen: dict[str, Track] = {}
    for preset in presets:
        taken = {track.content_hash for track in chosen.values()}
        pool = pool_of(preset, fit)
        allowed = [track for track in pool if not preset.avoided & track.rating.tags]
        if allowed:
            chosen[preset.name] = min(allowed, key=lambda track: _rank(track, preset, taken))
    return chosen


def _rank(track: Track, preset: Preset, taken: set[str]) -> tuple[bool, int, float, str]:
    liked = len(preset.liked & track.rating.tags)
    distance = abs(track.energy - CALM_ENERGY)
    return track.content_hash in taken, -liked, distance, track.content_hash


class Audition(QObject):
    """Plays one preset's excerpt at a time and says how much of it has been heard.

    ``heard`` carries a preset's name and a fraction 0-1, or -1.0 when its sound has ended.
    ``failed`` says that nothing can be heard here.
    """

    heard = pyqtSignal(str, float)
    failed = pyqtSignal(str)

    def __init__(self, player: Player, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._player = player
        self._clock = clock
        self._samples: Mapping[str, Track] = {}
        self._current = ""
        self._began = clock.now()
        self._timer = QTimer(self)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self.follow)
        player.playing.connect(self._begin)
        player.ended.connect(self._forget)
        player.failed.connect(self._fail)

    @property
    def current(self) -> str:
        """Name of the preset that is heard; empty when none is."""
        return self._current

    def use(self, samples: Mapping[str, Track]) -> None:
        """Take the tracks that stand for the presets."""
        self._samples = samples

    def start(self, name: str) -> None:
        """Let a preset be heard in place of the one before; stop if it has nothing to hear."""
        self._forget()
        track = self._samples.get(name)
        if track is None:
            self._player.stop()
            return
        self._current = name
        self._player.play(excerpt_of(track, AUDITION_S))

    def stop(self) -> None:
        """Fade out."""
        self._forget()
        self._player.stop()

    def follow(self) -> None:
        """Say how much has been heard."""
        if self._current:
            share = (self._clock.now() - self._began) / AUDITION_S
            self.heard.emit(self._current, min(share, 1.0))

    def _begin(self) -> None:
        self._began = self._clock.now()
        self._timer.start()
        self.follow()

    def _forget(self) -> None:
        self._timer.stop()
        if self._current:
            name, self._current = self._current, ""
            self.heard.emit(name, -1.0)

    def _fail(self, sentence: str) -> None:
        self._forget()
        self.failed.emit(sentence)
