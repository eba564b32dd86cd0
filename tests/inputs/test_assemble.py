"""Rows to an instance: defaults, joins, units."""

import math
from pathlib import Path

import pytest

from inputs.reader import read_workbook
from models.instance import Instance
from models.records import BuildOption, ExistingPlant, Good, PackageItem
from tests.inputs.workbooks import read, written
from tests.small_workbook import Tables, find_row, set_setting, small_tables


def instance(tmp_path: Path, tables: Tables, variant: str = "both") -> Instance:
    return read(tmp_path, tables).instance(variant)


def test_small_workbook(tmp_path: Path) -> None:
    found = instance(tmp_path, small_tables())
    assert (found.title, found.variant, found.years, found.tail_years) == ("Small case", "both", (2027, 2028), 0)
    assert set(found.options) == {
        *((county, design) for county in ("alder", "birch", "cedar") for design in ("food-county", "cloth-county")),
        *((county, design) for county in ("birch", "cedar") for design in ("food-provincial", "cloth-provincial")),
    }
    assert found.options["alder", "food-county"] == BuildOption(
        capacity=2000,
        investment=1000,
        fixed_cost=20,
        variable_cost=3,
        construction_labour=100,
        workers=50,
        max_plants=1,
        materials={"cement": 500},
    )
    assert found.goods["food"] == Good("food", "Foodstuffs", "", None, 0, 5000)
    assert found.input_supply == {("alder", "grain"): 5000, ("cedar", "grain"): 1000}
    assert found.local_material == {}
    assert found.decided == {}


def test_writing_and_reading_again_gives_the_same_instance(tmp_path: Path) -> None:
    first = read(tmp_path, small_tables())
    again = {
        sheet: [row.record.model_dump() for row in rows] for sheet, rows in first.rows.items() if rows
    }  # fmt: skip
    second = read(tmp_path, again)
    for variant in first.variants:
        assert first.instance(variant) == second.instance(variant)


def test_the_default_variant(tmp_path: Path) -> None:
    tables = small_tables()
    assert read(tmp_path, tables).instance().variant == "both"
    set_setting(tables, "default_variant", "provincial")
    workbook = read(tmp_path, tables)
    assert workbook.default_variant == "provincial"
    assert workbook.instance().variant == "provincial"
    assert workbook.variants == ["both", "county", "provincial", "decided"]


def test_without_variants_there_is_one_with_every_scale(tmp_path: Path) -> None:
    tables = small_tables()
    del tables["Variants"]
    workbook = read(tmp_path, tables)
    assert workbook.variants == ["all"]
    assert set(workbook.instance().scales) == {"county", "provincial"}


def test_variant_keeps_its_scales_only(tmp_path: Path) -> None:
    found = instance(tmp_path, small_tables(), "county")
    assert set(found.scales) == {"county"}
    assert set(found.designs) == {"food-county", "cloth-county"}
    assert {design for _, design in found.options} == set(found.designs)


def test_demand_is_people_times_norm_with_growth_in_tonnes(tmp_path: Path) -> None:
    tables = small_tables()
    find_row(tables, "Goods", good="food")["growth"] = 0.1
    find_row(tables, "Counties", county="cedar")["population"] = 0
    demand = instance(tmp_path, tables).demand
    # 10 000 people x 100 kg = 1000 t, a tenth more a year later.
    assert demand["alder", "food", 2027] == pytest.approx(1000)
    assert demand["alder", "food", 2028] == pytest.approx(1100)
    assert demand["birch", "cloth", 2028] == pytest.approx(200)
    assert demand["cedar", "food", 2028] == 0
    assert len(demand) == 3 * 2 * 2


@pytest.mark.parametrize("wide", [(), ("Demand",)])
def test_demand_given_outright(tmp_path: Path, wide: tuple[str, ...]) -> None:
    tables = small_tables()
    tables["Demand"] = [{"county": "alder", "good": "food", "year": 2028, "tonnes": 7}]
    demand = read(tmp_path, tables, wide=wide).instance("both").demand
    assert demand["alder", "food", 2027] == pytest.approx(1000)
    assert demand["alder", "food", 2028] == 7


def test_means_that_are_not_given_are_unlimited(tmp_path: Path) -> None:
    found = instance(tmp_path, small_tables())
    assert found.picks == {2027: 1, 2028: 2}
    assert found.central_funds == {2027: 4000, 2028: 6000}
    assert found.central_labour == {2027: math.inf, 2028: math.inf}
    assert found.import_currency == {2027: math.inf, 2028: math.inf}
    assert found.central_material == {("cement", 2027): 1500, ("cement", 2028): math.inf}


def test_blanks_without_limit(tmp_path: Path) -> None:
    tables = small_tables()
    del find_row(tables, "Counties", county="alder")["workers"]
    find_row(tables, "Designs", design="food-county").update(lifetime_years=None, max_plants=3)
    find_row(tables, "Designs", design="cloth-county").update(lifetime_years=7)
    tables["Designs"][2].update(capacity=None, investment=1, construction_labour=1, workers=1, fixed_cost=1)
    tables["DesignMaterials"].append({"design": "food-provincial", "material": "cement", "tonnes": 0})
    tables["Provinces"][0].update(least_picks=1, most_picks=4)
    found = instance(tmp_path, tables)
    assert found.counties["alder"].workers == math.inf
    assert found.designs["food-county"].lifetime_years == math.inf
    assert found.designs["cloth-county"].lifetime_years == 7
    assert found.options["birch", "food-provincial"].capacity == math.inf
    assert found.options["birch", "food-provincial"].materials == {}
    assert found.options["birch", "food-county"].max_plants == 3
    assert (found.provinces["north"].least_picks, found.provinces["north"].most_picks) == (1, 4)
    assert found.provinces["south"].most_picks == math.inf


