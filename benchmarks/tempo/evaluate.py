"""Say how well the shipped estimator does on rendered pieces and on songs with a click track.

Run as ``python -m benchmarks.tempo.evaluate FOLDER... [--songs DIR]``: folders of
``benchmarks.tempo.render``; songs as Frets on Fire has them, ``*/song.ogg`` beside ``notes.mid``
(Debian: fretsonfire-songs-muldjord, fretsonfire-songs-sectoid).
"""

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.analysis.score import area_under_curve, estimate_mean
from benchmarks.tempo.recipes import Recipe
from benchmarks.tempo.rhythms import rendered, rhythm_of
from benchmarks.tempo.scoring import octave_right, right
from playlists.analysis.tempo import BEAT_AT_LEAST, tempo_of
from playlists.analysis.tempo_features import CANDIDATES_BPM, Rhythm
from playlists.analysis.tempo_ranker import gathered, vote

_TEMPO_EVENT = b"\xff\x51\x03"
_US_PER_MINUTE = 60e6
_EXACT = 0.001


def main() -> None:
    """Evaluate what the command line names."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="*")
    parser.add_argument("--songs", type=Path)
    asked = parser.parse_args()
    pieces = [piece for folder in asked.folders for piece in rendered(folder)]
    if pieces:
        _say_tempi(pieces)
        _say_beats(pieces)
    if asked.songs:
        _say_songs(asked.songs)


def _say_tempi(pieces: list[tuple[Recipe, Rhythm]]) -> None:
    """Print accuracies, of all and of each kind, also of tempi that would not be given."""
    steady = [(recipe, rhythm) for recipe, rhythm in pieces if recipe.tempo_bpm is not None]
    true_bpm = np.array([recipe.tempo_bpm for recipe, _ in steady], np.float64)
    found_bpm = np.array([best_bpm(rhythm) for _, rhythm in steady])
    traits: dict[str, Callable[[Recipe], str]] = {
        "": lambda _: "all",
        "kind": lambda recipe: recipe.file.split("-")[1].split(".")[0],
        "style": lambda recipe: recipe.style,
        "group": lambda recipe: recipe.group,
        "soundfont": lambda recipe: Path(recipe.soundfont).stem,
        "tempo": lambda recipe: f"{(recipe.tempo_bpm or 0.0) // 20 * 20:3.0f}-",
    }
    for trait, of in traits.items():
        values = np.array([of(recipe) for recipe, _ in steady])
        for value in sorted(set(values)):
            _say_accuracy(
                f"{trait} {value}", found_bpm[values == value], true_bpm[values == value]
            )
    given_bpm = np.array([tempo_of(rhythm).bpm or np.nan for _, rhythm in steady])
    _say_accuracy("given tempi only", *_without_nan(given_bpm, true_bpm))
    close = right(given_bpm, true_bpm)
    exact = np.abs(given_bpm[close] / true_bpm[close] - 1.0) <= _EXACT
    print(f"within 0.1 % of those that are right: {exact.mean():.3f}")


def best_bpm(rhythm: Rhythm) -> float:
    """Return the likeliest tempo of a rhythm, even if there may be none."""
    return float(CANDIDATES_BPM[np.argmax(gathered(vote(rhythm).shares))])


def _say_beats(pieces: list[tuple[Recipe, Rhythm]]) -> None:
    """Print how well music with a beat is told from music without."""
    beats = np.array([vote(rhythm).has_beat for _, rhythm in pieces])
    steady = np.array([recipe.tempo_bpm is not None for recipe, _ in pieces])
    if steady.all() or not steady.any():
        return
    given = beats >= BEAT_AT_LEAST
    area = area_under_curve(beats[steady].tolist(), beats[~steady].tolist())
    print(f"area under curve {area:.4f}")
    print(f"steady pieces called beatless {1 - given[steady].mean():.3f} of {steady.sum()}")
    print(f"beatless pieces found {1 - given[~steady].mean():.3f} of {(~steady).sum()}")
    for (recipe, _), beat in zip(pieces, beats, strict=True):
        if (recipe.tempo_bpm is None) == (beat >= BEAT_AT_LEAST):
            print(f"  mistaken, {beat:.2f}: {recipe.file} {recipe.style}")


def _say_songs(folder: Path) -> None:
    """Print what is found of each song, and the accuracies of all."""
    found, true = [], []
    for song, true_bpm in songs(folder):
        rhythm = rhythm_of(song)
        if rhythm is None:
            continue
        tempo = tempo_of(rhythm)
        found.append(tempo.bpm or np.nan)
        true.append(true_bpm)
        print(f"  {song.parent.name}: {true_bpm:g}, found {tempo}")
    _say_accuracy("songs", np.array(found), np.array(true))


def songs(folder: Path) -> Iterator[tuple[Path, float]]:
    """Yield each song and the tempo in its notes."""
    for notes in sorted(folder.rglob("notes.mid")):
        data = notes.read_bytes()
        at = data.index(_TEMPO_EVENT) + len(_TEMPO_EVENT)
        yield notes.with_name("song.ogg"), _US_PER_MINUTE / int.from_bytes(data[at : at + 3])


def _say_accuracy(
    what: str, found_bpm: NDArray[np.float64], true_bpm: NDArray[np.float64]
) -> None:
    once, octaves = right(found_bpm, true_bpm), octave_right(found_bpm, true_bpm)
    parts = [f"{what.strip():28s} {len(once):4d}"]
    for name, values in (("A1", once), ("A2", octaves)):
        found = estimate_mean(values.tolist())
        low, high = 100 * found.low, 100 * found.high
        parts.append(f"{name} {100 * found.value:5.1f} ({low:.1f}-{high:.1f})")
    print("  ".join(parts))


def _without_nan(
    found_bpm: NDArray[np.float64], true_bpm: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    given = ~np.isnan(found_bpm)
    return found_bpm[given], true_bpm[given]


if __name__ == "__main__":
    main()
