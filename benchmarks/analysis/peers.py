"""What each peer does with a file. Runs in the peers' Python: imports nothing of the project.

``python -m benchmarks.analysis.peers NAME`` serves the peer of that name, see ``stand``. Each is
used as its documentation shows, in the setting that was most accurate on calm music.
"""

import ctypes
import math
import re
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from benchmarks.analysis.stand import Found, Measure, serve

_BLISS_FASTEST_BPM = 206.0  # bliss maps 0 to this on -1 to 1
_EBUR128_MODE = 0b111111  # momentary, short-term, integrated, range, sample peak, true peak
_BLOCK_FRAMES = 1 << 18


def librosa_beat() -> Measure:
    """Return librosa's load and beat_track, both as they come."""
    librosa = import_module("librosa")

    def measure(path: str) -> Found:
        sound, rate_hz = librosa.load(path)
        tempo, _ = librosa.beat.beat_track(y=sound, sr=rate_hz)
        return {"bpm": float(tempo.item())}

    return measure


def librosa_features() -> Measure:
    """Return librosa's mean onset strength and mean spectral centroid."""
    librosa = import_module("librosa")

    def measure(path: str) -> Found:
        sound, rate_hz = librosa.load(path)
        onset = librosa.onset.onset_strength(y=sound, sr=rate_hz).mean()
        centroid = librosa.feature.spectral_centroid(y=sound, sr=rate_hz).mean()
        return {"onset_mean": float(onset), "centroid_hz": float(centroid)}

    return measure


def essentia_rhythm() -> Measure:
    """Return Essentia's RhythmExtractor2013, multifeature: the best peer on calm music."""
    essentia = _essentia()

    def measure(path: str) -> Found:
        sound = essentia.MonoLoader(filename=path, sampleRate=44100)()
        bpm, _, confidence, *_ = essentia.RhythmExtractor2013(method="multifeature")(sound)
        return {"bpm": float(bpm), "confidence": float(confidence)}

    return measure


def essentia_loudness() -> Measure:
    """Return Essentia's LoudnessEBUR128."""
    essentia = _essentia()

    def measure(path: str) -> Found:
        sound, rate_hz, *_ = essentia.AudioLoader(filename=path)()
        *_, lufs, range_lu = essentia.LoudnessEBUR128(sampleRate=rate_hz)(sound)
        return {"lufs": float(lufs), "range_lu": float(range_lu)}

    return measure


def essentia_danceability() -> Measure:
    """Return Essentia's Danceability."""
    essentia = _essentia()

    def measure(path: str) -> Found:
        sound = essentia.MonoLoader(filename=path, sampleRate=44100)()
        return {"danceability": float(essentia.Danceability()(sound)[0])}

    return measure


def bliss() -> Measure:
    """Return bliss-audio's whole set, of which tempo and three likely measures of energy."""
    song = import_module("bliss_audio").Song

    def measure(path: str) -> Found:
        found = song(path).analysis_dict
        bpm = (found["tempo"] + 1) / 2 * _BLISS_FASTEST_BPM
        names = ("mean_loudness", "zcr", "mean_spectral_flatness")
        return {"bpm": bpm} | {name: found[name] for name in names}

    return measure


def aubio() -> Measure:
    """Return aubio's tempo, by its command."""

    def measure(path: str) -> Found:
        return {"bpm": _number(r"([\d.]+) bpm", _output("aubio", "tempo", path))}

    return measure


def bpm_tools() -> Measure:
    """Return bpm-tools' bpm, fed by SoX.

    It finds a tempo in nothing at all, so that SoX is asked whether there was something.
    """
    raw = ("-t", "raw", "-r", "44100", "-e", "float", "-b", "32", "-c", "1", "-")

    def measure(path: str) -> Found:
        with subprocess.Popen(("sox", path, *raw), stdout=subprocess.PIPE) as decoder:
            said = subprocess.run(
                ("bpm", "-m", "40", "-x", "180"),
                stdin=decoder.stdout,
                capture_output=True,
                check=True,
            )
        if decoder.returncode:
            raise ChildProcessError(decoder.returncode)
        return {"bpm": float(said.stdout)}

    return measure


