"""A therapist's walk: by commands and in the builder's window, and once more on another chair."""

import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from fakes import sounds
from fakes.previews import NotingPreview
from fakes.screens import themed
from fakes.tracks import library, with_files
from pytestqt.qtbot import QtBot

from playlists.analysis.analyzer import ANALYSIS_VERSION
from playlists.library.repository import FileRecord, Library
from playlists.models import Track
from soundscape.folders import DataFolder
from soundscape.session.plan_file import read_plan
from ui.builder.rating_dialog import RatingDialog
from ui.builder.window import BuilderWindow
from ui.builder.workshop import Workshop
from ui.commands.main import main

pytestmark = pytest.mark.slow
PATIENCE_MS = 120_000
NEW = "first tide"
"""Music that is computed, measured and rated; all other tracks are imagined, with small files."""
ASKED = ("--route", "iv", "--delivery-min", "20", "--preset", "shore", "--seed", "7")
LISTS = ("evening.m3u8", "evening.xspf", "evening.jspf")


@dataclass(frozen=True, slots=True)
class Chairs:
    """Two data folders, and a place for files.

    Attributes
    ----------
    here, there : DataFolder
        Where the work is done, and where it is brought.
    files : Path
        Plans, lists and a bundle.
    """

    here: DataFolder
    there: DataFolder
    files: Path

    def do(self, *words: str, there: bool = False) -> None:
        """Do a command on a chair; it must succeed."""
        folder = self.there if there else self.here
        assert main([*words, "--data-dir", str(folder.root)]) == 0, words

    def plan(self, name: str, *words: str, there: bool = False) -> bytes:
        """Write a plan on a chair and return its file's bytes."""
        file = self.files / name
        self.do("plan", *ASKED, *words, "--out", str(file), there=there)
        return file.read_bytes()


def imagine(folder: DataFolder, tracks: Sequence[Track]) -> None:
    """Put tracks into a library as if they had been measured."""
    with Library.open(folder.library) as known, known.batch():
        known.save(*tracks)
        for one in tracks:
            here = one.path.stat()
            facts = (one.content_hash, None, ANALYSIS_VERSION)
            known.remember(FileRecord(one.path, here.st_size, here.st_mtime_ns, *facts))


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Chairs:
    """Walk by commands as far as the bundle: import, search, rate, an arc, a preset."""
    root = tmp_path_factory.mktemp("walk")
    chairs = Chairs(DataFolder(root / "here"), DataFolder(root / "there"), root / "files")
    for folder in (root / "music", root / "small", chairs.files, chairs.here.arcs):
        folder.mkdir(parents=True)
    sounds.write(root / "music" / f"{NEW}.flac", sounds.pads(130.0))
    imagine(chairs.here, with_files(library(60), root / "small"))
    arc = 'name = "low"\ntitle = "Low"\nline = "Stays low."\ncap = 0.4\ntherapist_only = false\n'
    (chairs.here.arcs / "low.toml").write_text(arc, "utf-8")
    chairs.do("library", "add", str(root / "music"), "--workers", "1")
    rating = ("--instrumental", "yes", "--tag", "tide", "--energy", "0.3", "--licence", "ours")
    chairs.do("library", "rate", NEW, *rating)
    saved = ("--line", "Slow water.", "--where", "-energy>0.58", "--arc", "low")
    chairs.do("preset", "save", "Shore", *saved)
    return chairs


@pytest.fixture(scope="module")
def bundled(walked: Chairs) -> Chairs:
    """Bring all of it to the other chair."""
    bundle = str(walked.files / "work.zip")
    walked.do("bundle", "export", bundle, "--audio")
    walked.do("bundle", "import", bundle, "--trust", there=True)
    return walked


