"""What is listened to: its strip to be scrubbed, and on which device it is heard."""

from collections.abc import Sequence
from dataclasses import replace

from PyQt6.QtCore import Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from playlists.models import Track
from soundscape.clock import Clock, MachineClock
from soundscape.engine.sinks import Sink
from soundscape.units import Seconds
from ui.builder.track_model import clock_text
from ui.builder.wave_strip import WaveStrip
from ui.preview import Excerpt, excerpt_of
from ui.theme import GAP_PX, Role
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.labels import Label
from ui.words import _

PREVIEW_S = Seconds(60.0)
SHOWN_EVERY_MS = 200
SYSTEM = ""
"""The name of the system's own device."""


def excerpt_from(track: Track, start_s: Seconds) -> Excerpt:
    """Return the rest of a track from a moment, at the level of its excerpt."""
    analysis = track.analysis
    end_s = analysis.duration_s - analysis.tail_silence_s
    start_s = Seconds(min(start_s, max(end_s - 2.0, 0.0)))
    usual = excerpt_of(track, PREVIEW_S)
    return replace(usual, start_s=start_s, length_s=Seconds(max(end_s - start_s, 0.0)))


class PlayerStrip(QWidget):
    """Shows and moves what sounds; hidden while nothing does.

    ``play_asked`` carries the ``Excerpt``, ``device_chosen`` the name of a sink.
    """

    play_asked = pyqtSignal(Excerpt)
    device_chosen = pyqtSignal(str)

    def __init__(self, clock: Clock | None = None) -> None:
        super().__init__()
        self._clock = clock or MachineClock()
        self._track: Track | None = None
        self._from_s, self._began = Seconds(0.0), self._clock.now()
        self.title = Label("", Role.CAPTION)
        self.time = Label("", Role.CAPTION)
        self.strip = WaveStrip()
        self.device = ChoiceBox(_("Heard on"))
        self.device.setToolTip(_("On which device sounds are tried; not the patient's headphones"))
        self._timer = QTimer(self)
        self._timer.setInterval(SHOWN_EVERY_MS)
        self._timer.timeout.connect(self.follow)
        self._lay_out()
        self.strip.sought.connect(self._seek)
        self.device.activated.connect(
            lambda: self.device_chosen.emit(self.device.currentData() or SYSTEM)
        )
        self.hide()

    def show_devices(self, sinks: Sequence[Sink], chosen: str) -> None:
        """Offer the devices that are plugged in."""
        self.device.clear()
        self.device.addItem(_("System sound"), SYSTEM)
        for sink in sinks:
            self.device.addItem(sink.title, sink.name)
        self.device.setCurrentIndex(max(self.device.findData(chosen), 0))

    def begin(self, track: Track, curve: Sequence[float]) -> None:
        """Play what stands for a track, and show all of it."""
        self._track = track
        self._show_title()
        self.strip.show_track(track.analysis.duration_s, curve)
        self.show()
        self._play(excerpt_of(track, PREVIEW_S))

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Shorten the title to its room."""
        super().resizeEvent(event)
        self._show_title()

    def hears(self) -> None:
        """Take it that the sound begins now."""
        self._began = self._clock.now()
        self._timer.start()

    def end(self) -> None:
        """Hide: nothing sounds any more."""
        self._timer.stop()
        self._track = None
        self.hide()

    def follow(self) -> None:
        """Show where it sounds."""
        position_s = self._from_s + self._clock.now() - self._began
        self.strip.show_position(position_s)
        length = clock_text(self.strip.maximum())
        self.time.setText(f"{clock_text(self.strip.value())} / {length}")

    def _show_title(self) -> None:
        title = "" if self._track is None else self._track.title
        room_px = self.width() - self.time.sizeHint().width() - GAP_PX
        end = Qt.TextElideMode.ElideRight
        self.title.setText(self.title.fontMetrics().elidedText(title, end, max(room_px, 1)))

    def _seek(self, moment_s: int) -> None:
        if self._track is not None:
            self._play(excerpt_from(self._track, Seconds(float(moment_s))))

    def _play(self, excerpt: Excerpt) -> None:
        self._from_s, self._began = excerpt.start_s, self._clock.now()
        self.play_asked.emit(excerpt)
        self.follow()

    def _lay_out(self) -> None:
        self.title.setMinimumWidth(1)
        words = QHBoxLayout()
        words.addWidget(self.title, 1)
        words.addWidget(self.time)
        lower = QHBoxLayout()
        lower.setSpacing(GAP_PX)
        lower.addWidget(self.strip, 2)
        lower.addWidget(self.device, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(words)
        column.addLayout(lower)
