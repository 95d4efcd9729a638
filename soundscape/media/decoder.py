"""Sound files as streams of stereo float, the same frames however they are read.

Decoding always starts at the file's beginning: no seek of any container is exact, so the frames
before the wanted start are decoded and dropped. What stands at a given frame therefore depends
on the file alone, and what was measured is what is heard.
"""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import av
import numpy as np
from av.audio.fifo import AudioFifo
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.error import FFmpegError, InvalidDataError
from numpy.typing import NDArray

from soundscape.errors import DecodeError
from soundscape.media.downmix import stereo_matrix
from soundscape.media.sniff import container_of, open_regular
from soundscape.units import CHANNELS, SESSION_RATE_HZ, Frames, Seconds

MAX_CHANNELS = 8
MIN_RATE_HZ = 8_000
MAX_RATE_HZ = 192_000
_BEGINNING = Frames(0)
_GATHERED_FRAMES = 8_192
# Without these FFmpeg hands out damaged FLAC and AAC as if they were sound.
_STRICT = {"err_detect": "crccheck+bitstream+buffer+explode"}
_AUDIO_ERRORS = (FFmpegError, ValueError, ArithmeticError, EOFError, OSError, MemoryError)


@dataclass(frozen=True, slots=True)
class Source:
    """What a file says of itself; only the rate and the channels are checked.

    Attributes
    ----------
    codec : str
        As ``flac`` or ``vorbis``.
    sample_rate_hz, channels : int
        As in the file, before resampling and downmixing.
    declared_s : Seconds | None
        The length that the container claims; None where it claims none.
    """

    codec: str
    sample_rate_hz: int
    channels: int
    declared_s: Seconds | None


def open_stream(
    path: Path, *, sample_rate_hz: int = SESSION_RATE_HZ, start: Frames = _BEGINNING
) -> "StereoStream":
    """Open a file for reading from a frame on.

    A file that is not a regular one, not of a known kind, or not decodable as far as that frame
    raises ``DecodeError``.

    Parameters
    ----------
    path : Path
        A regular file, judged by its content and never by its name.
    sample_rate_hz : int
        Rate of the frames to be read.
    start : Frames
        First frame to be read, at ``sample_rate_hz``; decoding starts at the beginning.
    """
    stream = StereoStream(path, sample_rate_hz)
    try:
        stream.skip(start)
    except BaseException:
        stream.close()
        raise
    return stream