def test_the_same_seed_makes_the_same_plan_on_another_chair(
    bundled: Chairs, capsys: pytest.CaptureFixture[str]
) -> None:
    locks = ("--lock", f"deepen.2={NEW}")
    here = bundled.plan("here.json", *locks)
    there = bundled.plan("there.json", *locks, there=True)
    first, better = bundled.files / "here.json", bundled.files / "better.json"
    capsys.readouterr()

    bundled.do("explain", str(first), "deepen.2")
    why = capsys.readouterr().out
    bundled.plan("better.json", "--keep", str(first), "--swap", "deepen.1")
    for name in LISTS:
        bundled.do("playlist", "export", str(bundled.files / name), "--plan", str(better))
        bundled.do("playlist", "import", str(bundled.files / name), "--json", there=True)

    kept = [read_plan(path).cues for path in (first, better)]
    told = [
        json.loads(line) for line in capsys.readouterr().out.splitlines() if "resolved" in line
    ]
    assert here == there
    assert why.startswith(f"deepen.2   {NEW}: Energy 0.")
    assert sum(one.track != other.track for one, other in zip(*kept, strict=True)) == 1
    assert [one["resolved"] for one in told if "name" in one] == [len(kept[1])] * len(LISTS)


@pytest.fixture
def window(qtbot: QtBot, walked: Chairs, tmp_path: Path) -> Iterator[BuilderWindow]:
    """Open the builder on a copy of the first chair."""
    themed()
    folder = DataFolder(tmp_path / "data")
    shutil.copytree(walked.here.root, folder.root)
    window = BuilderWindow(folder, workshop=Workshop(folder), player=NotingPreview())
    window.show()
    settle(qtbot, window)
    yield window
    settle(qtbot, window)
    window.close()
    window.deleteLater()


def settle(qtbot: QtBot, window: BuilderWindow) -> None:
    """Wait for what goes on behind a window."""
    qtbot.waitUntil(lambda: not window.is_busy, timeout=PATIENCE_MS)


def ask(window: BuilderWindow) -> None:
    """Ask for a plan as the command line does, but for the seed."""
    form = window.plan.form
    form.delivery.set_value(20)
    form.preset.setCurrentIndex(form.preset.findData("shore"))
    window.plan.solve.click()


def test_the_walk_in_the_window(
    qtbot: QtBot, window: BuilderWindow, walked: Chairs, tmp_path: Path
) -> None:
    panel, plan = window.library, window.plan
    qtbot.keyClicks(panel.search, "tag:tide energy<0.35")  # type: ignore[no-untyped-call]
    settle(qtbot, window)
    found = panel.model.rowCount()
    panel.table.selectRow(0)
    panel.listen.click()
    panel.rate.click()
    (dialog,) = window.findChildren(RatingDialog)
    dialog.tags.setText(f"{dialog.tags.text()}, mood:calm")
    dialog.keep.click()
    settle(qtbot, window)
    rated = panel.selected()[0].rating.tags

    ask(window)
    settle(qtbot, window)
    window.plans.save(tmp_path / "window.json")
    settle(qtbot, window)

    assert (found, rated) == (1, frozenset({"tide", "mood:calm"}))
    assert window._player.played[0].path.endswith(f"{NEW}.flac")  # type: ignore[attr-defined]  # noqa: SLF001
    assert plan.form.chosen_arc().name == "low"
    assert (tmp_path / "window.json").read_bytes() == walked.plan("seed.json", "--seed", "1")


def test_a_plan_is_changed_by_hand_and_heard(qtbot: QtBot, window: BuilderWindow) -> None:
    ask(window)
    settle(qtbot, window)
    plan, found = window.plan, window.plan.view.blocks
    row = next(n for n, block in enumerate(found) if block.place[1] == 1)
    plan.playlist.setCurrentIndex(plan.model.index(row, 0))
    plan.place.lock.click()
    plan.playlist.setCurrentIndex(plan.model.index(row + 1, 0))
    plan.place.swap.click()
    settle(qtbot, window)
    offered, reason = window.swaps.model.rowCount(), window.swaps.chosen()

    window.swaps.take.click()
    settle(qtbot, window)
    swapped = plan.view.blocks
    plan.undo.click()

    assert offered > 1
    assert reason is not None
    assert reason.why
    assert swapped[row].locked
    assert [one.track for one in swapped][row + 1] == reason.track.content_hash
    assert [one.track for one in plan.view.blocks] == [one.track for one in found]