def ffmpeg() -> Measure:
    """Return FFmpeg's ebur128, which prints one decimal."""
    filtered = ("-af", "ebur128=peak=true:framelog=verbose", "-f", "null", "-")

    def measure(path: str) -> Found:
        command = ("ffmpeg", "-nostdin", "-nostats", "-threads", "1", "-i", path, *filtered)
        summary = _output(*command).rpartition("Summary:")[2]
        return {
            "lufs": _number(r"I:\s+(-?[\d.]+) LUFS", summary),
            "range_lu": _number(r"LRA:\s+(-?[\d.]+) LU", summary),
            "true_peak_dbtp": _number(r"Peak:\s+(-?[\d.]+) dBFS", summary),
        }

    return measure


def loudgain() -> Measure:
    """Return loudgain's scan, which writes nothing here; it uses libebur128."""

    def measure(path: str) -> Found:
        header, row = _output("loudgain", "-q", "-O", path).strip().splitlines()[-2:]
        said = dict(zip(header.split("\t"), row.split("\t"), strict=True))
        return {
            "lufs": _number(r"(\S+)", said["Loudness"]),
            "range_lu": _number(r"(\S+)", said["Range"]),
            "true_peak_dbtp": _number(r"(\S+)", said["True_Peak_dBTP"]),
        }

    return measure


def pyloudnorm() -> Measure:
    """Return pyloudnorm's integrated loudness and range; it has no true peak."""
    meters, soundfile = import_module("pyloudnorm"), import_module("soundfile")

    def measure(path: str) -> Found:
        sound, rate_hz = soundfile.read(path, always_2d=True)
        meter = meters.Meter(rate_hz)
        return {
            "lufs": float(meter.integrated_loudness(sound)),
            "range_lu": float(meter.loudness_range(sound)),
        }

    return measure


def libebur128() -> Measure:
    """Return libebur128's reading, the reference of the others."""
    library, soundfile = ctypes.CDLL("libebur128.so.1"), import_module("soundfile")
    library.ebur128_init.restype = ctypes.c_void_p

    def measure(path: str) -> Found:
        with soundfile.SoundFile(path) as file:
            rate_hz = ctypes.c_ulong(file.samplerate)
            made = library.ebur128_init(ctypes.c_uint(file.channels), rate_hz, _EBUR128_MODE)
            state = ctypes.c_void_p(made)
            for block in file.blocks(_BLOCK_FRAMES, dtype="float32", always_2d=True):
                samples = block.ctypes.data_as(ctypes.POINTER(ctypes.c_float))
                library.ebur128_add_frames_float(state, samples, ctypes.c_size_t(len(block)))
            found = _ebur128_reading(library, state, file.channels)
        library.ebur128_destroy(ctypes.byref(state))
        return found

    return measure


def _ebur128_reading(library: ctypes.CDLL, state: ctypes.c_void_p, channels: int) -> Found:
    """Return what a state of libebur128 has gathered."""
    number = ctypes.c_double()
    library.ebur128_loudness_global(state, ctypes.byref(number))
    found = {"lufs": number.value}
    library.ebur128_loudness_range(state, ctypes.byref(number))
    found["range_lu"] = number.value
    peaks = []
    for channel in range(channels):
        library.ebur128_true_peak(state, ctypes.c_uint(channel), ctypes.byref(number))
        peaks.append(number.value)
    found["true_peak_dbtp"] = 20 * math.log10(max(*peaks, 1e-9))
    return found


def _essentia() -> Any:  # noqa: ANN401 - the package has no types
    """Return Essentia's standard mode, quiet."""
    log = import_module("essentia").log
    log.infoActive = log.warningActive = False
    return import_module("essentia.standard")


def _output(*command: str) -> str:
    """Return all that a command says."""
    said = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=True, text=True
    )
    return said.stdout


def _number(pattern: str, text: str) -> float:
    """Return the number that a pattern finds.

    Raises
    ------
    ValueError
        If it finds none.
    """
    match = re.search(pattern, text)
    if match is None:
        raise ValueError(f"no {pattern} in what was said")
    return float(match[1])


PEERS: dict[str, Callable[[], Measure]] = {
    "aubio": aubio,
    "bliss": bliss,
    "bpm-tools": bpm_tools,
    "essentia-danceability": essentia_danceability,
    "essentia-loudness": essentia_loudness,
    "essentia-rhythm": essentia_rhythm,
    "ffmpeg": ffmpeg,
    "libebur128": libebur128,
    "librosa-beat": librosa_beat,
    "librosa-features": librosa_features,
    "loudgain": loudgain,
    "pyloudnorm": pyloudnorm,
}

if __name__ == "__main__":
    serve(PEERS[sys.argv[1]])