class StereoStream:
    """A file being read as stereo float at one rate.

    Packets that cannot be decoded are left out and counted; admission judges the count.

    Parameters
    ----------
    path : Path
        The file.
    sample_rate_hz : int
        Rate of the frames to be read.

    Attributes
    ----------
    source : Source
        What the file says of itself.
    packets, bad_packets : int
        Packets met so far, and those of them that could not be decoded.

    Raises
    ------
    DecodeError
        If the file cannot be opened as sound.
    """

    def __init__(self, path: Path, sample_rate_hz: int) -> None:
        self.packets = 0
        self.bad_packets = 0
        self._rest = np.empty((0, CHANNELS), np.float32)
        self._file = open_regular(path)
        try:
            self._container = av.open(
                self._file, "r", format=container_of(self._file), metadata_errors="replace"
            )
            self._stream = self._first_audio()
            self.source = self._described()
        except _AUDIO_ERRORS as error:
            self._file.close()
            raise DecodeError("This file cannot be read as sound; it is damaged.") from error
        except BaseException:
            self._file.close()
            raise
        # Interleaved, because PyAV crashes on arrays of eight planes.
        # Of many small frames, which would cost more time than decoding does, few large ones.
        self._gathered = AudioFifo()
        self._resampler = AudioResampler(format="flt", rate=sample_rate_hz)
        self._blocks = self._decoded()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def read(self, length: Frames | int) -> NDArray[np.float32]:
        """Return the next frames: fewer only at the end, and none after it.

        A file that cannot be read any further raises ``DecodeError``.

        Returns
        -------
        NDArray[np.float32], shape (at most length, 2)
            Amplitudes, 1.0 at full scale; they may exceed it.
        """
        parts = list(self._taken(length))
        if not parts:
            return np.empty((0, CHANNELS), np.float32)
        return np.concatenate(parts)

    def skip(self, length: Frames | int) -> None:
        """Decode and drop frames; damage raises ``DecodeError``."""
        for _ in self._taken(length):
            pass

    def close(self) -> None:
        """Give the file back; closing twice does nothing."""
        self._blocks.close()
        self._container.close()
        self._file.close()

    def _first_audio(self) -> AudioStream:
        """Return the first audio stream, set to refuse damage.

        Raises
        ------
        DecodeError
            If there is none.
        """
        streams = self._container.streams.audio
        if not streams:
            raise DecodeError("There is no sound in this file.")
        stream = streams[0]
        # PyAV gives a stream of an unknown codec no context, whatever its types say.
        if getattr(stream, "codec_context", None) is None:
            raise DecodeError("The sound in this file is of a kind that cannot be read.")
        stream.codec_context.options = dict(_STRICT)
        stream.codec_context.thread_count = 1
        return stream

    def _described(self) -> Source:
        """Return what the file says of itself.

        Raises
        ------
        DecodeError
            If no music has such a rate or so many channels.
        """
        context = self._stream.codec_context
        rate_hz, channels = context.sample_rate, context.layout.nb_channels
        if not 0 < channels <= MAX_CHANNELS:
            raise DecodeError(f"This file has {channels} channels; at most {MAX_CHANNELS} can be.")
        if not MIN_RATE_HZ <= rate_hz <= MAX_RATE_HZ:
            raise DecodeError(f"This file's sample rate of {rate_hz} Hz is outside 8-192 kHz.")
        ticks, base = self._stream.duration, self._stream.time_base
        declared_s = Seconds(float(ticks * base)) if ticks and base else None
        return Source(context.codec.name, rate_hz, channels, declared_s)

    def _decoded(self) -> Generator[NDArray[np.float32]]:
        """Yield the whole file as blocks of shape (frames, 2), in order.

        Raises
        ------
        DecodeError
            If the file cannot be read to its end.
        """
        matrix = None
        try:
            for frame in self._resampled():
                if matrix is None:
                    matrix = stereo_matrix([channel.name for channel in frame.layout.channels])
                # A view, where to_ndarray would copy twice; it keeps the frame alive.
                plane = memoryview(frame.planes[0])
                samples = np.frombuffer(plane, np.float32, frame.samples * len(matrix))
                block = samples.reshape(-1, len(matrix))
                yield block if len(matrix) == CHANNELS else block @ matrix
        except _AUDIO_ERRORS as error:
            raise DecodeError("This file is damaged and cannot be read to its end.") from error

    def _resampled(self) -> Iterator[AudioFrame]:
        """Yield the decoder's frames at the wanted rate."""
        for frame in self._frames():
            # Without their times a gap between packets cannot move what follows.
            frame.pts = None
            self._gathered.write(frame)
            while self._gathered.samples >= _GATHERED_FRAMES:
                yield from self._resampler.resample(self._gathered.read(_GATHERED_FRAMES))
        if self.packets > self.bad_packets:
            rest = self._gathered.read(partial=True)
            if rest is not None:
                yield from self._resampler.resample(rest)
            yield from self._resampler.resample(None)

    def _frames(self) -> Iterator[AudioFrame]:
        """Yield what the codec makes of each packet, counting those it refuses."""
        for packet in self._container.demux(self._stream):
            self.packets += packet.size > 0
            try:
                yield from packet.decode()
            except InvalidDataError:
                self.bad_packets += 1

    def _taken(self, length: Frames | int) -> Iterator[NDArray[np.float32]]:
        """Yield the next frames in parts, at most ``length`` in all."""
        while length > 0:
            block = self._rest if len(self._rest) else next(self._blocks, None)
            if block is None:
                return
            part, self._rest = block[:length], block[length:]
            length -= len(part)
            yield part
