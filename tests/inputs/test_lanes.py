"""Who may send to whom. Distances in the small workbook: alder and birch lie on the 40th parallel a degree apart."""

import math
from pathlib import Path

import numpy as np
import pytest

from inputs.lanes import EARTH_RADIUS_KM, great_circle
from models.records import Lane
from tests.inputs.workbooks import only_problem, problems, read
from tests.small_workbook import Tables, find_row, set_setting, small_tables

# Haversine along a parallel: sin(d / 2R) = cos(latitude) x sin(half the difference in longitude).
ALDER_BIRCH = 2 * EARTH_RADIUS_KM * math.asin(math.cos(math.radians(40)) * math.sin(math.radians(0.5)))


def ends(tmp_path: Path, tables: Tables, variant: str = "both", good: str = "food") -> set[tuple[str, str]]:
    """Lanes of a good beyond the own county."""
    found = read(tmp_path, tables).instance(variant).lanes
    return {(origin, end) for origin, end, sent in found if sent == good and origin != end}


def with_rule(rule: str, radius: float | None = None) -> Tables:
    tables = small_tables()
    find_row(tables, "Scales", scale="provincial").update(lanes=rule, radius=radius)
    return tables


def test_great_circle() -> None:
    # A quarter of a meridian is a quarter of the sphere's circumference; the antipode is half of it.
    found = great_circle(np.array([0.0, 90.0, 0.0]), np.array([0.0, 0.0, 180.0]))
    quarter = EARTH_RADIUS_KM * math.pi / 2
    assert found == pytest.approx(
        np.array([[0, quarter, 2 * quarter], [quarter, 0, quarter], [2 * quarter, quarter, 0]])
    )
    # Paris to London, 48.8566 N 2.3522 E to 51.5074 N 0.1278 W: 343.6 km.
    assert great_circle(np.array([48.8566, 51.5074]), np.array([2.3522, -0.1278]))[0, 1] == pytest.approx(
        343.6, abs=0.1
    )


def test_every_county_supplies_itself_with_every_good_at_no_distance(tmp_path: Path) -> None:
    lanes = read(tmp_path, small_tables()).instance("county").lanes
    assert lanes == {
        (code, code, good): Lane(0, 0) for code in ("alder", "birch", "cedar") for good in ("food", "cloth")
    }


def test_own_province_from_the_sites(tmp_path: Path) -> None:
    assert ends(tmp_path, small_tables()) == {("birch", "alder")}


def test_everywhere_from_the_sites(tmp_path: Path) -> None:
    found = ends(tmp_path, with_rule("everywhere"))
    assert found == {("birch", "alder"), ("birch", "cedar"), ("cedar", "alder"), ("cedar", "birch")}


def test_variant_replaces_the_lanes_of_every_scale(tmp_path: Path) -> None:
    tables = small_tables()
    find_row(tables, "Variants", variant="both")["lanes"] = "everywhere"
    assert len(ends(tmp_path, tables)) == 6
    find_row(tables, "Variants", variant="both")["lanes"] = "own county"
    assert ends(tmp_path, tables) == set()


def test_only_goods_with_an_option_travel(tmp_path: Path) -> None:
    tables = with_rule("everywhere")
    tables["Designs"] = [row for row in tables["Designs"] if row["design"] != "cloth-provincial"]
    assert ends(tmp_path, tables, good="cloth") == set()
    assert len(ends(tmp_path, tables, good="food")) == 4


def test_cost_and_distance(tmp_path: Path) -> None:
    tables = small_tables()
    set_setting(tables, "detour_factor", 1.5)
    find_row(tables, "Goods", good="cloth")["freight_factor"] = 2
    lanes = read(tmp_path, tables).instance("both").lanes
    kilometres = ALDER_BIRCH * 1.5
    assert lanes["birch", "alder", "food"].distance == pytest.approx(kilometres)
    assert lanes["birch", "alder", "food"].cost == pytest.approx(kilometres * 0.1)
    assert lanes["birch", "alder", "cloth"].cost == pytest.approx(kilometres * 0.1 * 2)


@pytest.mark.parametrize(("radius", "reached"), [(1.3 * ALDER_BIRCH - 0.01, False), (1.3 * ALDER_BIRCH + 0.01, True)])
def test_radius_compares_the_distance_with_its_detour(tmp_path: Path, radius: float, reached: bool) -> None:
    assert (("birch", "alder") in ends(tmp_path, with_rule("radius", radius))) == reached


