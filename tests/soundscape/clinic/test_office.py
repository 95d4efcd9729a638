"""What every act shares: a name for each thing that says nothing, and one kind of line."""

from fakes.clinic import Staffed

from soundscape.clinic.office import new_id
from soundscape.clinic.roles import CONSOLE, Role


def test_identifiers_say_nothing_and_do_not_come_twice() -> None:
    made = {new_id() for _ in range(1000)}

    assert len(made) == 1000
    assert {len(each) for each in made} == {16}


def test_an_act_that_fails_leaves_neither_a_row_nor_a_line(staffed: Staffed) -> None:
    nurse = staffed.actors[Role.STAFF]
    visit = staffed.clinic.visits.begin(nurse, "Blue", "iv")
    before = staffed.clinic.audit.head()

    for facts in ({"text": float("nan")}, {"text": object()}):
        try:
            staffed.clinic.visits.append(visit, "note", facts, nurse)
        except (TypeError, ValueError):
            continue

    assert staffed.clinic.audit.head() == before
    assert staffed.clinic.visits.entries(visit, nurse) == ()
    assert staffed.clinic.audit.verify(CONSOLE).ok
