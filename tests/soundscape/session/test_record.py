"""Reading a record at a second that it does not hold is refused in words."""

import math

import pytest
from fakes.plans import data_folder, short_plan

from soundscape.errors import SessionError
from soundscape.session.files import Armed, Terms
from soundscape.session.journal import Entry
from soundscape.session.record import reconstruct
from soundscape.units import Seconds, frames_in


@pytest.fixture(scope="module")
def armed(tmp_path_factory: pytest.TempPathFactory) -> Armed:
    folder = tmp_path_factory.mktemp("chair")
    plan = short_plan(data_folder(folder))
    return Armed("s", folder, plan, (), Terms(device="null", scale=1.0, attended=True))


@pytest.mark.parametrize("at_s", [-1.0, 11.0, 1e12, math.inf, -math.inf, math.nan])
def test_a_second_outside_the_record_is_refused(armed: Armed, at_s: float) -> None:
    entries = [
        Entry(1, frames_in(0.0), "", "session_started", {}),
        Entry(2, frames_in(10.0), "", "session_ended", {}),
    ]

    with pytest.raises(SessionError, match=r"goes from 0 to 10\.0 s"):
        reconstruct(armed, entries, Seconds(at_s))


def test_a_second_within_the_record_names_its_phase(armed: Armed) -> None:
    entries = [
        Entry(1, frames_in(0.0), "", "session_started", {}),
        Entry(2, frames_in(10.0), "", "call", {}),
    ]

    found = reconstruct(armed, entries, Seconds(5.0))

    assert (found["t_s"], found["phase"]) == (5.0, str(armed.plan.phases[0].name))
    assert found.keys() == {"t_s", "phase", "sounding", "light", "screen"}
