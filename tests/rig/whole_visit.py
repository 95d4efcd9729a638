"""A whole visit through the windows, as staff would take it; run where there is no network.

    python -m rig.whole_visit FOLDER

leaves in FOLDER the clinic's data, a backup, a second chair restored from it, what staff saved,
and a picture of each window; it ends with an error where anything is not as it should be.
"""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import soundfile
from fakes.screens import click, themed
from fakes.tracks import library
from PyQt6.QtWidgets import QApplication, QWidget

from playlists.library.repository import Library
from soundscape.clock import MachineClock
from soundscape.engine.endpoints import NULL_DEVICE
from soundscape.engine.sinks import Sink
from soundscape.folders import DataFolder
from soundscape.media.store import content_hash
from soundscape.media.writer import write_audio
from soundscape.units import Seconds
from soundscape.visit.entries import Item
from ui.care.at_desk import AtDesk
from ui.care.checklist_page import ChecklistPage
from ui.care.recovery_page import RecoveryPage
from ui.desk.chair import Chair
from ui.desk.window import DeskWindow
from ui.desk.wishes import ChairState
from ui.first_run.people_step import PeopleStep
from ui.first_run.window import FirstRunWindow
from ui.widgets.choices import TickButton
from ui.widgets.hold_button import HoldButton

PATIENCE_S = 120.0
TRACKS = 60
FILE_RATE_HZ = 8000
HEADPHONES = Sink(NULL_DEVICE, "No sound, a rehearsal")
PIN = "924713"
CANARIES = {
    "staff": "Canary-Nora",
    "alias": "canary-alias",
    "prescriber": "canary-prescriber",
    "escort": "canary-escort",
    "phone": "canary-phone",
    "intention": "canary-intention",
    "note": "canary-note",
    "values": "canary-values",
    "decides": "canary-decides",
    "reason": "canary-reason",
}
"""What is typed, each into its own field."""


class LeapingClock(MachineClock):
    """The machine's clock, which can be told that time has passed."""

    def __init__(self) -> None:
        self._leapt_s = 0.0

    def leap(self, by_s: float) -> None:
        """Let time pass at once."""
        self._leapt_s += by_s

    def now(self) -> Seconds:
        """Return seconds since an unspecified origin."""
        return Seconds(super().now() + self._leapt_s)

    def wall_time(self) -> str:
        """Return the wall clock in UTC."""
        wall = datetime.fromisoformat(super().wall_time()) + timedelta(seconds=self._leapt_s)
        return wall.astimezone(UTC).isoformat(timespec="milliseconds")


class RehearsalChair(Chair):
    """A chair without a sound card."""

    def state(self) -> ChairState:
        """Return how the chair stands, with an output that goes nowhere."""
        return replace(super().state(), sinks=(HEADPHONES,), headphones=HEADPHONES)


