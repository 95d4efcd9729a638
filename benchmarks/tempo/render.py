"""Render scores with a known tempo, and music without one, for training or for tests.

Run as ``python -m benchmarks.tempo.render OUT --purpose train --seed 1 --count 900
--soundfont A.sf2 --soundfont B.sf2``. Needs fluidsynth, and what the dependency group
``benchmarks`` lists. The same seed gives the same files. ``truth.json`` in OUT holds the recipes.
"""

import argparse
import json
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from benchmarks.tempo.beating import beating_drone
from benchmarks.tempo.performing import perform
from benchmarks.tempo.recipes import GROUP_SHARES, Recipe, drawn
from benchmarks.tempo.scores import UnusableScoreError, load, pieces

_RATE_HZ = 48_000
_KINDS = {"calm": 0.64, "fast": 0.17, "beatless": 0.19}


def main() -> None:
    """Render what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--purpose", choices=["train", "dev", "fresh"], required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--soundfont", action="append", required=True)
    parser.add_argument("--kind", choices=[*_KINDS, "ambient", "beating"], help="only this kind")
    parser.add_argument("--scores", type=Path, help="where parsed scores are kept")
    parser.add_argument("--most-scores", type=int, default=80, help="of each group")
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    scores = asked.scores or asked.out / "scores"
    recipes = list(_recipes(asked, scores))
    (asked.out / "truth.json").write_text(json.dumps([asdict(each) for each in recipes], indent=1))
    with ThreadPoolExecutor(2) as threads:
        for place, _ in enumerate(
            threads.map(lambda each: _render(each, asked.out, scores), enumerate(recipes))
        ):
            if place % 50 == 0:
                print(f"{place} of {len(recipes)}", flush=True)


def _recipes(asked: argparse.Namespace, scores: Path) -> Iterator[Recipe]:
    """Yield as many recipes as asked for, each drawn by its own number."""
    groups = {group: names[: asked.most_scores] for group, names in pieces(asked.purpose).items()}
    shares = np.array([GROUP_SHARES[group] if groups[group] else 0.0 for group in groups])
    number = drawn_so_far = 0
    while drawn_so_far < asked.count:
        random = np.random.default_rng((asked.seed, number))
        number += 1
        group = str(random.choice(list(groups), p=shares / shares.sum()))
        kind = asked.kind or str(random.choice(list(_KINDS), p=list(_KINDS.values())))
        blank = Recipe(
            file=f"{drawn_so_far:04d}-{kind}.flac",
            source=str(random.choice(groups[group])),
            group=group,
            soundfont=str(random.choice(asked.soundfont)),
        )
        try:
            recipe = drawn(blank, load(blank.source, scores), kind, random)
        except UnusableScoreError:
            continue
        if recipe is not None:
            drawn_so_far += 1
            yield recipe


def _render(numbered: tuple[int, Recipe], out: Path, scores: Path) -> None:
    """Write one recipe's sound, in mono, as ``analyze`` hears it."""
    number, recipe = numbered
    path = out / recipe.file
    if path.exists():
        return
    random = np.random.default_rng(number)
    if recipe.style == "beating":
        mono = beating_drone(round(recipe.length_s * _RATE_HZ), _RATE_HZ, random)
    else:
        perform(recipe, load(recipe.source, scores), path.with_suffix(".mid"), random)
        mono = _synthesized(recipe, path.with_suffix(".mid"))
    if recipe.noise_db is not None:
        mono += _noise(len(mono), random) * mono.std() * 10 ** (recipe.noise_db / 20)
    mono *= 10 ** (random.uniform(-9, -1) / 20) / max(float(np.abs(mono).max()), 1e-6)
    soundfile.write(path, mono, _RATE_HZ, subtype="PCM_16")


def _synthesized(recipe: Recipe, midi: Path) -> NDArray[np.float32]:
    """Return a MIDI file's sound as mono, and remove the file."""
    wave = midi.with_suffix(".wav")
    settings = {"reverb.level": recipe.reverb, "reverb.room-size": recipe.reverb, "polyphony": 256}
    options = [f"-osynth.{name}={value}" for name, value in settings.items()]
    where = [f"-F{wave}", recipe.soundfont, str(midi)]
    subprocess.run(
        ["fluidsynth", "-niq", f"-r{_RATE_HZ}", "-g0.5", *options, *where],
        check=True,
        capture_output=True,
    )
    sound, _ = soundfile.read(wave, dtype="float32", frames=round(recipe.length_s * _RATE_HZ))
    wave.unlink()
    midi.unlink()
    return np.asarray(sound.mean(axis=1))


def _noise(length: int, random: np.random.Generator) -> NDArray[np.float32]:
    """Return noise that falls off with pitch and swells irregularly, of standard deviation 1."""
    spectrum = np.fft.rfft(random.normal(size=length))
    steps = np.arange(1, len(spectrum) + 1)
    noise = np.fft.irfft(spectrum / steps ** random.uniform(0.3, 0.9), length)
    knots = random.uniform(0.3, 1.0, max(2, length // (4 * _RATE_HZ)))
    noise *= np.interp(np.linspace(0, len(knots) - 1, length), np.arange(len(knots)), knots)
    return np.asarray(noise / noise.std(), np.float32)


if __name__ == "__main__":
    main()
