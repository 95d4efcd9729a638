"""A tool that fails, in whatever way, fails the file in hand and nothing else."""

import sys
from pathlib import Path

import pytest

from benchmarks.analysis.drive import Run, UnstartableToolError, run_tool

TOOL = """
import os, sys
sys.path.insert(0, os.getcwd())
from benchmarks.analysis.stand import serve

class Panic(BaseException):
    pass

def measure(path):
    if path.endswith("crash"):
        os.abort()
    if path.endswith("panic"):
        raise Panic
    print("a tool that talks")
    return {"length": float(len(path))}

serve(lambda: measure)
"""


def run(tool: str, folder: Path, *names: str) -> Run:
    script = folder / "tool.py"
    script.write_text(tool, encoding="utf-8")
    command = [sys.executable, str(script)]
    return run_tool(command, Path("warm-up"), {name: Path(name) for name in names})


@pytest.mark.slow
def test_each_file_gets_its_answer_and_its_cost(tmp_path: Path) -> None:
    found = run(TOOL, tmp_path, "a", "bcd")

    assert {name: answer.found for name, answer in found.answers.items()} == {
        "a": {"length": 1.0},
        "bcd": {"length": 3.0},
    }
    assert found.start.cpu_s > 0.0
    assert found.answers["bcd"].peak_mb > 1.0


@pytest.mark.slow
@pytest.mark.parametrize("failing", ["crash", "panic"])
def test_a_failed_file_costs_only_itself(tmp_path: Path, failing: str) -> None:
    found = run(TOOL, tmp_path, "a", failing, "b", failing + failing)

    assert list(found.answers) == ["a", failing, "b", failing + failing]
    assert [answer.found is None for answer in found.answers.values()] == [
        False,
        True,
        False,
        True,
    ]
    assert found.answers[failing].error


@pytest.mark.slow
def test_a_tool_that_does_not_start_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UnstartableToolError, match="does not start"):
        run("raise SystemExit(1)", tmp_path, "a")