class Visit:
    """Whoever goes through the windows.

    Parameters
    ----------
    root : Path
        Where everything is left.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = DataFolder(root / "data")
        self.out = root / "out"
        self.out.mkdir()
        self.clock = LeapingClock()
        self.desk: DeskWindow
        self._pictures = 0

    @property
    def at(self) -> AtDesk:
        """The visit's part of the desk."""
        assert self.desk.care is not None
        return self.desk.care

    def until(self, condition: Callable[[], bool], what: str) -> None:
        """Return once something holds; fail if it does not in time."""
        clock = MachineClock()
        begun_s = clock.now()
        while not condition():
            QApplication.processEvents()
            assert clock.now() - begun_s < PATIENCE_S, f"this did not happen: {what}"
            clock.sleep(0.02)

    def idle(self) -> None:
        """Wait until all that was asked for is kept."""
        self.until(lambda: not self.at.care.is_busy, "what was asked for is kept")

    def picture(self, window: QWidget, name: str) -> None:
        """Keep what a window looks like."""
        QApplication.processEvents()
        self._pictures += 1
        assert window.grab().save(str(self.root / f"{self._pictures:02d} {name}.png"))

    def hold(self, button: HoldButton) -> None:
        """Hold a button for as long as it takes."""
        assert button.isEnabled(), f"'{button.text()}' cannot be held"
        button.pressed.emit()
        button.setDown(True)
        self.clock.leap(1.3)
        button.follow()
        button.setDown(False)
        button.released.emit()

    def command(self, *words: str, folder: DataFolder | None = None) -> str:
        """Run a command of the program and return what it prints."""
        where = ("--data-dir", str((folder or self.folder).root))
        done = subprocess.run(
            [sys.executable, "-m", "soundscape", *words, *where],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{words}: {done.stderr}"
        return done.stdout

    def first_run(self) -> None:
        """Name whoever works here, and pass over the other steps."""
        window = FirstRunWindow(self.folder, clock=self.clock)
        window.show()
        over: list[bool] = []
        window.finished.connect(lambda: over.append(True))
        while not over:
            step = window.step
            if isinstance(step, PeopleStep):
                step.form.name.setText(CANARIES["staff"])
                step.form.role.choose("staff")
                step.form.pins.pin.setText(PIN)
                step.form.pins.again.setText(PIN)
                click(step.form.keep)
                self.until(lambda: bool(step.says.text()), "somebody may sign in")  # noqa: B023
                self.picture(window, "first run")
            click(window.next)
        window.close()

    def music(self) -> None:
        """Fill the library with an afternoon of quiet tones."""
        self.folder.starter.mkdir(parents=True)
        noise = np.random.default_rng(1).normal(0.0, 0.02, (48_000 * 25, 2)).astype(np.float32)
        write_audio(self.folder.starter / "bed.flac", [noise])
        (self.root / "music").mkdir()
        with Library.open(self.folder.library) as kept:
            for number, one in enumerate(library(TRACKS)):
                path = self.root / "music" / f"{number}.flac"
                frames = np.arange(round(one.analysis.duration_s * FILE_RATE_HZ))
                tone = 0.05 * np.sin(2 * np.pi * (110.0 + 5.0 * number) * frames / FILE_RATE_HZ)
                soundfile.write(path, tone.astype(np.float32), FILE_RATE_HZ)
                kept.save(replace(one, path=path, content_hash=content_hash(path)))

    def open_desk(self) -> None:
        """Open the desk, which knows that somebody works here."""
        chair = RehearsalChair(self.folder, self.clock)
        self.desk = DeskWindow(self.folder, chair=chair, clock=self.clock)
        self.desk.show()
        self.until(lambda: self.desk.care is not None, "the desk knows of its people")
        self.until(lambda: bool(self.at.care.names), "the desk knows who they are")
        self.until(self.desk.start.begin.isEnabled, "a session can begin")
        self.picture(self.desk, "start")

    def sign_in(self) -> None:
        """Sign in by touches."""
        self.idle()
        page = self.at.view.sign_in
        assert page.names is not None
        click(page.names.buttons[CANARIES["staff"]])
        for key in f"{PIN}>":
            click(page.keys.keys[key])
        self.until(lambda: self.at.care.signed is not None, "somebody signed in")
        self.idle()

    def prepare(self) -> None:
        """Go through the checklist; one thing stays open, and somebody decides."""
        click(self.desk.start.tiles["ember"])
        click(self.at.start_bar.buttons["checklist"])
        self.picture(self.desk, "sign in")
        self.sign_in()
        self.at.view.opening.alias.setText(CANARIES["alias"])
        click(self.at.view.opening.open)
        self.idle()
        page = self.at.view.checklist
        assert page is not None
        self._answer(page)
        self.idle()
        assert page.sum.text() == "1 thing is open", page.sum.text()
        self.picture(self.desk, "checklist")
        page.override.name.setText(CANARIES["decides"])
        page.override.reason.setText(CANARIES["reason"])
        self.hold(page.override.button)
        self.idle()
        click(page.done)

    def _answer(self, page: ChecklistPage) -> None:
        """Answer everything but whether calling was tried."""
        fields = {item: row.field for item, row in page.rows.items()}
        for item, hours in ((Item.FOOD, 7), (Item.LIQUIDS, 3), (Item.BLADDER, 0)):
            moment = fields[item].moment  # type: ignore[attr-defined]
            for _press in range(4 * hours):
                moment.move_by(-1)
            click(moment.present) if not hours else None
            moment.settle()
        review = fields[Item.MEDICATIONS]
        review.name.setText(CANARIES["prescriber"])  # type: ignore[attr-defined]
        click(review.moment.present)  # type: ignore[attr-defined]
        review.moment.settle()  # type: ignore[attr-defined]
        escort = fields[Item.ESCORT]
        escort.name.setText(CANARIES["escort"])  # type: ignore[attr-defined]
        escort.phone.setText(CANARIES["phone"])  # type: ignore[attr-defined]
        click(escort.choice.buttons["adult_driver"])  # type: ignore[attr-defined]
        intention = fields[Item.INTENTION]
        click(intention.choice.buttons["shared"])  # type: ignore[attr-defined]
        intention.text.setText(CANARIES["intention"])  # type: ignore[attr-defined]
        intention.text.editingFinished.emit()  # type: ignore[attr-defined]
        for item in (Item.STORED, Item.CONSENT_MUSIC, Item.CONSENT_MASK, Item.CONSENT_LIGHTS):
            click(fields[item].findChildren(TickButton)[0])

    def session(self) -> str:
        """Begin a session, tell it what happens, and stop it; return its identifier."""
        self.until(self.desk.start.begin.isEnabled, "a session can begin")
        self.hold(self.desk.start.begin)
        self.until(lambda: self.desk.is_live, "the session is shown")
        self.until(lambda: self.at.care.underway is not None, "the visit has its session")
        anchors = self.desk.live.anchors.buttons()
        for name in ("dose_start", "delivery_end"):
            button = next(b for b in anchors if b.event_name() == name)
            self.until(button.isEnabled, f"{name} can be told")
            click(button)
            self.until(lambda name=name: self._has_anchor(name), f"the visit knows {name}")  # type: ignore[misc]
        click(self.desk.live.marks.buttons()[1])
        self.idle()
        self.picture(self.desk, "session")
        click(self.at.live_bar.visit)
        page = self.recovery
        page.notes.note.setText(CANARIES["note"])
        click(page.notes.keep_note)
        page.notes.values.setText(CANARIES["values"])
        click(page.notes.keep_values)
        self.until(lambda: not page.notes.values.text(), "what was typed is kept")
        click(page.back)
        self.desk.live.asked.emit("stop", {})
        self.until(self.desk.live.over.isVisible, "the session has ended")
        case = self.at.care.underway
        assert case is not None
        return case.visit.session

    @property
    def recovery(self) -> RecoveryPage:
        """The page of the visit."""
        assert self.at.view.recovery is not None
        return self.at.view.recovery

    def _has_anchor(self, name: str) -> bool:
        case = self.at.care.underway
        return case is not None and name in {str(anchor) for anchor in case.visit.anchors}

    def go_home(self) -> None:
        """Wait for the hour, which locks the desk; then discharge, with the sheet."""
        click(self.at.live_bar.visit)
        page = self.recovery
        assert not page.gate.go.isEnabled()
        self.clock.leap(3600.0)
        self.at.care.tick()
        assert self.at.care.signed is None, "the desk was not locked"
        click(self.at.live_bar.lock)
        self.sign_in()
        click(self.at.live_bar.visit)
        page = self.recovery
        click(page.effects.choices[next(iter(page.effects.choices))].buttons["mild"])
        click(page.sound.liked.buttons["good"])
        click(page.gate.here)
        self.idle()
        page.follow()
        click(page.home.show_)
        self.until(page.home.preview.isVisible, "the sheet is shown")
        self.picture(self.desk, "recovery")
        self.hold(page.gate.go)
        self.idle()
        assert page.gate.left.text() == "Discharged.", self.at.view.notice.text()
        for name, button in (("sheet.pdf", page.home.save), ("follow.ics", page.home.calendar)):
            page.home.where = lambda _name, name=name: self.out / name  # type: ignore[misc]
            click(button)
            self.until((self.out / name).is_file, f"{name} is saved")
        self.idle()
        self.at.start_bar.asked.emit("list")
        self.idle()
        assert len(self.at.view.dues.rows) == 1
        self.picture(self.desk, "care list")

    def keep(self, session: str) -> None:
        """Export the record, back everything up, restore it elsewhere, and compare."""
        second = DataFolder(self.root / "second")
        backup = self.root / "clinic.backup"
        records = []
        self._export(session, self.folder, "record.json")
        self.command("backup", str(backup))
        self.command("restore", str(backup), folder=second)
        for folder, name in ((self.folder, "record.json"), (second, "restored.json")):
            self._export(session, folder, name)
            record = json.loads((self.out / name).read_text("utf-8"))
            del record["audit"]  # the second chair's goes on by itself
            records.append(record)
            assert json.loads(self.command("audit", "verify", "--json", folder=folder))["ok"]
        assert records[0] == records[1], "the restored record is another"
        kinds = {entry["kind"] for entry in records[0]["visit"]["entries"]}
        assert {"override", "started", "note", "vitals", "effect", "sound", "discharged"} <= kinds
        assert records[0]["visit"]["refused"] == []
        self.command("export", session, "--format", "csv", "--out", str(self.out / "record.csv"))

    def _export(self, session: str, folder: DataFolder, name: str) -> None:
        out = str(self.out / name)
        self.command("export", session, "--format", "json", "--out", out, folder=folder)


def interfaces_up() -> list[str]:
    """Return the network's interfaces that are here, but for the loopback."""
    return [name for _index, name in socket.if_nameindex() if name != "lo"]


def main() -> None:
    """Take the visit from the first run to the restored record."""
    assert interfaces_up() == [], f"there is a network here: {interfaces_up()}"
    app = QApplication(sys.argv[:1])
    themed()
    visit = Visit(Path(sys.argv[1]))
    visit.first_run()
    visit.music()
    visit.open_desk()
    visit.prepare()
    session = visit.session()
    visit.go_home()
    visit.keep(session)
    visit.desk.close()
    app.processEvents()
    sys.stdout.write(session + "\n")
    sys.stdout.flush()
    os._exit(0)  # no thread of a window is waited for


if __name__ == "__main__":
    main()
