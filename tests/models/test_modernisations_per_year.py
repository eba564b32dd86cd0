"""`modernisations_per_year`: no more existing plants are modernised in a year than its figure says."""

import pytest

from models.records import NO_LIMIT, ExistingPlant
from tests.models.evaluation import judge, optimum, rows_of
from tests.models.golden_files import rendered, stored
from tests.models.small_instance import changed, with_design, with_entries
from tests.models.tiny_instance import a_plan, design, option, tiny_instance

OLD = {(county, "food"): ExistingPlant(capacity=0, variable_cost=0, crowded_out=0) for county in ("alder", "birch")}
# One in 2027, any number in 2028 and none in 2029. A bakery in alder is no modernisation.
MILLS = with_design(tiny_instance(["alder", "birch"], years=3, existing=OLD), "mill", modernisation=True)
BAKERY = with_entries(
    with_entries(MILLS, "designs", {"bakery": design("bakery", "food")}), "options", {("alder", "bakery"): option()}
)
EXAMPLE = with_entries(BAKERY, "modernisations", {2027: 1, 2028: NO_LIMIT, 2029: 0})
PLAN = a_plan(
    start={
        ("alder", "mill", 2027): 1,
        ("alder", "bakery", 2027): 1,
        ("alder", "mill", 2028): 1,
        ("birch", "mill", 2028): 1,
        ("alder", "bakery", 2029): 1,
    }
)


def test_golden() -> None:
    assert rendered("modernisations_per_year", EXAMPLE) == stored("modernisations_per_year")


def test_obeys() -> None:
    assert judge("modernisations_per_year", EXAMPLE, PLAN) == ([], [])


@pytest.mark.parametrize("year", [2027, 2029])
def test_breaks(year: int) -> None:
    more = changed(PLAN, start={("birch", "mill", year): 1})
    found = judge("modernisations_per_year", EXAMPLE, more)
    assert found == ([f"modernisations_per_year.{year}"], [(year,)])


def test_no_row_without_a_limit() -> None:
    assert rows_of("modernisations_per_year", MILLS) == []
    assert rows_of("modernisations_per_year", with_entries(MILLS, "modernisations", {2028: NO_LIMIT})) == []


def test_effect() -> None:
    # Alder is modernised in 2027 and birch, which imports for 100 until then, in 2028: 2 x 30 + 100. Without the rule
    # both are at once.
    two = with_design(tiny_instance(["alder", "birch"], years=2, existing=OLD), "mill", modernisation=True)
    slowly = with_entries(two, "modernisations", {2027: 1, 2028: 1})
    assert optimum(slowly) == pytest.approx(160)
    assert optimum(slowly, without="modernisations_per_year") == pytest.approx(60)
