"""``soundscape library`` and ``analyze`` keep the command line's contract."""

import json
from pathlib import Path

import pytest
from fakes import sounds
from fakes.tracks import track

from playlists.library.repository import Library
from soundscape.folders import data_folder
from ui.commands.main import main

Output = pytest.CaptureFixture[str]
ANALYSIS_KEYS = {
    *("path", "ok", "error", "duration_s", "sample_rate_hz", "channels", "codec", "tempo_bpm"),
    *("tempo_confidence", "beatless", "energy", "energy_curve", "integrated_lufs"),
    *("loudness_range_lu", "true_peak_dbtp", "max_rise_lu_2s", "brightness_hz"),
    *("vocal_probability", "lead_silence_s", "tail_silence_s", "analysis_version"),
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    with Library.open(data_folder(str(tmp_path)).library) as library:
        library.save(track("dawn", energy=0.2))
        library.save(track("dusk", energy=0.5, tempo_bpm=64.0))
    return tmp_path


def test_a_search_may_begin_with_a_minus(data: Path, capsys: Output) -> None:
    status = main(["library", "list", "--where", "-bpm:60..70", "--json", "--data-dir", str(data)])

    assert status == 0
    assert [one["title"] for one in json.loads(capsys.readouterr().out)] == ["Dawn"]


def test_a_search_that_is_left_out_takes_no_option_for_its_own(data: Path, capsys: Output) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["library", "list", "--where", "--json", "--data-dir", str(data)])

    assert "--where: expected one argument" in capsys.readouterr().err


@pytest.mark.slow
def test_one_bad_file_does_not_stop_the_others(tmp_path: Path, capsys: Output) -> None:
    good = sounds.write(tmp_path / "good.flac", sounds.drone(21))
    (tmp_path / "words.mp3").write_text("words " * 400)
    (tmp_path / "empty.mp3").touch()
    paths = [good, tmp_path, tmp_path / "words.mp3", tmp_path / "empty.mp3", tmp_path / "missing"]

    status = main(["analyze", "--json", "--workers", "1", *map(str, paths)])

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert status == 1
    assert all(line.keys() >= ANALYSIS_KEYS for line in lines)
    assert [line["path"] for line in lines] == list(map(str, paths))
    assert {line["path"] for line in lines if line["ok"]} == {str(good)}
    assert all(line["error"] for line in lines if not line["ok"])
    (found,) = [line for line in lines if line["ok"]]
    assert (found["tempo_bpm"], found["beatless"], found["error"]) == (None, True, None)


@pytest.mark.slow
def test_add_reports_in_json_and_refuses_what_was_named(tmp_path: Path, capsys: Output) -> None:
    sounds.write(tmp_path / "music.flac", sounds.drone(21))
    (tmp_path / "words.mp3").write_text("words " * 400)
    data = ["--json", "--data-dir", str(tmp_path / "data")]

    folder = main(["library", "add", str(tmp_path), "--workers", "1", *data])
    report = json.loads(capsys.readouterr().out)
    named = main(["library", "add", str(tmp_path / "words.mp3"), *data])

    assert (folder, named) == (0, 1)
    assert report.keys() == {"added", "changed", "unchanged", "gone", "rejected", "seconds"}
    assert report["added"] == 1
    assert report["rejected"][0]["path"] == str(tmp_path / "words.mp3")


@pytest.mark.slow
def test_lines_come_in_the_order_of_the_files(tmp_path: Path, capsys: Output) -> None:
    long = sounds.write(tmp_path / "long.flac", sounds.drone(90))
    (tmp_path / "empty.mp3").touch()
    paths = [str(long), str(tmp_path / "empty.mp3"), str(long)]

    main(["analyze", "--json", "--workers", "2", *paths])

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["path"] for line in lines] == paths


def test_a_folder_without_sound_is_refused(tmp_path: Path, capsys: Output) -> None:
    (tmp_path / "notes.txt").write_text("nothing to hear")

    status = main(["library", "add", str(tmp_path), "--data-dir", str(tmp_path / "d"), "--json"])

    said = json.loads(capsys.readouterr().out)
    assert (status, said["ok"]) == (1, False)
    assert "There is no sound file in" in said["error"]


def test_list_takes_a_search(data: Path, capsys: Output) -> None:
    status = main(
        ["library", "--data-dir", str(data), "--json", "list", "--where", "energy<0.4 beatless"]
    )

    (found,) = json.loads(capsys.readouterr().out)
    assert status == 0
    assert found["title"] == "Dawn"
    assert found["analysis"]["tempo_bpm"] is None


def test_list_for_people_is_a_line_a_track(data: Path, capsys: Output) -> None:
    main(["library", "list", "--data-dir", str(data)])

    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2
    assert "no beat" in lines[0]
    assert "64 BPM" in lines[1]


def test_approve_and_rate_add_to_what_was_said(data: Path, capsys: Output) -> None:
    folder = ["--data-dir", str(data)]
    main(["library", "approve", "dawn", *folder])
    main(["library", "rate", "dawn", "--energy", "0.35", "--tag", "harp", "--tag", "sea", *folder])
    main(["library", "rate", "dawn", "--avoid", "yes", "--licence", "CC0", *folder, "--json"])

    said = json.loads(capsys.readouterr().out.splitlines()[-1])["rating"]
    assert said == {
        "instrumental": True,
        "energy": 0.35,
        "tags": ["harp", "sea"],
        "avoid": True,
        "licence": "CC0",
        "familiar": False,
        "source": "",
    }


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["approve", "noon"], "No track is called 'noon'"),
        (["approve", "d"], "2 tracks are called 'd'"),
        (["rate", "dawn"], "Say what you hear"),
        (["add", "/no/such/folder"], "does not exist"),
        (["list", "--where", "sweetness>1"], "no number called"),
    ],
)
def test_a_refusal_is_one_line(
    data: Path, capsys: Output, arguments: list[str], reason: str
) -> None:
    status = main(["library", *arguments, "--data-dir", str(data)])

    said = capsys.readouterr()
    assert (status, said.out) == (1, "")
    assert reason in said.err.splitlines()[-1]


@pytest.mark.parametrize(
    "arguments",
    [["analyze", "a.wav"], ["library", "add", "a.wav"], ["starter"]],
    ids=["analyze", "add", "starter"],
)
@pytest.mark.parametrize("count", ["0", "-1", "two", "1.5"])
def test_at_least_one_worker_is_needed(capsys: Output, arguments: list[str], count: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([*arguments, "--workers", count])

    assert stopped.value.code == 2
    assert "whole number from 1 on" in capsys.readouterr().err


def test_an_energy_beyond_one_is_a_wrong_use(data: Path, capsys: Output) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["library", "rate", "dawn", "--energy", "1.5", "--data-dir", str(data)])

    assert stopped.value.code == 2
    assert "0 to 1" in capsys.readouterr().err
