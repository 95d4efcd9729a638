"""Voices that are computed: spoken by espeak-ng, sung by Festival."""

import io
import subprocess
import tempfile
import wave
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import quoteattr

import numpy as np
from fakes import speech
from fakes.sounds import RATE_HZ, Mono
from scipy.signal import resample_poly

VOICE_S = 25.0
_SPOKEN = (
    ("en-us", 95),
    ("en-us", 110),
    ("en-gb+f2", 110),
    ("en-gb+f4", 140),
    ("en-us+m3", 150),
    ("de+f3", 120),
    ("en-us+whisper", 90),
    ("en-us+whisper", 110),
    ("en-us+whisperf", 110),
)
# A small song, as (note, beats, word); the number that is added to each note's is its octave.
_SONG = (
    ("G", 3, 1, "calm"),
    ("A", 3, 1, "as"),
    ("C", 4, 2, "snow"),
    ("B", 3, 1, "the"),
    ("G", 3, 2, "sea"),
    ("E", 3, 2, "sleeps"),
    ("A", 3, 1, "no"),
    ("C", 4, 1, "wind"),
    ("D", 4, 2, "blows"),
    ("C", 4, 3, "home"),
)
_SUNG = ((60, -1), (72, 0), (100, 0), (80, 1))
_DOCTYPE = '<!DOCTYPE SINGING PUBLIC "-//SINGING//DTD SINGING mark up//EN" "Singing.v0_1.dtd" []>'


def voices() -> Iterator[tuple[str, Mono]]:
    """Yield each voice by its name, of 25 s: ``speech`` or ``song``, then what makes it differ."""
    for name, words_per_min in _SPOKEN:
        said = speech.spoken(speech.MEDITATION, name, VOICE_S, words_per_min)
        yield f"speech {name} {words_per_min}", said
    for tempo_bpm, octaves in _SUNG:
        yield f"song {tempo_bpm} {octaves:+d}", speech.repeated(_sung(tempo_bpm, octaves), VOICE_S)


def _sung(tempo_bpm: int, octaves: int) -> Mono:
    """Return the song as Festival's only English voice that can sing sings it."""
    notes = (
        f"<PITCH NOTE={quoteattr(f'{note}{octave + octaves}')}>"
        f'<DURATION BEATS="{beats}">{word}</DURATION></PITCH>'
        for note, octave, beats, word in _SONG
    )
    score = (
        f'<?xml version="1.0"?>\n{_DOCTYPE}\n<SINGING BPM="{tempo_bpm}">{"".join(notes)}</SINGING>'
    )
    with tempfile.TemporaryDirectory() as name:
        source, target = Path(name) / "song.xml", Path(name) / "song.wav"
        source.write_text(score, encoding="utf-8")
        command = ("text2wave", "-mode", "singing", source, "-o", target)
        subprocess.run(command, check=True, capture_output=True)
        content = target.read_bytes()
    with wave.open(io.BytesIO(content)) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), np.int16) / 32_768
        return np.asarray(resample_poly(samples, RATE_HZ, file.getframerate()), np.float32)
