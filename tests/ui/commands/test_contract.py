"""The command line keeps its contract: JSON alone on standard output, one line for a refusal."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from ui.commands.main import main

Output = pytest.CaptureFixture[str]
PROOF_KEYS = {
    *("ok", "route", "phases", "boundary_error_s", "mean_energy_error", "ungated_tracks"),
    *("reserve_s", "repeats", "cost", "lower_bound", "seconds", "missing"),
}
STOP = [{"at_s": 5, "event": "stop"}]


@pytest.fixture
def silent_plan(tmp_path: Path, capsys: Output) -> Path:
    out = tmp_path / "plan.json"
    data = ["--data-dir", str(tmp_path)]
    assert main(["plan", "--route", "iv", "--arc", "silence", "--out", str(out), *data]) == 0
    capsys.readouterr()
    return out


def test_an_empty_library_is_refused_with_what_to_do(tmp_path: Path, capsys: Output) -> None:
    out = tmp_path / "plan.json"

    status = main(
        ["--json", "plan", "--route", "iv", "--out", str(out), "--data-dir", str(tmp_path)]
    )

    said = capsys.readouterr()
    proof = json.loads(said.out)
    assert (status, proof["ok"]) == (1, False)
    assert proof.keys() == PROOF_KEYS
    assert "soundscape starter" in proof["missing"][0]
    assert len(said.err.splitlines()) == 1
    assert not out.exists()


@pytest.mark.parametrize("minutes", ["0", "-5", "nan", "inf", "1e9"])
def test_an_impossible_delivery_is_one_line(tmp_path: Path, capsys: Output, minutes: str) -> None:
    out = tmp_path / "plan.json"
    asked = ["plan", "--route", "iv", f"--delivery-min={minutes}", "--out", str(out), "--json"]

    status = main([*asked, "--data-dir", str(tmp_path)])

    said = capsys.readouterr()
    assert status == 1
    assert json.loads(said.out)["ok"] is False
    assert "between 20 and 180 minutes" in said.err
    assert len(said.err.splitlines()) == 1


def test_render_says_length_speed_peak_and_cues(
    silent_plan: Path, tmp_path: Path, capsys: Output
) -> None:
    events, out = tmp_path / "events.json", tmp_path / "out.flac"
    events.write_text(json.dumps(STOP), encoding="utf-8")
    asked = ["render", str(silent_plan), str(out), "--events", str(events), "--json"]

    status = main([*asked, "--data-dir", str(tmp_path)])

    said = json.loads(capsys.readouterr().out)
    assert status == 0
    assert said.keys() == {"seconds", "realtime_factor", "peak_dbtp", "cues"}
    assert 5 < said["seconds"] < 60
    assert out.stat().st_size > 0


@pytest.mark.parametrize(
    ("events", "reason"),
    [
        ([{"at_s": 5, "event": "wobble"}], "'wobble' is not an event"),
        ([{"at_s": -1, "event": "stop"}], "at_s"),
        ([{"at_s": 5, "event": "resume"}], "Nothing is held"),
        ({"at_s": 5}, "must be a list of objects"),
    ],
)
def test_impossible_events_are_refused_before_anything_sounds(
    silent_plan: Path, capsys: Output, events: object, reason: str
) -> None:
    script, out = silent_plan.with_name("events.json"), silent_plan.with_name("out.wav")
    script.write_text(json.dumps(events), encoding="utf-8")
    asked = ["render", str(silent_plan), str(out), "--events", str(script)]

    status = main([*asked, "--data-dir", str(silent_plan.parent)])

    said = capsys.readouterr()
    assert (status, said.out) == (1, "")
    assert reason in said.err
    assert not out.exists()


@pytest.mark.parametrize("command", [["journal", "x"], ["at", "x", "nan"], ["at", "x", "1"]])
def test_an_unknown_session_is_one_line(
    tmp_path: Path, capsys: Output, command: list[str]
) -> None:
    status = main(["--data-dir", str(tmp_path), *command, "--json"])

    said = capsys.readouterr()
    assert status == 1
    assert json.loads(said.out) == {"ok": False, "error": "There is no session 'x' on this chair."}
    assert said.err.startswith("soundscape: ")


@pytest.mark.slow
def test_the_module_runs_as_the_program_does(tmp_path: Path) -> None:
    asked = [sys.executable, "-m", "soundscape", "--json", "library", "list"]

    done = subprocess.run(
        [*asked, "--data-dir", str(tmp_path)], capture_output=True, text=True, check=False
    )

    assert (done.returncode, json.loads(done.stdout), done.stderr) == (0, [], "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("library", "list"), "The library is empty; see 'soundscape starter'"),
        (("library", "watch", "list"), "No folder is watched."),
        (("library", "saved", "list"), "No search is saved."),
        (("library", "duplicates"), "Nothing is there twice."),
        (("playlist", "list"), "No list is kept yet"),
        (("history", "list"), "Nothing was done yet."),
        (("lights", "list"), "No lamp follows a session yet"),
    ],
)
def test_where_there_is_nothing_a_person_is_told_so(
    words: tuple[str, ...], said: str, tmp_path: Path, capsys: Output
) -> None:
    assert main([*words, "--data-dir", str(tmp_path)]) == 0

    told = capsys.readouterr()
    assert said in told.out + told.err


def test_a_plan_without_music_is_not_explained(silent_plan: Path, capsys: Output) -> None:
    assert main(["explain", str(silent_plan)]) == 1

    assert "there is nothing to explain" in capsys.readouterr().err


def test_what_may_be_chosen_is_named_as_it_is_typed(tmp_path: Path, capsys: Output) -> None:
    add = ["lights", "add", "x", "--kind", "dimmer", "--via", "smoke"]
    with pytest.raises(SystemExit):
        main([*add, "--data-dir", str(tmp_path)])

    assert "(choose from 'sacn', 'artnet', 'mqtt')" in capsys.readouterr().err
