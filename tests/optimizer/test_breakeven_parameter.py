"""What can be varied: short names and any value of a workbook, each as overrides that the workbook takes."""

from pathlib import Path

import pytest

from inputs.problems import InvalidWorkbook
from inputs.reader import read_workbook
from inputs.workbook import Workbook
from optimizer.breakeven.parameter import parameter_of, span_of
from optimizer.options import InvalidOption
from tests.optimizer.runs import write_small
from tests.small_workbook import find_row, small_tables


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    tables = small_tables()
    find_row(tables, "Goods", good="cloth")["investment_exponent"] = 0.8
    find_row(tables, "Designs", design="food-county")["utilisation"] = 0.6
    tables["Utilisation"] = [{"design": "food-county", "year": 2028, "utilisation": 0.9}]
    return read_workbook(write_small(tmp_path, tables))


def test_freight_is_the_setting_up_to_four_times_the_workbooks(workbook: Workbook) -> None:
    freight = parameter_of("freight", workbook, "county")
    assert (freight.now, *span_of(freight, None, None)) == (0.1, 0.0, 0.4)
    assert span_of(freight, 0.05, 2.0) == (0.05, 2.0)
    made = workbook.instance("provincial", freight.overrides("provincial", 0.2))
    lane = made.lanes["birch", "alder", "food"]
    assert lane.cost == pytest.approx(0.2 * lane.distance)


def test_exponent_is_that_of_every_good(workbook: Workbook) -> None:
    exponent = parameter_of("exponent", workbook, "county")
    assert exponent.now is None  # cloth has its own
    made = workbook.instance("provincial", exponent.overrides("provincial", 0.5))
    assert made.options["birch", "food-provincial"].investment == pytest.approx(1000 * 4**0.5)
    assert made.options["birch", "cloth-provincial"].investment == pytest.approx(800 * 5**0.5)


def test_utilisation_multiplies_every_designs_up_to_1(workbook: Workbook) -> None:
    utilisation = parameter_of("utilisation", workbook, "county")
    made = workbook.instance("county", utilisation.overrides("county", 1.5))
    assert made.designs["food-county"].utilisation == pytest.approx(0.9)
    assert made.designs["food-county"].utilisation_in(2028) == 1.0
    assert made.designs["cloth-county"].utilisation == 1.0
    lower = workbook.instance("county", utilisation.overrides("county", 0.5))
    assert lower.designs["food-county"].utilisation_in(2028) == pytest.approx(0.45)


def test_any_value_of_the_workbook_goes_over_those_of_the_run(workbook: Workbook) -> None:
    price = parameter_of("Goods.food.shortage_penalty", workbook, "county", ["Settings.freight_rate.value=0.3"])
    made = workbook.instance("county", price.overrides("county", 1e-05))
    assert made.goods["food"].shortage_penalty == 1e-05
    assert span_of(price, 1, 2) == (1.0, 2.0)
    with pytest.raises(InvalidOption, match="from should be given"):
        span_of(price, None, 2)
    with pytest.raises(InvalidOption, match="to should be given"):
        span_of(price, 1, None)


@pytest.mark.parametrize("name", ["fright", "Goods.food", "Goods.food.norm=4", ".x.y", ""])
def test_other_names_are_refused(workbook: Workbook, name: str) -> None:
    with pytest.raises(InvalidOption, match="vary should be freight, exponent, utilisation or"):
        parameter_of(name, workbook, "county")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Counties.alder.name", "name of Counties has no numbers .Counties has numbers in population, latitude"),
        ("Counties.*.eligible", "eligible of Counties has no numbers"),
        ("designs.food-county.Lead Years", "lead_years of Designs has whole numbers only"),
        ("Settings.objective.value", "name a setting of numbers; objective of Settings has no numbers"),
        ("Settings.seed.value", "seed of Settings has whole numbers only"),
        ("Counties.alder.note", "note of Counties has no numbers"),
        ("Materials.cement.name", "no other column of Materials has any"),
    ],
)
def test_a_column_without_numbers_is_refused_and_those_with_are_named(workbook: Workbook, name: str, told: str) -> None:
    with pytest.raises(InvalidOption, match=told):
        parameter_of(name, workbook, "county")


@pytest.mark.parametrize(
    "name",
    ["Settings.discount_rate.value", "Resources.central_funds.2027", "Designs.*.variable cost", "goods.food.norm"],
)
def test_a_column_of_numbers_is_taken(workbook: Workbook, name: str) -> None:
    assert parameter_of(name, workbook, "county").name == name


def test_a_range_has_an_extent(workbook: Workbook) -> None:
    freight = parameter_of("freight", workbook, "county")
    with pytest.raises(InvalidOption, match="to should be above"):
        span_of(freight, 0.3, 0.3)
    with pytest.raises(InvalidOption, match="from should be a number with a limit, found nan"):
        span_of(freight, float("nan"), 0.3)
    with pytest.raises(InvalidOption, match="to should be a number with a limit, found inf"):
        span_of(freight, 0.1, float("inf"))


def test_a_value_that_is_not_there_is_told_as_by_the_workbook(workbook: Workbook) -> None:
    tea = parameter_of("Goods.tea.norm", workbook, "county")
    with pytest.raises(InvalidWorkbook, match="Goods has no row 'tea'"):
        workbook.instance("county", tea.overrides("county", 1.0))
