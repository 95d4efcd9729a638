"""What a visit knows of its session agrees with the record, and with what staff told since."""

from contextlib import closing
from pathlib import Path

import pytest
from fakes.clinic import staff_a_clinic
from fakes.clock import FakeClock
from fakes.plans import data_folder, short_plan

from soundscape.clinic.roles import Role
from soundscape.session.files import Terms, arm
from soundscape.session.journal import Journal
from soundscape.session.phases import Anchor
from soundscape.units import frames_in
from soundscape.visit.entries import EntryKind, Item
from ui.care.records import Records
from ui.care.steady import SteadyClock

TOLD_LATER = "2026-01-01T00:30:00+00:00"


@pytest.mark.parametrize(
    ("last", "is_kept"), [("session_ended", True), ("soften", False)], ids=["over", "running"]
)
def test_what_is_told_after_a_session_stays_and_during_it_the_record_knows_better(
    tmp_path: Path, last: str, *, is_kept: bool
) -> None:
    folder, clock = data_folder(tmp_path), FakeClock(1000.0)
    nurse = staff_a_clinic(folder.root)[Role.STAFF]
    terms = Terms("null", 1.0, attended=True)
    armed = arm(folder, short_plan(folder, unit_s=2.0), (), terms, clock)
    with closing(Journal(armed.folder, clock)) as journal:
        for at_s, event in ((0.0, "session_started"), (2.0, "dose_start"), (9.0, last)):
            journal.add(frames_in(at_s), event)
    records = Records(folder, SteadyClock(clock))
    visit = records.begin(nurse, "M-14", "iv").id
    missing = [str(item) for item in Item]
    unready = {"gate": "start", "items": missing, "name": "Nora", "reason": "a test"}
    records.tell(nurse, visit, EntryKind.OVERRIDE, unready)
    records.link(nurse, visit, armed.session)
    facts = {"anchor": "delivery_end", "at": TOLD_LATER}
    told = records.tell(nurse, visit, EntryKind.ANCHOR, facts).case

    kept = records.keep_anchors(nurse, told)

    assert Anchor.DOSE_START in kept.visit.anchors
    assert (Anchor.DELIVERY_END in kept.visit.anchors) is is_kept
