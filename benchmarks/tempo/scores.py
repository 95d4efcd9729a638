"""The scores that come with music21, as notes in quarters; each is parsed once and kept.

music21 (BSD) brings about 3,000 scores whose meter is written down, so that what a listener taps
is known. Half of them, chosen by the hash of their path, is left to whoever wants to judge the
estimator; the other half is split by the same hash into pieces to train on, to choose by
("dev") and to test on ("fresh"). No piece is ever in two of them.
"""

import hashlib
import json
from pathlib import Path

from music21 import base, chord, converter, corpus, meter, note, stream

from benchmarks.tempo.score import Score

_PURPOSES = ("fresh", "fresh", "dev", *["train"] * 7)
_GROUPS = {
    "chorale": ("bach/bwv",),
    "quartet": (
        "haydn", "mozart/k1", "mozart/k4", "mozart/k8", "beethoven/opus18no1", "beethoven/opus59",
        "schumann_robert/opus41", "schumann/opus41", "corelli", "handel",
    ),
    "piano": (
        "mozart/k545", "chopin", "joplin", "schumann_clara", "schumann_robert", "beach",
        "schubert", "cpebach", "johnson", "liliuokalani", "verdi", "weber",
    ),
    "folk": ("ryansMammoth", "oneills", "airdsAirs", "miscFolk"),
    "renaissance": ("palestrina", "trecento", "monteverdi", "josquin"),
}  # fmt: skip
# Whole works and collections of hundreds of tunes in one file, and fragments that are not music.
_LEFT_OUT = (
    "beethoven/opus132", "beethoven/opus18no4", "demos", "essenFolksong", "nottingham",
    "theoryExercises",
)  # fmt: skip
_MOST_PARTS = 12
_FEWEST_NOTES = 40


class UnusableScoreError(Exception):
    """The score has no single beat, or too little in it."""


def pieces(purpose: str) -> dict[str, list[str]]:
    """Return the paths in the corpus of one purpose, by group, in a fixed order of chance."""
    found: dict[str, list[str]] = {group: [] for group in (*_GROUPS, "other")}
    paths = (Path(each) for each in corpus.corpora.CoreCorpus().getPaths())
    for name in sorted((path.relative_to(_root()).as_posix() for path in paths), key=_hash):
        if _purpose(name) == purpose and not name.startswith(_LEFT_OUT):
            found[_group(name)].append(name)
    return found


def load(name: str, cache: Path) -> Score:
    """Return a score by its path in the corpus.

    Raises
    ------
    UnusableScoreError
        If it changes its beat, or is too short or too large.
    """
    kept = cache / (name.replace("/", "_") + ".json")
    if not kept.exists():
        cache.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(_parsed(name)))
    stored = json.loads(kept.read_text())
    if isinstance(stored, str):
        raise UnusableScoreError(stored)
    notes, beat_quarters, bar_quarters = stored
    return Score([tuple(each) for each in notes], beat_quarters, bar_quarters)


def _root() -> Path:
    return Path(corpus.__file__).parent


def _purpose(name: str) -> str:
    half, place = divmod(_hash(name), 2)[::-1]
    return "left alone" if half else _PURPOSES[place % len(_PURPOSES)]


def _hash(name: str) -> int:
    return int(hashlib.sha1(name.encode(), usedforsecurity=False).hexdigest(), 16)


def _group(name: str) -> str:
    matching = (group for group, starts in _GROUPS.items() if name.startswith(starts))
    return next(matching, "other")


def _parsed(name: str) -> tuple[list[tuple[float, float, int, int]], float, float] | str:
    """Return what ``Score`` is made of, or why there is none."""
    try:
        score = _score_of(name)
    except Exception as error:  # noqa: BLE001 - music21's parsers raise what they like
        return f"{type(error).__name__}: {error}"[:80]
    if len(score.notes) < _FEWEST_NOTES:
        return "too few notes"
    return score.notes, score.beat_quarters, score.bar_quarters


def _score_of(name: str) -> Score:
    parsed = converter.parse(_root() / name)
    if isinstance(parsed, stream.Opus):
        parsed = parsed.scores[0]
    parsed = parsed.stripTies()
    parts = list(parsed.parts) or [parsed]
    if len(parts) > _MOST_PARTS:
        raise UnusableScoreError("too many parts")
    meters = list(parts[0].recurse().getElementsByClass(meter.TimeSignature))
    beats = {round(float(each.beatDuration.quarterLength), 3) for each in meters}
    if len(beats) != 1:
        raise UnusableScoreError("no single beat")
    notes = sorted(
        (float(each.offset), float(each.quarterLength), pitch, number)
        for number, part in enumerate(parts)
        for each in part.flatten().notes
        if not each.duration.isGrace and each.quarterLength > 0
        for pitch in _pitches(each)
    )
    return Score(notes, beats.pop(), float(meters[0].barDuration.quarterLength))


def _pitches(heard: base.Music21Object) -> list[int]:
    """Return the MIDI pitches of a note or chord; none of a chord symbol or a drum stroke."""
    if isinstance(heard, note.Note):
        return [heard.pitch.midi]
    if type(heard) is chord.Chord:
        return [pitch.midi for pitch in heard.pitches]
    return []
