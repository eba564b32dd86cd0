"""The scale rule, on the small workbook: provincial plants are four (food) and five (clothing) times the county's."""

from pathlib import Path

import pytest

from inputs.scale_rule import scaled
from models.records import BuildOption
from tests.inputs.workbooks import read
from tests.small_workbook import Tables, find_row, set_setting, small_tables


def option(tmp_path: Path, tables: Tables, design: str = "food-provincial") -> BuildOption:
    return read(tmp_path, tables).instance("both").options["birch", design]


def test_formula() -> None:
    # (800 / 100) ** (2/3) = 4
    assert scaled(30, 800, 100, 2 / 3) == pytest.approx(120)
    assert scaled(30, None, 100, 0.6) is None
    assert scaled(30, 100, None, 0.6) is None
    assert scaled(0, None, 100, 0.6) == 0


def test_exponents_of_the_settings(tmp_path: Path) -> None:
    tables = small_tables()
    set_setting(tables, "investment_exponent", 0.5)
    set_setting(tables, "worker_exponent", 1)
    found = option(tmp_path, tables)
    # 4 ** 0.5 = 2 and 4 ** 1 = 4 times food-county's 1000, 100, 20, 500 and 50.
    assert found.investment == pytest.approx(2000)
    assert found.construction_labour == pytest.approx(200)
    assert found.fixed_cost == pytest.approx(40)
    assert found.materials == {"cement": pytest.approx(1000)}
    assert found.workers == pytest.approx(200)


def test_exponents_of_the_good_come_first(tmp_path: Path) -> None:
    tables = small_tables()
    find_row(tables, "Goods", good="food").update(investment_exponent=1, worker_exponent=0)
    found = option(tmp_path, tables)
    assert found.investment == pytest.approx(4000)
    assert found.workers == pytest.approx(50)
    assert option(tmp_path, tables, "cloth-provincial").investment == pytest.approx(800 * 5**0.6)


def test_given_figures_stay(tmp_path: Path) -> None:
    tables = small_tables()
    set_setting(tables, "investment_exponent", 0.5)
    find_row(tables, "Designs", design="food-provincial").update(investment=1500, workers=0)
    found = option(tmp_path, tables)
    assert (found.investment, found.workers) == (1500, 0)
    assert found.construction_labour == pytest.approx(200)


def test_references_of_references_are_followed(tmp_path: Path) -> None:
    tables = small_tables()
    set_setting(tables, "investment_exponent", 0.5)
    tables["Designs"].append(
        {"design": "food-giant", "name": "Giant", "good": "food", "scale": "provincial",
         "reference": "food-provincial", "capacity": 72_000}
    )  # fmt: skip
    # 1000 x (8000 / 2000) ** 0.5 x (72000 / 8000) ** 0.5 = 1000 x 2 x 3
    assert option(tmp_path, tables, "food-giant").investment == pytest.approx(6000)


def test_materials_come_from_the_design_first_and_from_the_reference_by_rule(tmp_path: Path) -> None:
    tables = small_tables()
    set_setting(tables, "investment_exponent", 0.5)
    tables["Materials"] += [{"material": "steel", "name": "Steel"}, {"material": "glass", "name": "Glass"}]
    tables["DesignMaterials"] += [
        {"design": "food-county", "material": "steel", "tonnes": 10},
        {"design": "food-provincial", "material": "steel", "tonnes": None},
        {"design": "food-provincial", "material": "cement", "tonnes": 700},
        {"design": "food-provincial", "material": "glass", "tonnes": 3},
    ]
    assert option(tmp_path, tables).materials == {"cement": 700, "glass": 3, "steel": pytest.approx(20)}


def test_inputs_come_whole_from_the_design_or_from_the_reference(tmp_path: Path) -> None:
    tables = small_tables()
    assert read(tmp_path, tables).instance("both").designs["food-provincial"].inputs == {"grain": 1.2}
    tables["Inputs"].append({"input": "beans", "name": "Beans"})
    tables["DesignInputs"].append({"design": "food-provincial", "input": "beans", "tonnes": 1})
    designs = read(tmp_path, tables).instance("both").designs
    assert designs["food-provincial"].inputs == {"beans": 1}
    assert designs["cloth-provincial"].inputs == {}


def test_a_reference_outside_the_variant_serves(tmp_path: Path) -> None:
    instance = read(tmp_path, small_tables()).instance("provincial")
    assert set(instance.designs) == {"food-provincial", "cloth-provincial"}
    assert instance.options["birch", "food-provincial"].investment == pytest.approx(1000 * 4**0.6)
