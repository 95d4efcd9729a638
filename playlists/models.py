"""What the therapist's side knows of a track: measured, said by people, and both together."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from soundscape.units import Decibels, Lufs, Seconds

VOICE_AT_LEAST = 0.7
CHECK_AT_LEAST = 0.4


class BeatStrength(StrEnum):
    """How clearly a beat is heard."""

    NONE = "none"
    WEAK = "weak"
    CLEAR = "clear"


class Voice(StrEnum):
    """Whether somebody sings or speaks in a track."""

    INSTRUMENTAL = "instrumental"
    CHECK_BY_EAR = "check by ear"
    VOICE = "voice"


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the machine measured in one file; a number that does not exist is None.

    Attributes
    ----------
    duration_s : Seconds
        Decoded length.
    sample_rate_hz, channels : int
        As in the file.
    codec : str
        As ``flac`` or ``vorbis``.
    tempo_bpm : float | None
        None for music without a steady beat.
    tempo_confidence : float
        0-1.
    tempo_alternatives : tuple[tuple[float, float], ...]
        Other tempi that a listener may tap, as (BPM, weight 0-1), the likeliest first.
    beat_strength : BeatStrength
        ``NONE`` exactly where there is no tempo.
    energy : float
        0-1, see ``playlists.analysis.energy``.
    energy_curve : tuple[tuple[float, float], ...]
        (seconds from the start of the file, energy 0-1), one point for each 10 s.
    percussiveness : float
        0-1: how much of the sound is struck rather than held.
    integrated_lufs : Lufs
        Integrated loudness, ITU-R BS.1770.
    loudness_range_lu : float
        EBU Tech 3342.
    true_peak_dbtp : Decibels
        Highest oversampled peak of any channel.
    loudness_curve : tuple[float, ...]
        Short-term loudness in LUFS, one number for each second: the 3 s that end with it.
    max_rise_lu_2s : float
        Largest rise within two seconds that may startle, see ``playlists.analysis.startle``.
    max_jump_lu : float
        Largest rise of short-term loudness from one 3 s to the next.
    brightness_hz : float
        Mean spectral centroid.
    vocal_probability : float | None
        0-1; None where nothing that can tell is installed.
    voice_spans : tuple[tuple[float, float, float], ...]
        (start in s, end in s, highest probability) of each stretch where a voice may be.
    lead_silence_s, tail_silence_s : Seconds
        Silence at the ends.
    fade_in_s, fade_out_s : Seconds
        Fades that are in the recording, after and before those silences; 0 where there is none.
    audition_s : Seconds
        Where the 20 seconds begin that stand for the whole.
    loopability : float
        0-1: how little would be heard of a jump from the music's end to its start.
    analysis_version : int
        Of the code that measured.
    """

    duration_s: Seconds
    sample_rate_hz: int
    channels: int
    codec: str
    tempo_bpm: float | None
    tempo_confidence: float
    tempo_alternatives: tuple[tuple[float, float], ...]
    beat_strength: BeatStrength
    energy: float
    energy_curve: tuple[tuple[float, float], ...]
    percussiveness: float
    integrated_lufs: Lufs
    loudness_range_lu: float
    true_peak_dbtp: Decibels
    loudness_curve: tuple[float, ...]
    max_rise_lu_2s: float
    max_jump_lu: float
    brightness_hz: float
    vocal_probability: float | None
    voice_spans: tuple[tuple[float, float, float], ...]
    lead_silence_s: Seconds
    tail_silence_s: Seconds
    fade_in_s: Seconds
    fade_out_s: Seconds
    audition_s: Seconds
    loopability: float
    analysis_version: int

    @property
    def body_s(self) -> tuple[Seconds, Seconds]:
        """Where the music has come up, and where it begins to go: it is entered and left there.

        A crossfade laid over fades that are in the recordings would leave a hole of half a
        minute. Where they are most of the music, only the silences are left out.
        """
        start_s = self.lead_silence_s
        end_s = Seconds(self.duration_s - self.tail_silence_s)
        up_s, down_s = Seconds(start_s + self.fade_in_s), Seconds(end_s - self.fade_out_s)
        return (up_s, down_s) if down_s - up_s >= (end_s - start_s) / 2.0 else (start_s, end_s)

    @property
    def beatless(self) -> bool:
        """True where no steady beat was found."""
        return self.tempo_bpm is None


@dataclass(frozen=True, slots=True)
class Rating:
    """The therapist's word on a track; it stands above the machine's and never replaces it.

    Attributes
    ----------
    instrumental : bool | None
        True: nobody sings or speaks. None: not said.
    energy : float | None
        0-1. None: not said.
    tags : frozenset[str]
        In the therapist's words; one may say its kind: ``mood:calm``, ``culture:andean``,
        ``faith:hymn``, ``association:funeral``, ``instrument:harp``.
    avoid : bool
        Never to be used.
    licence : str
        Under what right the clinic plays it; empty is not said.
    familiar : bool
        People are likely to know it, and to have memories with it.
    source : str
        Where the clinic has it from; empty is not said.
    """

    instrumental: bool | None = None
    energy: float | None = None
    tags: frozenset[str] = frozenset()
    avoid: bool = False
    licence: str = ""
    familiar: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Track:
    """A file in the library.

    Attributes
    ----------
    content_hash : str
        SHA-256 of the file: its identity.
    path : Path
        Where it was last seen.
    title, artist, album : str
        From its tags, cleaned; the title falls back to the file's name.
    analysis : Analysis
        The machine's word.
    rating : Rating
        The therapist's word.
    present : bool
        False while its file is not where it was last seen.
    """

    content_hash: str
    path: Path
    title: str
    artist: str
    album: str
    analysis: Analysis
    rating: Rating = field(default_factory=Rating)
    present: bool = True

    @property
    def energy(self) -> float:
        """The therapist's energy if said, else the machine's; 0-1."""
        said = self.rating.energy
        return self.analysis.energy if said is None else said

    @property
    def voice(self) -> Voice:
        """The therapist's word if said, else the machine's verdict; unknown is to be checked."""
        if self.rating.instrumental is not None:
            return Voice.INSTRUMENTAL if self.rating.instrumental else Voice.VOICE
        probability = self.analysis.vocal_probability
        if probability is None or CHECK_AT_LEAST <= probability < VOICE_AT_LEAST:
            return Voice.CHECK_BY_EAR
        return Voice.VOICE if probability >= VOICE_AT_LEAST else Voice.INSTRUMENTAL
