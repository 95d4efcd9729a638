"""How fast a library is searched, filled and looked through, and how much memory a file takes.

python -m benchmarks.library search [COUNT...]      keystrokes, the builder and others; the page
python -m benchmarks.library rescan [COUNT...]      unchanged, touched and moved files
python -m benchmarks.library workers FILE...        one worker beside two
python -m benchmarks.library memory FILE...         a worker's largest resident size per file
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.library.compared import ROOT, SIZES, compare
from benchmarks.library.page import page
from playlists.analysis.analyzer import ANALYSIS_VERSION
from playlists.analysis.pool import LimitedPool, examine_all
from playlists.library.repository import FileRecord, Library
from playlists.library.scanner import add_paths
from playlists.models import Analysis, BeatStrength, Track
from soundscape.clock import MachineClock
from soundscape.media.store import content_hash
from soundscape.units import Decibels, Lufs, Seconds

PAGE = ROOT / "docs" / "benchmarks" / "library.md"
_TYPICAL = Analysis(
    duration_s=Seconds(240.0),
    sample_rate_hz=44_100,
    channels=2,
    codec="vorbis",
    tempo_bpm=71.0,
    tempo_confidence=0.8,
    tempo_alternatives=((142.0, 0.3),),
    beat_strength=BeatStrength.CLEAR,
    energy=0.3,
    energy_curve=tuple((10.0 * step, 0.3) for step in range(24)),
    percussiveness=0.2,
    integrated_lufs=Lufs(-18.0),
    loudness_range_lu=6.0,
    true_peak_dbtp=Decibels(-1.0),
    loudness_curve=(-18.0,) * 240,
    max_rise_lu_2s=4.0,
    max_jump_lu=3.0,
    brightness_hz=900.0,
    vocal_probability=0.1,
    voice_spans=((10.0, 15.0, 0.4),),
    lead_silence_s=Seconds(0.0),
    tail_silence_s=Seconds(1.0),
    fade_in_s=Seconds(0.0),
    fade_out_s=Seconds(4.0),
    audition_s=Seconds(60.0),
    loopability=0.4,
    analysis_version=ANALYSIS_VERSION,
)


def search(counts: Sequence[str]) -> None:
    """Write the page about searches in libraries of so many tracks."""
    figures = compare(_TYPICAL, [int(count) for count in counts] or SIZES)
    print(json.dumps(figures, indent=1), flush=True)
    PAGE.with_suffix(".json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(page(figures), encoding="utf-8")


def rescan(counts: Sequence[str]) -> None:
    """Time scans of libraries of so many files whose content is known."""
    for count in counts or ("1000", "10000"):
        with tempfile.TemporaryDirectory() as folder:
            database, root = Path(folder, "library.sqlite"), Path(folder, "music")
            _fill(database, root, int(count))
            _scan(f"{count} unchanged", database, root)
            for path in root.rglob("*.flac"):
                os.utime(path)
            _scan(f"{count} touched", database, root)
            root.rename(Path(folder, "moved"))
            _scan(f"{count} moved", database, Path(folder))


def _fill(database: Path, root: Path, count: int) -> None:
    """Make small files, and a library that knows them as tracks."""
    with Library.open(database) as library, library.batch():
        for number in range(count):
            path = root / f"{number // 20}" / f"{number}.flac"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"fLaC {number}")
            status, content = path.stat(), content_hash(path)
            library.save(Track(content, path, f"title {number}", "artist", "album", _TYPICAL))
            library.remember(
                FileRecord(
                    path, status.st_size, status.st_mtime_ns, content, None, ANALYSIS_VERSION
                )
            )


def _scan(what: str, database: Path, root: Path) -> None:
    """Scan a folder, and print what came of it and the processor's time in this process."""
    before_s = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    with Library.open(database) as library, LimitedPool(os.cpu_count() or 1) as pool:
        report = add_paths(library, [root], executor=pool)
    cpu_s = resource.getrusage(resource.RUSAGE_SELF).ru_utime - before_s
    print(f"{what}: {report.seconds:.2f} s ({cpu_s:.2f} s CPU), {report}", flush=True)


def workers(files: Sequence[str]) -> None:
    """Time the analysis of files by one worker and by two, and the processor's time of both."""
    clock = MachineClock()
    for count in (1, 2, 1, 2):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        started = clock.now()
        with LimitedPool(count) as pool:
            found = list(examine_all([Path(file) for file in files], executor=pool))
        took_s = clock.now() - started
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        audio_s = sum(one.analysis.duration_s for one in found if one.analysis is not None)
        figures = {
            "workers": count,
            "files": len(found),
            "audio_min": round(audio_s / 60.0, 1),
            "wall_s": round(took_s, 2),
            "cpu_s": round(cpu_s, 2),
            "load": [round(load, 1) for load in os.getloadavg()],
        }
        print(json.dumps(figures), flush=True)


def memory(files: Sequence[str]) -> None:
    """Print the largest resident size of a process that examines one file and nothing else."""
    for file in files:
        script = (
            "import resource, sys; from pathlib import Path;"
            "from playlists.analysis.worker import examine;"
            "found = examine(Path(sys.argv[1]));"
            "peak_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss;"
            "length_s = found.analysis.duration_s if found.analysis else 0.0;"
            "print(f'{peak_kb / 1024:.0f} MB, {length_s / 3600:.2f} h, {found.reason}')"
        )
        said = subprocess.run(
            [sys.executable, "-c", script, file], check=True, capture_output=True
        )
        print(f"{file}: {said.stdout.decode().strip()}", flush=True)


if __name__ == "__main__":
    {"search": search, "rescan": rescan, "workers": workers, "memory": memory}[sys.argv[1]](
        sys.argv[2:]
    )