def test_radius_compares_the_listed_distance_first(tmp_path: Path) -> None:
    tables = with_rule("radius", 10)
    tables["Lanes"] = [{"origin": "cedar", "destination": "alder", "distance": 10}]
    assert ends(tmp_path, tables) == {("cedar", "alder")}


def test_listed_lanes_go_one_way_and_for_their_good(tmp_path: Path) -> None:
    tables = with_rule("listed")
    tables["Lanes"] = [
        {"origin": "birch", "destination": "cedar", "good": "food"},
        {"origin": "cedar", "destination": "alder"},
        {"origin": "alder", "destination": "cedar"},  # no provincial plant can stand in alder
    ]
    assert ends(tmp_path, tables, good="food") == {("birch", "cedar"), ("cedar", "alder")}
    assert ends(tmp_path, tables, good="cloth") == {("cedar", "alder")}


def test_listed_figures_of_the_good_come_before_those_for_every_good(tmp_path: Path) -> None:
    tables = with_rule("listed")
    tables["Lanes"] = [
        {"origin": "birch", "destination": "alder", "distance": 50, "cost": 7},
        {"origin": "birch", "destination": "alder", "good": "food", "distance": 60},
        {"origin": "cedar", "destination": "alder", "good": "food", "distance": 60},
        {"origin": "alder", "destination": "alder", "distance": 3},
    ]
    lanes = read(tmp_path, tables).instance("both").lanes
    assert lanes["birch", "alder", "cloth"] == Lane(50, 7)
    assert lanes["birch", "alder", "food"] == Lane(60, 7)
    assert lanes["cedar", "alder", "food"] == Lane(60, 60 * 0.1)
    assert lanes["alder", "alder", "food"] == Lane(3, 3 * 0.1)


def without_coordinates(rule: str, county: str = "alder", radius: float | None = None) -> Tables:
    tables = with_rule(rule, radius)
    row = find_row(tables, "Counties", county=county)
    del row["latitude"], row["longitude"]
    return tables


def test_coordinates_needed_where_freight_costs(tmp_path: Path) -> None:
    assert only_problem(tmp_path, without_coordinates("own province")) == (
        "Counties!G2: latitude of alder is missing, and the distance from birch to alder is needed. "
        "Enter latitude and longitude, or list the distance in Lanes."
    )


def test_one_missing_coordinate_is_told_in_its_own_cell(tmp_path: Path) -> None:
    tables = small_tables()
    del find_row(tables, "Counties", county="birch")["longitude"]
    assert only_problem(tmp_path, tables).startswith("Counties!H3: longitude of birch is missing")


def test_coordinates_not_needed_off_the_lanes(tmp_path: Path) -> None:
    assert problems(tmp_path, without_coordinates("own province", county="cedar")) == []
    assert problems(tmp_path, without_coordinates("own county")) == []


@pytest.mark.parametrize("figure", ["distance", "cost"])
def test_coordinates_not_needed_where_listed(tmp_path: Path, figure: str) -> None:
    tables = without_coordinates("own province")
    tables["Lanes"] = [{"origin": "birch", "destination": "alder", figure: 20}]
    lane = read(tmp_path, tables).instance("both").lanes["birch", "alder", "food"]
    assert lane == (Lane(20, 2) if figure == "distance" else Lane(0, 20))


def test_coordinates_not_needed_without_freight(tmp_path: Path) -> None:
    tables = without_coordinates("own province")
    set_setting(tables, "freight_rate", 0)
    assert read(tmp_path, tables).instance("both").lanes["birch", "alder", "food"] == Lane(0, 0)
    tables = without_coordinates("own province")
    for row in tables["Goods"]:
        row["freight_factor"] = 0
    assert problems(tmp_path, tables) == []


def test_radius_needs_coordinates_even_without_freight(tmp_path: Path) -> None:
    tables = without_coordinates("radius", radius=100)
    set_setting(tables, "freight_rate", 0)
    assert only_problem(tmp_path, tables).startswith("Counties!G2: latitude of alder is missing")


def test_coordinates_are_told_once_a_county(tmp_path: Path) -> None:
    tables = with_rule("everywhere")
    for row in tables["Counties"]:
        del row["latitude"]
    found = problems(tmp_path, tables)
    assert [line.split(":")[0] for line in found] == ["Counties!G2", "Counties!G3", "Counties!G4"]
