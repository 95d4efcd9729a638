"""The sound files of the benchmark, and what is known of each."""

import json
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import soundfile

from benchmarks.analysis.labels import label_of

SONG_PACKAGES = ("fretsonfire-songs-muldjord", "fretsonfire-songs-sectoid")
MUSIC_PACKAGES = ("wesnoth-1.16-music", "naev-data")

_ENDINGS = {".ogg", ".opus", ".mp3", ".flac", ".m4a", ".wav"}
_SHORTEST_S = 30.0
_STEREO = 2
_TEMPO_EVENT = b"\xff\x51\x03"  # a MIDI file's: three bytes of microseconds per beat follow
_FAST_STYLES = {"rock", "dance"}


@dataclass(frozen=True, slots=True)
class Clip:
    """One sound file.

    Attributes
    ----------
    path : Path
        The file.
    name : str
        What it is called in the results, the same on every machine.
    duration_s : float
        As its header says.
    kind : str
        ``score`` for a rendered one, ``song`` for a recording played to a click, ``music``.
    tempo_bpm : float | None
        The true tempo; None where there is none or it is not known.
    style : str
        Of a score: ``pads``, ``beatless``, ``fast`` or another calm one.
    label : str
        What the file's name says of music: ``high`` energy, ``low``, or nothing.
    """

    path: Path
    name: str
    duration_s: float
    kind: str
    tempo_bpm: float | None = None
    style: str = ""
    label: str = ""


def rendered_scores(folder: Path) -> list[Clip]:
    """Return the scores that ``benchmarks.tempo.render`` has left in a folder."""
    truths = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    return [
        Clip(
            path=folder / truth["file"],
            name=f"scores/{truth['file']}",
            duration_s=_duration_s(folder / truth["file"]),
            kind="score",
            tempo_bpm=truth["tempo_bpm"],
            style=_style(truth["tempo_bpm"], truth["style"]),
        )
        for truth in truths
    ]


def click_songs(packages: Sequence[str] = SONG_PACKAGES) -> list[Clip]:
    """Return the songs of Frets on Fire, whose ``notes.mid`` holds the tempo they were played to.

    The guitar, which the game mixes to the rest, is left out.
    """
    return [
        Clip(
            path=midi.with_name("song.ogg"),
            name=f"songs/{midi.parent.name}",
            duration_s=_duration_s(midi.with_name("song.ogg")),
            kind="song",
            tempo_bpm=_first_tempo_bpm(midi),
        )
        for midi in _files_of(packages)
        if midi.name == "notes.mid"
    ]


def music(folders: Sequence[Path], *, most: int) -> list[Clip]:
    """Return stereo tracks of at least 30 s of Debian's packages and of folders.

    There are at most ``most``, spread evenly; those whose name says how energetic they are have
    the first claim.
    """
    found = [path for folder in folders for path in sorted(folder.rglob("*"))]
    tracks = [clip for path in [*_files_of(MUSIC_PACKAGES), *found] for clip in _tracks(path)]
    labeled = _spread([clip for clip in tracks if clip.label], most)
    others = [clip for clip in tracks if not clip.label]
    return labeled + _spread(others, most - len(labeled))


def _spread(clips: Sequence[Clip], most: int) -> list[Clip]:
    """Return at most so many of the clips, spread evenly."""
    count = min(len(clips), most)
    return [clips[n * len(clips) // count] for n in range(count)]


def _tracks(path: Path) -> Iterator[Clip]:
    """Yield the track, if the file is one."""
    if path.suffix.lower() not in _ENDINGS:
        return
    header = soundfile.info(path)
    if header.channels == _STEREO and header.duration >= _SHORTEST_S:
        name = f"music/{path.name}"
        yield Clip(path, name, header.duration, kind="music", label=label_of(path))


def _files_of(packages: Sequence[str]) -> list[Path]:
    """Return the files of Debian packages, sorted."""
    listed = subprocess.run(
        ("dpkg", "-L", *packages), check=True, capture_output=True, text=True
    ).stdout
    return sorted({path for line in listed.splitlines() if (path := Path(line)).is_file()})


def _duration_s(path: Path) -> float:
    return float(soundfile.info(path).duration)


def _style(tempo_bpm: float | None, style: str) -> str:
    if tempo_bpm is None:
        return "beatless"
    return "fast" if style in _FAST_STYLES else style


def _first_tempo_bpm(midi: Path) -> float:
    """Return the tempo that a MIDI file sets first; these songs keep it."""
    content = midi.read_bytes()
    at = content.index(_TEMPO_EVENT) + len(_TEMPO_EVENT)
    return 60e6 / int.from_bytes(content[at : at + 3], "big")
