"""Results in the columns of the IAMC: each figure once, and sums that are sums."""

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from pandas import DataFrame

from models.instance import Instance
from models.measures.funding import payments
from models.measures.supply import coverage_by_province
from models.plan import Plan, Result, Status
from reports.iamc import COLUMNS, NATION, iamc
from reports.iamc_variables import VARIABLES, labels
from tests.models.measures.programme import programme, programme_plan
from tests.reports.example import build_instance, build_plan, build_result, without_plan
from tests.reports.programme_result import programme_result
from tests.reports.rows import row_of

KEYS = ["region", "variable", "year"]


def exported(instance: Instance, result: Result) -> DataFrame:
    return iamc(instance, result, model="countyplan 1", scenario="more money")


@pytest.fixture(scope="module")
def table() -> DataFrame:
    return exported(programme(), programme_result())


def value(table: DataFrame, region: str, variable: str, year: int) -> Any:
    return row_of(table, region=region, variable=variable, year=year)["value"]


def by_key(table: DataFrame) -> Mapping[tuple[str, str, int], float]:
    return {(row.region, row.variable, row.year): row.value for row in table.itertuples()}


@pytest.mark.parametrize(
    ("instance", "result"),
    [(programme(), programme_result()), (build_instance(), build_result())],
    ids=["programme", "example"],
)
class TestForm:
    def test_columns_and_types(self, instance: Instance, result: Result) -> None:
        table = exported(instance, result)
        assert tuple(table.columns) == COLUMNS
        assert set(table["model"]) == {"countyplan 1"}
        assert set(table["scenario"]) == {"more money"}
        assert (str(table["year"].dtype), str(table["value"].dtype)) == ("int64", "float64")
        assert all(math.isfinite(found) for found in table["value"])
        assert not table.isna().any(axis=None)

    def test_each_figure_is_there_once(self, instance: Instance, result: Result) -> None:
        assert not exported(instance, result).duplicated(KEYS).any()

    def test_a_variable_has_one_unit(self, instance: Instance, result: Result) -> None:
        assert exported(instance, result).groupby("variable")["unit"].nunique().max() == 1

    def test_regions_are_codes(self, instance: Instance, result: Result) -> None:
        assert set(exported(instance, result)["region"]) <= {*instance.provinces, *instance.counties, NATION}

    def test_provinces_and_the_nation_add_up(self, instance: Instance, result: Result) -> None:
        table = exported(instance, result)
        known = by_key(table)
        stems = [name.name.split("|<")[0] for name in VARIABLES if not name.adds_up]
        summed = {name for name in table["variable"] if not any(f"{name}|".startswith(f"{stem}|") for stem in stems)}
        assert summed
        for name in summed:
            for year in instance.years:
                of_provinces = [known[province, name, year] for province in instance.provinces]
                of_counties = [known.get((county, name, year), 0.0) for county in instance.counties]
                assert known[NATION, name, year] == pytest.approx(sum(of_provinces), abs=1e-5)
                assert known[NATION, name, year] == pytest.approx(sum(of_counties), abs=1e-5)

    def test_parts_of_the_cost_add_up_to_it(self, instance: Instance, result: Result) -> None:
        known = by_key(exported(instance, result))
        total = sum(found for (region, name, _), found in known.items() if (region, name) == (NATION, "Cost"))
        parts = sum(found for (region, name, _), found in known.items() if region == NATION and "Cost|" in name)
        assert total == pytest.approx(sum(charge.amount for charge in result.charges))
        assert parts == pytest.approx(total)


def test_figures_are_those_of_the_measures(table: DataFrame) -> None:
    instance, plan = programme(), programme_plan()
    known = by_key(table)
    for (province, year), paid in payments(instance, plan).items():
        assert known[province, "Investment", year] == pytest.approx(paid.total)
        assert known[province, "Investment|Central funds", year] == pytest.approx(paid.central)
        assert known[province, "Investment|Donations", year] == pytest.approx(paid.donated)
    for (province, good, year), covered in coverage_by_province(instance, plan).items():
        name = f"Coverage|{instance.goods[good].name}" if good else "Coverage"
        assert known[province, name, year] == covered


