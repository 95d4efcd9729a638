"""What is rendered: which piece, how fast, on which instruments, how loosely, in which room.

Calm pieces are drawn as a listener would meet them: any tempo of 45-140 BPM that gives the
piece a bearable density of notes. Fast pieces, up to 215 BPM, have drums, mostly with distorted
guitars. What has no beat has none by construction, whatever else goes on in it.
"""

from dataclasses import dataclass, field, replace

import numpy as np

from benchmarks.tempo.score import Score

PADS = (48, 49, 50, 51, 52, 53, 54, 88, 89, 90, 91, 92, 93, 94, 95)
PLUCKED = (10, 11, 12, 13, 24, 25, 32, 45, 46, 104, 106, 107, 108)
KEYS = (0, 1, 2, 3, 4, 5, 6, 7, 8)
BOWED_OR_WIND = (19, 20, 40, 41, 42, 48, 49, 58, 60, 65, 68, 69, 70, 71, 72, 73, 74, 75, 77, 79)
ROCK = (29, 30, 30, 33, 34, 38, 81, 84)
CALM_STYLES = {"pads": PADS, "plucked": PLUCKED, "keys": KEYS, "bowed or wind": BOWED_OR_WIND}
GROUP_SHARES = {
    "chorale": 0.22, "quartet": 0.17, "piano": 0.08, "folk": 0.2, "renaissance": 0.21,
    "other": 0.12,
}  # fmt: skip
BEATLESS_KINDS = ("held", "held", "drone", "swells", "chimes", "noise")
_VOICES = 5


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that decides how one rendered file sounds.

    Attributes
    ----------
    file : str
        Its name.
    source, group : str
        The piece's path in the corpus, and what kind of music it is.
    style : str
        As ``pads``; ``rock`` and ``dance`` are the fast ones; a kind of beatless music.
    tempo_bpm : float | None
        Beats of the score's meter per minute; None without a beat.
    programs : list[int]
        General MIDI programs of the parts.
    drums : str
        ``none``, ``soft``, ``rock`` or ``dance``.
    jitter_s : float
        Standard deviation of how far players miss the moment.
    length_s : float
        Of the file.
    starts_at : float
        Where in the piece it begins, 0-1.
    reverb : float
        Level of the room, 0-1.
    noise_db : float | None
        Level of a bed of noise under the music, relative to it; None without one.
    soundfont : str
        Path of the soundfont.
    """

    file: str
    source: str
    group: str
    style: str = "pads"
    tempo_bpm: float | None = None
    programs: list[int] = field(default_factory=list)
    drums: str = "none"
    jitter_s: float = 0.0
    length_s: float = 60.0
    starts_at: float = 0.0
    reverb: float = 0.5
    noise_db: float | None = None
    soundfont: str = ""


def drawn(blank: Recipe, score: Score, kind: str, random: np.random.Generator) -> Recipe | None:
    """Return a recipe for a piece of a kind; None if it cannot be had so.

    ``calm`` and ``fast`` play the piece, ``ambient`` and ``beatless`` its chords; ``beating``
    drones are made of no piece.

    Parameters
    ----------
    blank : Recipe
        With what is already settled.
    score : Score
        The piece.
    kind : str
        Which of them.
    random : np.random.Generator
        Decides the rest.
    """
    common = replace(
        blank,
        jitter_s=float(random.choice([0.0, 0.006, 0.012])),
        length_s=round(float(random.uniform(42, 62)), 2),
        starts_at=float(random.choice([0.0, random.uniform(0, 1)])),
        reverb=round(float(random.uniform(0.3, 0.9)), 2),
        noise_db=round(float(random.uniform(-40, -18)), 1) if chance(random, 0.2) else None,
    )
    if kind == "beating":
        return replace(common, style="beating")
    if kind == "ambient":
        return _ambient(common, random)
    if kind == "calm":
        return _calm(common, score, random)
    return _fast(common, score, random) if kind == "fast" else _beatless(common, random)


def chance(random: np.random.Generator, share: float) -> bool:
    """Return true in a share of all cases, 0-1."""
    return bool(random.random() < share)


def _calm(common: Recipe, score: Score, random: np.random.Generator) -> Recipe | None:
    tempo_bpm = _tempo(score, np.arange(45, 141), 8.5, random)
    if tempo_bpm is None:
        return None
    style = str(random.choice([*CALM_STYLES, "mix", "pads"]))
    choices = CALM_STYLES.get(style) or sum(CALM_STYLES.values(), ())
    drums = "soft" if chance(random, 0.15) else "none"
    programs = [int(each) for each in random.choice(choices, _VOICES)]
    if style == "keys" or chance(random, 0.3):
        programs = programs[:1] * _VOICES
    return replace(common, style=style, tempo_bpm=tempo_bpm, programs=programs, drums=drums)


def _fast(common: Recipe, score: Score, random: np.random.Generator) -> Recipe | None:
    tempo_bpm = _tempo(score, np.arange(85, 216), 16.0, random)
    if tempo_bpm is None:
        return None
    style = str(random.choice(["rock", "rock", "dance"]))
    choices = ROCK if style == "rock" else (*range(80, 88), 38, 39, 90, 4, 0, 62)
    programs = [int(each) for each in random.choice(choices, _VOICES)]
    return replace(common, style=style, tempo_bpm=tempo_bpm, programs=programs, drums=style)


def _ambient(common: Recipe, random: np.random.Generator) -> Recipe:
    tempo_bpm = round(float(random.uniform(42, 90)), 2)
    pad, bass, melody = (int(random.choice(each)) for each in (PADS, PLUCKED, BOWED_OR_WIND))
    figure = int(random.choice((*PLUCKED, *KEYS)))
    return replace(
        common, style="ambient", tempo_bpm=tempo_bpm, programs=[pad, figure, bass, melody]
    )


def _beatless(common: Recipe, random: np.random.Generator) -> Recipe:
    style = str(random.choice(BEATLESS_KINDS))
    choices = PADS if chance(random, 0.7) else BOWED_OR_WIND
    programs = [int(each) for each in random.choice(choices, _VOICES)]
    noise_db = float(random.uniform(-25, -6)) if style == "noise" else common.noise_db
    return replace(common, style=style, programs=programs, noise_db=noise_db)


def _tempo(
    score: Score, tempi_bpm: np.ndarray, densest_hz: float, random: np.random.Generator
) -> float | None:
    """Return a tempo at which notes are neither too rare nor too dense."""
    rates_hz = score.onsets_per_beat * tempi_bpm / 60
    fitting = tempi_bpm[(rates_hz >= 0.45) & (rates_hz <= densest_hz)]  # noqa: PLR2004 - a Hz
    if not len(fitting):
        return None
    return float(random.choice(fitting)) + round(float(random.uniform(0, 1)), 2)
