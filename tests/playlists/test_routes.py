"""The shipped routes say what the design says, and a faulty file is refused with its field."""

from itertools import pairwise
from pathlib import Path

import pytest

from playlists.routes import LONGEST_FADE_SHARE, Route, load_routes, read_route, with_delivery
from soundscape.errors import InvalidPlanError
from soundscape.home import home
from soundscape.session.phases import Anchor, nominal_spans
from soundscape.units import Seconds

ROUTES = load_routes()
IV = home() / "assets" / "routes" / "iv.toml"


@pytest.fixture(params=ROUTES.values(), ids=list(ROUTES))
def route(request: pytest.FixtureRequest) -> Route:
    found: Route = request.param
    return found


def minutes(route: Route) -> list[float]:
    spans = nominal_spans(route.phases, route.delivery_s)
    dose_s = -route.phases[0].start.offset_s
    return [(end_s - dose_s) / 60.0 for _, end_s in spans]


@pytest.mark.parametrize(
    ("name", "ends_min"),
    [
        ("iv", [0, 12, 35, 55, 75, 100]),
        ("im", [0, 5, 30, 50, 70, 120]),
        ("intranasal", [0, 10, 25, 50, 75, 100, 130]),
        ("sublingual", [0, 7, 20, 60, 90, 120, 150]),
    ],
)
def test_phases_end_at_the_minutes_of_the_design(name: str, ends_min: list[float]) -> None:
    assert minutes(ROUTES[name]) == ends_min


@pytest.mark.parametrize(
    ("name", "anchors"),
    [
        ("iv", {Anchor.DOSE_START, Anchor.DELIVERY_END}),
        ("im", {Anchor.DOSE_START}),
        ("intranasal", {Anchor.DOSE_START, Anchor.LAST_DEVICE}),
        ("sublingual", {Anchor.DOSE_START, Anchor.DELIVERY_END}),
    ],
)
def test_a_route_names_the_anchors_it_needs(name: str, anchors: set[Anchor]) -> None:
    assert ROUTES[name].anchors == anchors


def test_energy_is_one_line_under_the_default_cap(route: Route) -> None:
    joins = [
        (before.energy[-1][1], after.energy[0][1]) for before, after in pairwise(route.phases)
    ]

    assert all(before == after for before, after in joins)
    assert max(energy for phase in route.phases for _, energy in phase.energy) <= 0.5


def test_the_patient_sees_black_and_the_light_never_steps(route: Route) -> None:
    for before, after in pairwise(route.phases):
        assert before.scene.screen[1] == after.scene.screen[0]
        assert before.scene.lights[1] == after.scene.lights[0]
    dark = [phase.scene.screen for phase in route.phases if phase.name in {"deepen", "return"}]
    assert dark == [(0.0, 0.0), (0.0, 0.0)]


def test_every_delivery_in_range_gives_phases_that_join_with_short_fades(route: Route) -> None:
    for delivery_s in route.delivery_range_s:
        changed = with_delivery(route, delivery_s)
        spans = nominal_spans(changed.phases, delivery_s)
        lengths_s = [end_s - start_s for start_s, end_s in spans]

        assert all(length_s > 0.0 for length_s in lengths_s)
        assert all(before[1] == after[0] for before, after in pairwise(spans))
        for index in range(1, len(lengths_s)):
            shorter_s = min(lengths_s[index - 1], lengths_s[index])
            assert changed.phases[index].fade_s <= LONGEST_FADE_SHARE * shorter_s + 1e-9


def test_a_short_infusion_shortens_the_fade_into_return() -> None:
    changed = with_delivery(ROUTES["iv"], Seconds(20 * 60.0))

    assert changed.phases[3].fade_s == pytest.approx(0.15 * 3 * 60.0)


@pytest.mark.parametrize(
    ("name", "delivery_min"),
    [("iv", 19.9), ("iv", 181.0), ("iv", float("nan")), ("im", 5.0), ("sublingual", 6.0)],
)
def test_a_delivery_out_of_range_is_refused(name: str, delivery_min: float) -> None:
    with pytest.raises(InvalidPlanError, match="minutes for"):
        with_delivery(ROUTES[name], Seconds(60.0 * delivery_min))


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('start = ["dose_start", 12]', 'start = ["dose_start", 13]', "phases[2].start"),
        ("energy = [[0.00, 0.15], [1.00, 0.30]]", "energy = [[0, 0.16], [1, 0.3]]", "phases[1]"),
        ("[1.00, 0.50]]", "[1.00, 1.50]]", "phases[2].energy[1][1]"),
        ("[0.25, 0.30], ", "[0.25, 0.30], [0.20, 0.30], ", "phases[3].energy"),
        ('"delivery_end", -5]', '"pump_end", -5]', "phases[2].end[0]"),
        ("fade_s = 10", "fade_s = 200", "phases[0].fade_s"),
        ("fade_s = 10", "fade_ms = 10", "phases[0].fade_s"),
        ("fade_s = 10", "fade_s = 10\nshade = 1", "phases[0].shade"),
        ("holds = true", 'holds = "yes"', "phases[0].holds"),
        ('name = "rise"', 'name = "lift"', "phases[1].name"),
        ("delivery_min = 40", "delivery_min = 400", "delivery_min"),
        ('["dose_start", 5]', '["dose_start", nan]', "vitals[1][1]"),
        ('["dose_start", 5]', "5", "vitals[1]"),
        ('["dose_start", -15]', '["delivery_end", -15]', "phases[0].start"),
        ("[20, 180]", "[10, 180]", "phases[2].end"),
        ("level_lu = [0, 1]", "level_lu = [0, 1, 2]", "phases[2].level_lu"),
        ('title = "IV infusion"', 'title = ""', "title"),
        ('title = "IV infusion"', "title = [", "iv.toml"),
    ],
)
def test_a_faulty_route_is_refused_and_the_field_named(
    tmp_path: Path, old: str, new: str, where: str
) -> None:
    text = IV.read_text(encoding="utf-8")
    assert old in text
    faulty = tmp_path / "iv.toml"
    faulty.write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(InvalidPlanError) as refusal:
        read_route(faulty)

    assert where in refusal.value.where


def test_a_route_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidPlanError, match="cannot be read"):
        read_route(tmp_path / "none.toml")


def test_every_phase_says_where_its_numbers_come_from(route: Route) -> None:
    assert all(len(phase.source) > 10 for phase in route.phases)
    assert route.vitals
