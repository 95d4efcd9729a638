"""The therapist's preview of an admitted file, played by VLC in a small process of its own.

A hostile file can crash libvlc (a text file named ``.mp3`` does), so the windows only speak to
``python -m ui.preview`` over pipes, one JSON object a line, and lose nothing but the preview when
it dies. VLC reads through libavformat alone, without its script and playlist readers, and only
files that the library admitted. Its volume moves in whole percents: good enough to try a sound,
never for a session.
"""

import json
import math
import os
import queue
import signal
import stat
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import IO, Any

from PyQt6.QtCore import QObject, QProcess, QProcessEnvironment, pyqtSignal

from playlists.models import Track
from soundscape.clock import Clock, MachineClock
from soundscape.home import home
from soundscape.units import Decibels, Seconds
from ui.sentences import translated

FADE_S = 1.5
NOMINAL_LUFS = -26.0
TICK_S = 0.02
VLC_OPTIONS = ("--demux=avformat", "--no-lua", "--no-video", "--quiet", "--no-volume-save")
DEVICE_VARIABLE = "PULSE_SINK"
NO_VLC = "Sounds cannot be tried here: install VLC, then open this window again."
UNPLAYABLE = "This sound cannot be played here; try another."
DIED = "The preview stopped; choose a sound to try again."


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of a file to be heard.

    Attributes
    ----------
    path : str
        The file.
    start_s : Seconds
        Where in the file to begin.
    length_s : Seconds
        How long to play, both fades included.
    gain_db : Decibels
        At most 0: VLC must not amplify.
    """

    path: str
    start_s: Seconds
    length_s: Seconds
    gain_db: Decibels


def excerpt_of(track: Track, length_s: Seconds) -> Excerpt:
    """Return the stretch that stands for a track, at the calm level of a session.

    It never begins so late that the music ends before the excerpt.
    """
    analysis = track.analysis
    music_end_s = analysis.duration_s - analysis.tail_silence_s
    start_s = max(min(analysis.audition_s, music_end_s - length_s), analysis.lead_silence_s)
    gain_db = min(NOMINAL_LUFS - analysis.integrated_lufs, 0.0)
    return Excerpt(
        path=os.fspath(track.path),
        start_s=Seconds(start_s),
        length_s=Seconds(min(length_s, music_end_s - start_s)),
        gain_db=Decibels(gain_db),
    )


class Preview(QObject):
    """The window's handle on the preview's process, which starts with the first sound.

    Signals: ``playing`` when a sound is heard, ``ended`` when the last one has faded out by
    itself or was stopped, ``failed`` with one sentence when there will be no sound.
    """

    playing = pyqtSignal()
    ended = pyqtSignal()
    failed = pyqtSignal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        inherited = environment.value("PYTHONPATH")
        paths = [str(home()), *([inherited] if inherited else [])]
        environment.insert("PYTHONPATH", os.pathsep.join(paths))
        self._process.setProcessEnvironment(environment)
        self._process.setStandardErrorFile(QProcess.nullDevice())
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.finished.connect(self._died)

    @property
    def process_id(self) -> int:
        """The process that holds VLC; 0 while there is none."""
        return self._process.processId()

    def use(self, device: str) -> None:
        """Play on another device from the next sound on; empty is the system's own.

        The sound servers of Linux take its name from the process's environment, so that a new
        one is begun.
        """
        environment = self._process.processEnvironment()
        if environment.value(DEVICE_VARIABLE) == device:
            return
        self.close()
        if device:
            environment.insert(DEVICE_VARIABLE, device)
        else:
            environment.remove(DEVICE_VARIABLE)
        self._process.setProcessEnvironment(environment)

    def play(self, excerpt: Excerpt) -> None:
        """Fade an excerpt in over what sounds now, which fades out."""
        if self._process.state() == QProcess.ProcessState.NotRunning:
            self._process.start(sys.executable, ["-m", "ui.preview"])
        self._say({"do": "play", **asdict(excerpt)})

    def stop(self) -> None:
        """Fade out what sounds."""
        if self._process.state() != QProcess.ProcessState.NotRunning:
            self._say({"do": "stop"})

    def close(self) -> None:
        """End the process; what sounds is faded out shortly before."""
        if self._process.state() == QProcess.ProcessState.NotRunning:
            return
        self._process.finished.disconnect(self._died)
        self._process.closeWriteChannel()
        if not self._process.waitForFinished(3000):
            self._process.kill()
            self._process.waitForFinished(1000)
        self._process.finished.connect(self._died)

    def _say(self, order: Mapping[str, object]) -> None:
        self._process.write(json.dumps(order).encode() + b"\n")

    def _read(self) -> None:
        while self._process.canReadLine():
            told = json.loads(bytes(self._process.readLine().data()))
            if told["event"] == "failed":
                self.failed.emit(translated(told["text"]))
            else:
                (self.playing if told["event"] == "playing" else self.ended).emit()

    def _died(self, exit_code: int, how: QProcess.ExitStatus) -> None:
        if exit_code or how is QProcess.ExitStatus.CrashExit:
            self.failed.emit(translated(DIED))


class Voice:
    """One sounding excerpt and its fades, as a function of the time since it began.

    Parameters
    ----------
    player : Any
        A VLC player that has been told to play.
    excerpt : Excerpt
        What it plays.
    began : Seconds
        When, on the worker's clock.
    """

    def __init__(self, player: Any, excerpt: Excerpt, began: Seconds) -> None:  # noqa: ANN401 - python-vlc has no types
        self.player = player
        self._excerpt = excerpt
        self._began = began
        self._ends = Seconds(began + excerpt.length_s)
        self._full = volume_percent(excerpt.gain_db)
        self._sent = -1

    @property
    def is_broken(self) -> bool:
        """Whether VLC has given the file up."""
        return str(self.player.get_state()) == "State.Error"

    def fade_out(self, now: Seconds) -> None:
        """End within a fade's length from now, unless it ends sooner."""
        self._ends = Seconds(min(self._ends, now + FADE_S))

    def follow(self, now: Seconds) -> bool:
        """Set the volume for this moment and return whether the excerpt still lasts."""
        share = min((now - self._began) / FADE_S, (self._ends - now) / FADE_S, 1.0)
        # equal power, so that a crossfade keeps its loudness; VLC cubes its volume
        percent = round(self._full * math.sin(max(share, 0.0) * math.pi / 2.0) ** (1.0 / 3.0))
        if percent != self._sent:
            self.player.audio_set_volume(percent)
            self._sent = percent
        return now < self._ends


