"""`coverage_floor`: from a year on, domestic output meets at least a stated share of each county's demand."""

import pytest

from tests.models.evaluation import judge, optimum
from tests.models.golden_files import rendered, stored
from tests.models.small_instance import changed, with_option, with_policy
from tests.models.tiny_instance import a_plan, tiny_instance

EXAMPLE = with_policy(
    tiny_instance(["alder", "birch"], years=2), coverage_floor=0.6, coverage_floor_from=2028
)  # 6 of 10 t
PLAN = a_plan(
    ship={("alder", "alder", "food", 2028): 6, ("birch", "birch", "food", 2028): 10},
    imports={("alder", "food", 2027): 10, ("alder", "food", 2028): 4, ("birch", "food", 2027): 10},
)


def test_golden() -> None:
    assert rendered("coverage_floor", EXAMPLE) == stored("coverage_floor")


def test_obeys() -> None:
    assert judge("coverage_floor", EXAMPLE, PLAN) == ([], [])


def test_breaks() -> None:
    less = changed(PLAN, ship={("alder", "alder", "food", 2028): 5.9})
    assert judge("coverage_floor", EXAMPLE, less) == (
        ["coverage_floor.alder.food.2028"],
        [("alder", "food", 2028)],
    )


def test_off_without_a_floor() -> None:
    assert judge("coverage_floor", tiny_instance(years=2), a_plan()) == ([], [])


def test_effect() -> None:
    # A plant for 130 where 10 t would be imported for 100; its output costs nothing, so it then meets all.
    dear = with_option(tiny_instance(), "alder", "mill", investment=130)
    floor = with_policy(dear, coverage_floor=0.6, coverage_floor_from=2027)
    assert optimum(floor) == pytest.approx(130)
    assert optimum(floor, without="coverage_floor") == pytest.approx(100)
