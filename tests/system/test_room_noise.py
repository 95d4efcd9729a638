"""The room's noise is measured rightly through a real source, and leaves no sound anywhere."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from rig.microphone import MICROPHONE, canary, is_in, memory_of, sounding, tone, traces_of
from rig.virtual_card import VirtualCard

from soundscape.clock import MachineClock
from soundscape.folders import DataFolder
from soundscape.room.calibration import read_room


def command(data: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "soundscape", "noise", "--data-dir", str(data), "--json",
            "--microphone", MICROPHONE, *words]  # fmt: skip


def said(card: VirtualCard, data: Path, *words: str) -> dict[str, object]:
    done = subprocess.run(
        command(data, *words), env=card.environment, capture_output=True, check=False
    )
    answer = json.loads(done.stdout)
    assert isinstance(answer, dict)
    return answer


@pytest.mark.slow
@pytest.mark.parametrize(
    ("frequency_hz", "level_db", "reads_db"),
    [(1_000.0, -30.0, -30.0), (100.0, -12.0, -31.145), (8_000.0, -40.0, -41.13)],
)
def test_a_known_tone_reads_within_a_fifth_of_a_decibel(
    card: VirtualCard, tmp_path: Path, frequency_hz: float, level_db: float, reads_db: float
) -> None:
    with sounding(card, tone(frequency_hz, level_db), tmp_path):
        answer = said(card, tmp_path / "data", "--seconds", "2")

    assert answer["level_dbfs_a"] == pytest.approx(reads_db, abs=0.2)
    assert answer["level_db_a"] is None
    assert "not calibrated" in str(answer["sentence"])


@pytest.mark.slow
def test_a_calibrated_microphone_reads_in_db_a_until_its_volume_is_changed(
    card: VirtualCard, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    with sounding(card, tone(1_000.0, -30.0), tmp_path):
        said(card, data, "--meter", "60", "--seconds", "2")
    with sounding(card, tone(1_000.0, -42.0), tmp_path):
        quieter = said(card, data, "--seconds", "2")
        card.pactl("set-source-volume", MICROPHONE, "50%")
        changed = said(card, data, "--seconds", "1")

    assert quieter["level_db_a"] == pytest.approx(48.0, abs=0.2)
    noise = read_room(DataFolder(data).room).noise
    assert noise is not None
    assert noise.level_db_a == quieter["level_db_a"]
    assert changed["level_db_a"] is None


@pytest.mark.slow
def test_the_microphone_is_closed_when_a_session_begins(card: VirtualCard, tmp_path: Path) -> None:
    ring = tmp_path / "ring"
    process = subprocess.Popen(
        [sys.executable, "-m", "soundscape.room.noise", "--seconds", "50", "--microphone",
         MICROPHONE, "--ends-with", str(ring)],
        env=card.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    card.until(lambda: bool(card.pactl("list", "short", "source-outputs").stdout.strip()))

    ring.symlink_to("/dev/shm/none")  # noqa: S108 -- it is nowhere
    out, _ = process.communicate(timeout=20)

    assert "A session begins" in json.loads(out)["error"]
    assert not card.pactl("list", "short", "source-outputs").stdout.strip()


OTHERS = ("soundscape-", "sem.mp-")
"""What sessions and pools of tests beside this one keep in shared memory."""


@pytest.mark.slow
def test_no_sample_is_kept_on_disk_in_a_log_or_in_the_callers_memory(
    card: VirtualCard, tmp_path: Path, short_path: Path
) -> None:
    data, sound = tmp_path / "data", canary()
    traces = traces_of(sound)
    few = traces[:: len(traces) // 40]
    before = set(os.listdir("/dev/shm"))  # noqa: PTH208, S108 -- names are enough
    with sounding(card, sound, tmp_path):
        caller = subprocess.Popen(
            command(data, "--seconds", "8"),
            env={**card.environment, "TMPDIR": str(short_path)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        card.until(lambda: bool(card.pactl("list", "short", "source-outputs").stdout.strip()))
        clock = MachineClock()
        clock.sleep(2.0)
        (listener,) = (
            int(word)
            for word in Path(f"/proc/{caller.pid}/task/{caller.pid}/children")
            .read_text("ascii")
            .split()
        )
        os.kill(listener, signal.SIGSTOP)  # else its seconds may be over before it is searched
        in_listener = is_in(memory_of(listener), traces)
        os.kill(listener, signal.SIGCONT)
        in_caller = is_in(memory_of(caller.pid), few)
        out, err = caller.communicate(timeout=30)

    assert json.loads(out)["ok"]
    assert in_listener  # else the search itself finds nothing
    assert not in_caller
    assert not any(trace in out + err for trace in traces)
    files = [path for top in (tmp_path, short_path) for path in top.rglob("*") if path.is_file()]
    assert not any(trace in path.read_bytes() for path in files for trace in traces)
    new = set(os.listdir("/dev/shm")) - before  # noqa: PTH208, S108
    assert [name for name in new if not name.startswith(OTHERS)] == []