class Worker:
    """The process that holds VLC: follows orders, fades, says what happens.

    Parameters
    ----------
    new_player : Callable[[Excerpt], Any]
        Returns a player that plays the excerpt's file from its start, silent.
    say : Callable[[str, str], None]
        Tells the window an event, as ``playing``, and a sentence for ``failed``.
    clock : Clock
        Times the fades.
    """

    def __init__(
        self, new_player: Callable[[Excerpt], Any], say: Callable[[str, str], None], clock: Clock
    ) -> None:
        self._new_player = new_player
        self._say = say
        self._clock = clock
        self._voices: list[Voice] = []

    @property
    def sounds(self) -> bool:
        """Whether anything is still heard."""
        return bool(self._voices)

    def obey(self, order: Mapping[str, Any]) -> None:
        """Fade out what sounds and, if the order is to play, begin the excerpt."""
        now = self._clock.now()
        for voice in self._voices:
            voice.fade_out(now)
        if order["do"] == "play":
            excerpt = Excerpt(**{key: order[key] for key in Excerpt.__slots__})
            self._voices.append(Voice(self._new_player(excerpt), excerpt, now))
            self._say("playing", "")

    def tick(self) -> None:
        """Move every fade on; the last voice to end says ``ended``."""
        now = self._clock.now()
        over = [voice for voice in self._voices if voice.is_broken or not voice.follow(now)]
        for voice in over:
            if voice.is_broken:
                self._say("failed", UNPLAYABLE)
            self._voices.remove(voice)
            voice.player.stop()
            voice.player.release()
        if over and not self._voices:
            self._say("ended", "")


def volume_percent(gain_db: Decibels) -> float:
    """Return VLC's volume in percent for a gain; VLC's amplitude is the cube of its volume."""
    return float(100.0 * 10.0 ** (min(gain_db, 0.0) / 60.0))


def _vlc_players() -> Callable[[Excerpt], Any]:
    """Return the maker of players.

    Raises
    ------
    OSError
        VLC is not installed, or cannot start.
    """
    try:
        import vlc  # noqa: PLC0415 - only in the preview's own process

        instance = vlc.Instance(*VLC_OPTIONS)
    except (ImportError, NameError, AttributeError) as error:
        raise OSError(NO_VLC) from error
    if instance is None:
        raise OSError(NO_VLC)

    def new_player(excerpt: Excerpt) -> Any:  # noqa: ANN401 - python-vlc has no types
        if not stat.S_ISREG(os.lstat(excerpt.path).st_mode):
            raise OSError(UNPLAYABLE)
        media = instance.media_new_path(excerpt.path)
        media.add_option(f":start-time={excerpt.start_s:.3f}")
        player = instance.media_player_new()
        player.set_media(media)
        media.release()
        player.audio_set_volume(0)
        player.play()
        return player

    return new_player


def _orders(lines: IO[str]) -> Iterator[Mapping[str, Any] | None]:
    """Yield each order as it comes, and None for each tick in between; ends when the pipe does."""
    arrived: queue.SimpleQueue[str] = queue.SimpleQueue()

    def listen() -> None:
        for line in lines:
            arrived.put(line)
        arrived.put("")

    threading.Thread(target=listen, daemon=True).start()
    while True:
        line = None
        with suppress(queue.Empty):
            line = arrived.get(timeout=TICK_S)
        if line == "":
            return
        yield json.loads(line) if line else None


def _tell(event: str, text: str) -> None:
    sys.stdout.write(json.dumps({"event": event, "text": text}) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Serve one window until its pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the window's pipe says when to end
    try:
        worker = Worker(_vlc_players(), _tell, MachineClock())
    except OSError:
        _tell("failed", NO_VLC)
        return
    for order in _orders(sys.stdin):
        try:
            if order:
                worker.obey(order)
        except OSError:
            _tell("failed", UNPLAYABLE)
        worker.tick()
    worker.obey({"do": "stop"})
    still = threading.Event()
    while worker.sounds:
        still.wait(TICK_S)
        worker.tick()


if __name__ == "__main__":
    main()