def test_figures_of_the_example(table: DataFrame) -> None:
    """Alder weaves on 100 t/yr of looms from 2030 on, and cloth is wanted by all three counties; alder and birch, both
    in the north, join in 2030."""
    instance = programme()
    cloth, scale = instance.goods["cloth"].name, instance.scales[instance.designs["weave"].scale].name
    assert value(table, "alder", f"Capacity|{scale}|{cloth}", 2030) == 100
    assert value(table, NATION, f"Demand|{cloth}", 2030) == 100
    assert value(table, "north", "Counties|Joining", 2030) == 2
    assert row_of(table, region="alder", variable="Investment", year=2030)["unit"] == "crowns/yr"
    assert row_of(table, region=NATION, variable="Cost", year=2030)["unit"] == "crowns discounted to 2030"


def test_zeros_are_left_out_of_counties_only() -> None:
    table = exported(build_instance(), build_result())
    known = by_key(table)
    assert known["south", "Counties|Joining", 2024] == 0
    assert ("chong", "Counties|Joining", 2024) not in known
    assert ("buk", "Counties|Joining", 2025) not in known


def test_a_figure_without_limit_is_left_out() -> None:
    instance = build_instance()
    options = {place: replace(option, capacity=math.inf) for place, option in instance.options.items()}
    known = by_key(exported(replace(instance, options=options), build_result()))
    for region in ("anju", "north", NATION):
        assert (region, "Capacity|County|Foodstuffs", 2025) not in known
        assert known[region, "Output|County|Foodstuffs", 2025] == 120


def test_a_province_and_a_county_of_one_code_are_told_apart() -> None:
    instance = build_instance()
    provinces = {"anju": replace(instance.provinces["north"], code="anju"), "south": instance.provinces["south"]}
    counties = {
        code: replace(county, province="anju" if county.province == "north" else "south")
        for code, county in instance.counties.items()
    }
    table = exported(replace(instance, provinces=provinces, counties=counties), build_result())
    assert {"anju", "anju (province)"} <= set(table["region"])
    assert not table.duplicated(KEYS).any()


def test_names_that_are_shared_or_have_a_bar_are_told_apart() -> None:
    goods = build_instance().goods
    names = {"food": "Daily|needs", "soap": "Daily/needs"}
    assert labels({code: replace(goods[code], name=name) for code, name in names.items()}) == {
        "food": "Daily/needs (food)",
        "soap": "Daily/needs (soap)",
    }
    assert labels({"old": replace(goods["food"], name="Existing industry")}) == {"old": "Existing industry (old)"}
    assert labels({"food": replace(goods["food"], name=" ")}) == {"food": "food"}


def test_a_plan_of_nothing_is_all_zero() -> None:
    instance = build_instance()
    empty: dict[str, Any] = {name: {} for name in Plan.__dataclass_fields__}
    table = exported(instance, replace(build_result(), plan=Plan(**empty), charges=()))
    known = by_key(table)
    assert known[NATION, "Investment", 2024] == known[NATION, "Cost", 2025] == 0
    assert known[NATION, "Demand|Soap", 2024] > 0


def test_a_run_without_a_plan_has_nothing_to_export() -> None:
    with pytest.raises(ValueError, match="no plan"):
        exported(build_instance(), without_plan(Status.INFEASIBLE))


def test_what_a_problem_does_not_have_is_left_out() -> None:
    with_budgets = set(exported(programme(), programme_result())["variable"])
    without = set(exported(build_instance(), replace(build_result(), plan=build_plan()))["variable"])
    assert any(name.startswith("County budget|") for name in with_budgets)
    assert not any(name.startswith("County budget|") for name in without)