def test_eligibility(tmp_path: Path) -> None:
    tables = small_tables()
    find_row(tables, "Counties", county="alder")["eligible"] = "no"
    find_row(tables, "Counties", county="birch")["eligible_from"] = 1999
    find_row(tables, "Counties", county="cedar")["eligible_from"] = 2028
    found = instance(tmp_path, tables)
    assert [county.eligible_from for county in found.counties.values()] == [None, 2027, 2028]
    assert "alder" not in {county for county, _ in found.options}
    assert ("alder", "alder", "food") in found.lanes


def test_investment_follows_the_site_cost_index_unless_overridden(tmp_path: Path) -> None:
    tables = small_tables()
    find_row(tables, "Counties", county="alder")["site_cost_index"] = 1.5
    tables["SiteOverrides"] = [
        {"county": "alder", "design": "cloth-county", "investment": 700, "capacity": 9, "workers": 0, "max_plants": 2,
         "construction_labour": 8, "fixed_cost": 7, "variable_cost": 6},
        {"county": "birch", "design": "food-county", "allowed": "no"},
    ]  # fmt: skip
    found = instance(tmp_path, tables)
    assert found.counties["alder"].site_cost_index == 1.5
    assert found.options["alder", "food-county"].investment == pytest.approx(1500)
    assert found.options["alder", "cloth-county"] == BuildOption(9, 700, 7, 6, 8, 0, 2, {"cement": 300})
    assert ("birch", "food-county") not in found.options


def test_modernisation_only_where_a_plant_stands_and_once(tmp_path: Path) -> None:
    tables = small_tables()
    find_row(tables, "Designs", design="food-county").update(kind="modernisation", max_plants=5)
    tables["ExistingPlants"] = [
        {"county": "alder", "good": "food", "capacity": 100, "utilisation": 0.5, "variable_cost": 4},
        {"county": "birch", "good": "food", "capacity": 0},
        {"county": "cedar", "good": "cloth", "capacity": 60, "crowded_out": 0.25},
    ]
    set_setting(tables, "crowded_out", 0.1)
    found = instance(tmp_path, tables)
    assert [county for county, design in found.options if design == "food-county"] == ["alder"]
    assert found.options["alder", "food-county"].max_plants == 1
    assert found.designs["food-county"].modernisation
    assert found.existing["alder", "food"] == ExistingPlant(capacity=50, variable_cost=4, crowded_out=0.1)
    assert found.existing["cedar", "cloth"].crowded_out == 0.25
    assert ("alder", "cloth") not in found.existing


def test_package_items(tmp_path: Path) -> None:
    tables = small_tables()
    tables["PackageItems"] = [
        {"item": "hospital", "name": "Hospital", "from_year": 2028, "investment": 30, "construction_labour": 4},
        {"item": "depot", "name": "Depot"},
    ]
    tables["PackageMaterials"] = [{"item": "hospital", "material": "cement", "tonnes": 9}]
    found = instance(tmp_path, tables).items
    assert found["hospital"] == PackageItem("hospital", "Hospital", 2028, 30, 4, {"cement": 9})
    assert found["depot"] == PackageItem("depot", "Depot", 2027, 0, 0, {})


def test_decided_only_where_the_variant_uses_it(tmp_path: Path) -> None:
    workbook = read(tmp_path, small_tables())
    assert workbook.instance("decided").decided == {"birch": 2027}
    assert workbook.instance("both").decided == {}


def test_what_counties_have_of_their_own(tmp_path: Path) -> None:
    tables = small_tables()
    tables["CountyMaterials"] = [
        {"county": "alder", "material": "cement", "tonnes": 3},
        {"county": "birch", "material": "cement", "tonnes": 0},
    ]
    assert instance(tmp_path, tables).local_material == {("alder", "cement"): 3}


def test_assumptions_and_sources(tmp_path: Path) -> None:
    tables = small_tables()
    tables["Sources"] = [{"source_code": "census", "title": "Census", "attribution": "Bureau"}]
    tables["Settings"][3].update(status="assumption", note="from a neighbour")
    tables["Sites"][0].update(status="assumption")
    tables["Counties"][0].update(status="source", source="census")
    for row in tables["Resources"][:2]:
        row.update(status="assumption", note="plan")
    workbook = read(tmp_path, tables, wide={"Resources"})
    assert workbook.assumptions() == [
        ("Settings", "freight_rate", "from a neighbour"),
        ("Sites", "birch/provincial", ""),
        ("Resources", "picks/2027", "plan"),
        ("Resources", "picks/2028", "plan"),
    ]
    assert [source.attribution for source in workbook.sources()] == ["Bureau"]


def test_every_figure_can_be_traced_to_its_cell(tmp_path: Path) -> None:
    path = written(tmp_path, small_tables())
    row = read_workbook(path).rows["Counties"][2]
    assert (row.key, row.row, str(row.cell("population"))) == (("cedar",), 4, "Counties!F4")
