"""What the benchmark knows of its files is what their makers said."""

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile

from benchmarks.analysis.labels import label_of
from benchmarks.analysis.materials import rendered_scores


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Battle-epic.ogg", "high"),
        ("ambient2_5.ogg", "low"),
        ("peace before the battle.ogg", ""),
        ("knolls.ogg", ""),
    ],
)
def test_a_name_is_a_label_where_it_says_one_thing(name: str, label: str) -> None:
    assert label_of(Path("battle") / name) == label


def test_a_rendered_score_is_known_by_its_tempo_and_style(tmp_path: Path) -> None:
    truths: list[dict[str, str | float | None]] = [
        {"file": "0.wav", "tempo_bpm": 82.5, "style": "pads"},
        {"file": "1.wav", "tempo_bpm": 180.0, "style": "rock"},
        {"file": "2.wav", "tempo_bpm": None, "style": "swells"},
    ]
    (tmp_path / "truth.json").write_text(json.dumps(truths), encoding="utf-8")
    for truth in truths:
        soundfile.write(tmp_path / str(truth["file"]), np.zeros(4_000), 8_000)

    clips = rendered_scores(tmp_path)

    assert [clip.style for clip in clips] == ["pads", "fast", "beatless"]
    assert [clip.tempo_bpm for clip in clips] == [82.5, 180.0, None]
    assert {(clip.kind, clip.duration_s) for clip in clips} == {("score", 0.5)}
