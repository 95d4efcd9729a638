"""What the desk asks of its chair: its music, the patient's choice, a session to begin.

Everything here may take long and is called in a background task; no widget is touched. The
module itself is imported there, because what it needs takes seconds to load.
"""

import json
import shutil
from collections.abc import Mapping, Sequence
from typing import Any

from playlists.library.repository import Library
from playlists.presets import load_presets
from soundscape.clinic.checks import records
from soundscape.clinic.service import Clinic
from soundscape.clock import Clock
from soundscape.engine.sinks import Sink, list_sinks
from soundscape.errors import ClinicError, LibraryError
from soundscape.folders import DataFolder
from soundscape.session import preflight
from soundscape.session.client import (
    end_interrupted,
    interrupted_session,
    resume_session,
    start_session,
)
from soundscape.session.journal import read_journal
from soundscape.session.plan_file import write_plan
from soundscape.settings import write_settings
from ui.desk.wishes import ChairState, Wish, chosen_headphones
from ui.program import run_command
from ui.tasks import Report
from ui.words import _

MOST_REASONS = 1
RECORDS_LOOK_S = 600.0
"""Every entry of the records is looked at, so not each time the desk looks at its chair."""
_BYTES_IN_GB = 1e9
_STAMP_CHARS = len("20260101t000000")


class Chair:
    """One treatment chair, known by its data folder."""

    def __init__(self, folder: DataFolder, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock
        self._sleep: preflight.Check | None = None
        self._records: tuple[preflight.Check, ...] = ()
        self._records_at = -RECORDS_LOOK_S

    def state(self) -> ChairState:
        """Return how the chair stands."""
        root = self._folder.root
        said = self._said()
        tracks, fault = self._music()
        there = next(path for path in (root, *root.parents) if path.is_dir())
        return ChairState(
            tracks=tracks,
            free_gb=shutil.disk_usage(there).free / _BYTES_IN_GB,
            choice=self._choice(said),
            sinks=list_sinks(),
            headphones=chosen_headphones(self._folder),
            interrupted=self._interrupted(),
            checks=(*fault, *self._checks()),
            staffed=self._is_staffed(),
            intention=str(said.get("intention", "")),
        )

    def begin(self, wish: Wish, report: Report) -> str:
        """Compile a plan, keep it, start its session; return the session's name.

        Raises
        ------
        LibraryError
            If the library cannot fill the plan; the message says what is missing.
        """
        # Only here: the solver takes a while to load, and a desk may look on for hours.
        from playlists.compiler import PlanRequest, make_plan  # noqa: PLC0415

        report(_("Choosing the music"))
        preset = load_presets(self._folder)[wish.preset]
        request = PlanRequest(
            route=wish.route,
            delivery_s=wish.delivery_s,
            arc=preset.arc,
            preset=preset.name,
            avoid=frozenset(),
            seed=wish.seed,
        )
        with Library.open(self._folder.library) as library:
            solution = make_plan(request, library.stock(), self._folder)
        if solution.plan is None:
            raise LibraryError(_lacking(solution.proof.missing))
        report(_("Starting the sound"))
        moment = "".join(c for c in self._clock.wall_time()[:19] if c.isalnum())
        path = self._folder.plans / f"{moment}-{wish.route}-{wish.preset}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        write_plan(path, solution.plan, solution.proof.to_json())
        self.remember(wish.headphones)
        return start_session(self._folder, path, device=wish.headphones.name)

    def resume(self, report: Report) -> None:
        """Let the session that was cut off go on where it was."""
        report(_("Starting the sound"))
        armed = interrupted_session(self._folder)
        if armed is not None:
            resume_session(self._folder, armed)

    def end_interrupted(self) -> None:
        """Close the record of the session that was cut off."""
        armed = interrupted_session(self._folder)
        if armed is not None:
            end_interrupted(self._folder, armed)

    def remember(self, headphones: Sink) -> None:
        """Keep the choice of the headphones in the chair's settings."""
        choice = {"device": headphones.name, "device_title": headphones.title}
        write_settings(self._folder.settings, choice)

    def play_sides(self, headphones: Sink) -> None:
        """Play a tone left, then right, where a session would be heard."""
        from soundscape.session.sides import play_sides  # noqa: PLC0415 -- as in begin

        play_sides(self._folder, headphones.name, self._clock)

    def fill(self, report: Report) -> int:
        """Make the starter library and add it; return how many tracks there are."""
        report(_("Making the starter sounds. This takes a few minutes."))
        run_command(self._folder, "starter")
        return self._tracks()

    def anchor(self, session: str) -> None:
        """Keep where a session's record ends in the audit."""
        with Clinic.open(self._folder, self._clock) as clinic:
            clinic.audit.anchor(session)

    def _is_staffed(self) -> bool:
        """Return whether anybody signs in here; records that do not open keep nobody waiting."""
        if not self._folder.clinic.is_file():
            return False
        try:
            with Clinic.open(self._folder, self._clock) as clinic:
                return bool(clinic.people.names())
        except (ClinicError, OSError):
            return False  # the checks say what is wrong

    def _checks(self) -> tuple[preflight.Check, ...]:
        if self._sleep is None:  # asked once: it starts a program, and does not change
            self._sleep = preflight.sleep()
        now = self._clock.now()
        if now - self._records_at >= RECORDS_LOOK_S:
            self._records, self._records_at = records(self._folder, self._clock), now
        time = preflight.time(self._clock)
        return (preflight.power(), self._sleep, preflight.notifications(), time, *self._records)

    def _interrupted(self) -> str:
        armed = interrupted_session(self._folder)
        if armed is None:
            return ""
        # Only here: it loads the renderer, and sessions are seldom interrupted.
        from soundscape.session.remains import heard  # noqa: PLC0415
        from soundscape.session.restart import interruption  # noqa: PLC0415

        sentence = interruption(armed, read_journal(armed.folder))
        return f"{sentence} {heard(self._folder.runtime)}"

    def _music(self) -> tuple[int, tuple[preflight.Check, ...]]:
        """Return how many tracks there are, and why where the library does not open.

        The rest of the chair is seen all the same: a session may need no music.
        """
        try:
            return self._tracks(), ()
        except LibraryError as error:
            return 0, (preflight.Check("library", ok=False, detail=str(error)),)

    def _tracks(self) -> int:
        if not self._folder.library.is_file():
            return 0
        with Library.open(self._folder.library) as library:
            return library.count()

    def _said(self) -> dict[str, Any]:
        """Return what the patient's own window has left in ``choice.json`` for the next session.

        What was there when the last session began was said by the patient before.
        """
        try:
            said = json.loads((self._folder.root / "choice.json").read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        if not isinstance(said, dict):
            return {}
        at = "".join(c for c in str(said.get("wall_time", ""))[:19] if c.isalnum()).lower()
        # Sessions are named by the time they were armed.
        begun = max((path.name for path in self._folder.sessions.glob("*")), default="")
        return {} if begun[:_STAMP_CHARS] > at else said

    def _choice(self, said: Mapping[str, Any]) -> str:
        name = said.get("preset")
        return name if isinstance(name, str) and name in load_presets(self._folder) else ""


def _lacking(missing: Sequence[str]) -> str:
    """Return what is missing, as much of it as can be read at a glance."""
    more = _("The builder shows what else is missing.") if len(missing) > MOST_REASONS else ""
    return " ".join(filter(None, (*missing[:MOST_REASONS], more)))
