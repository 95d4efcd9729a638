"""Prompts are due by the route's moments and say minutes, nothing else."""

from dataclasses import fields
from datetime import datetime, timedelta

from fakes.visits import DOSE

from playlists.routes import load_routes
from soundscape.session.phases import Anchor
from soundscape.visit.vitals import Prompt, prompts

IV = load_routes()["iv"].vitals


def minute(count: float) -> datetime:
    return DOSE + timedelta(minutes=count)


def shown(at: datetime, *taken: datetime) -> list[Prompt]:
    return list(prompts(IV, {Anchor.DOSE_START: DOSE}, taken, at))


def test_prompts_are_known_as_far_as_their_anchors_have_happened() -> None:
    after_end = prompts(IV, {Anchor.DOSE_START: DOSE, Anchor.DELIVERY_END: minute(40)}, (), DOSE)

    assert [p.due for p in shown(DOSE)] == [minute(m) for m in (-5, 5, 20, 30)]
    assert [p.due for p in after_end][4:] == [minute(m) for m in (40, 55, 70, 85, 100)]


def test_the_spray_is_asked_at_its_labels_forty_minutes() -> None:
    spray = load_routes()["intranasal"].vitals

    assert minute(40) in [p.due for p in prompts(spray, {Anchor.DOSE_START: DOSE}, (), DOSE)]


def test_an_open_prompt_says_whole_minutes() -> None:
    late = [p.late_min for p in shown(minute(7.5))]

    assert late == [12, 2, 0, 0]


def test_values_answer_all_that_was_due_and_nothing_later() -> None:
    found = shown(minute(20), minute(6))

    assert [p.taken for p in found] == [minute(6), minute(6), None, None]
    assert [p.late_min for p in found] == [0, 0, 0, 0]


def test_values_just_before_a_prompt_answer_it() -> None:
    assert shown(minute(6), minute(2))[1].taken == minute(2)
    assert shown(minute(6), minute(1.9))[1].taken is None


def test_a_prompt_holds_no_value_and_no_judgment() -> None:
    assert {f.name for f in fields(Prompt)} == {"boundary", "due", "taken", "late_min"}
