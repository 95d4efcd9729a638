"""Rules come from the shipped numbers and the clinic's; what restricts is never shortened."""

from pathlib import Path

import pytest

from playlists.routes import load_routes
from soundscape.errors import InvalidPlanError
from soundscape.visit.rules import RANGES, load_rules, rules_from_json, sources


def clinic(folder: Path, text: str) -> Path:
    path = folder / "visit.toml"
    path.write_text(text, "utf-8")
    return path


def test_every_route_has_rules_and_every_number_a_source() -> None:
    rules = load_rules()

    assert rules.keys() == load_routes().keys()
    for route, found in sources().items():
        assert found.keys() >= RANGES.keys() | {"any_liquid", "restrict_slept", "end"}, route
        assert all(text.strip() for text in found.values())


def test_the_end_of_delivery_is_an_anchor_that_the_route_sets() -> None:
    routes = load_routes()

    assert all(rules.end in routes[name].anchors for name, rules in load_rules().items())


def test_recovery_reaches_the_end_of_the_routes_last_phase_or_beyond() -> None:
    for name, route in load_routes().items():
        last, rules = route.phases[-1].end, load_rules()[name]

        assert last.anchor is rules.end
        assert last.offset_s <= 60.0 * rules.recovery_min


def test_a_clinic_makes_a_restriction_longer(tmp_path: Path) -> None:
    path = clinic(tmp_path, "[rules.iv]\nfood_min_h = 5\nrecovery_min = 90\nrestrict_h = 24\n")

    rules = load_rules(path)["iv"]

    assert (rules.food_min_h, rules.recovery_min, rules.restrict_h) == (5.0, 90.0, 24.0)
    assert load_rules(path)["im"] == load_rules()["im"]


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("food_min_h = 3.9", "food_min_h"),
        ("food_met_h = 5", "food_met_h"),
        ("liquids_min_h = 1", "liquids_min_h"),
        ("recovery_min = 59", "recovery_min"),
        ("extended_min = 30", "extended_min"),
        ("mandatory = ['food']", "mandatory"),
        ("mandatory = ['food', 'shoes']", "mandatory"),
        ("recovery_min = '60'", "recovery_min"),
        ("recovery_min = 721", "recovery_min"),
        ("follow_up_to_h = 24", "follow_up_to_h"),
        ("food_min_h = 7", "food_met_h"),
        ("recovry_min = 90", "recovry_min"),
        ("end = 'dose_start'", "end"),
    ],
)
def test_a_faulty_or_shorter_number_is_refused_by_its_name(
    tmp_path: Path, line: str, field: str
) -> None:
    path = clinic(tmp_path, f"[rules.iv]\n{line}\n")

    with pytest.raises(InvalidPlanError, match=rf"rules\.iv\.{field}"):
        load_rules(path)


@pytest.mark.parametrize("line", ["any_liquid = false", "restrict_slept = false"])
def test_what_a_label_asks_cannot_be_taken_back(tmp_path: Path, line: str) -> None:
    path = clinic(tmp_path, f"[rules.intranasal]\n{line}\n")

    with pytest.raises(InvalidPlanError, match="cannot be taken back"):
        load_rules(path)


@pytest.mark.parametrize(
    "text", ["[rules.oral]\nfood_min_h = 9\n", "[rule.iv]\nx = 1\n", "rules = 3\n", "[rules"]
)
def test_a_file_that_says_something_else_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InvalidPlanError):
        load_rules(clinic(tmp_path, text))


@pytest.mark.parametrize("route", list(load_rules()))
def test_rules_survive_being_kept(route: str) -> None:
    rules = load_rules()[route]

    assert rules_from_json(rules.to_json()) == rules
