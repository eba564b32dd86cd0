"""`disparity_limit`: the best and the worst provided province do not lie further apart than a limit."""

import pytest

from tests.models.evaluation import judge, optimum, rows_of
from tests.models.golden_files import rendered, stored
from tests.models.small_instance import (
    changed,
    with_entries,
    with_option,
    with_policy,
    without_entries,
)
from tests.models.tiny_instance import a_plan, divided_instance

# The north wants 20 t of food and the south 10; from 2028 on they may lie 0.3 apart.
EXAMPLE = with_policy(
    divided_instance("alder", "birch", "cedar", southern="cedar", years=2), disparity_limit=0.3, disparity_from=2028
)
# Coverage of 0.8 in the north, though 0.6 of alder's, and of 0.5 in the south.
PLAN = a_plan(
    ship={
        ("alder", "alder", "food", 2027): 10,
        ("alder", "alder", "food", 2028): 6,
        ("birch", "birch", "food", 2028): 10,
        ("cedar", "cedar", "food", 2028): 5,
    }
)
LEAST = {("food", 2028): 0.5}


def test_golden() -> None:
    assert rendered("disparity_limit", EXAMPLE) == stored("disparity_limit")


def test_obeys() -> None:
    assert judge("disparity_limit", EXAMPLE, PLAN, least_covered=LEAST) == ([], [])


def test_breaks_by_lying_further_apart() -> None:
    more = changed(PLAN, ship={("alder", "alder", "food", 2028): 6.1})
    assert judge("disparity_limit", EXAMPLE, more, least_covered=LEAST) == (
        ["disparity_limit.north.food.2028.most"],
        [("food", 2028)],
    )


def test_breaks_by_another_least() -> None:
    # Whatever least there might be, one of the two provinces is too far from it.
    more = changed(PLAN, ship={("alder", "alder", "food", 2028): 6.1})
    for least, row in ((0.49, "north.food.2028.most"), (0.51, "south.food.2028.least")):
        rows, _ = judge("disparity_limit", EXAMPLE, more, least_covered={("food", 2028): least})
        assert f"disparity_limit.{row}" in rows


def test_no_row_without_a_limit_or_before_its_year() -> None:
    assert rows_of("disparity_limit", with_policy(EXAMPLE, disparity_limit=float("inf"))) == []
    assert {row.split(".")[3] for row in rows_of("disparity_limit", EXAMPLE)} == {"2028"}


def test_obeys_where_a_province_wants_nothing() -> None:
    # Nobody in the south wants any food: no coverage there could be worst.
    none = with_entries(EXAMPLE, "demand", {("cedar", "food", 2028): 0})
    nothing = changed(PLAN, ship={("cedar", "cedar", "food", 2028): None})
    assert judge("disparity_limit", none, nothing, least_covered=LEAST) == ([], [])


@pytest.mark.parametrize(("limit", "cost"), [(1, 130), (0.8, 150), (0.5, 180), (0.3, 200), (0, 200)])
def test_effect(limit: float, cost: float) -> None:
    # A mill for 30 in the north, none in the south, which imports for 100. With a limit of 0.8 or 0.5 the north imports
    # 2 or 5 t as well; with 0.3 it would be 7, and all 10 with no limit cost no more than these and the mill.
    two = without_entries(divided_instance("alder", "birch", southern="birch"), "options", ("birch", "mill"))
    equal = with_policy(two, disparity_limit=limit)
    assert optimum(equal) == pytest.approx(cost)
    assert optimum(equal, without="disparity_limit") == pytest.approx(130)


def test_effect_on_where_plants_are_built() -> None:
    # In the south a mill costs 120, more than to import; with a limit of 0.1 it is built, for 150 in all.
    two = with_option(divided_instance("alder", "birch", southern="birch"), "birch", "mill", investment=120)
    equal = with_policy(two, disparity_limit=0.1)
    assert optimum(equal) == pytest.approx(150)
    assert optimum(equal, without="disparity_limit") == pytest.approx(130)


def test_effect_from_its_year_on() -> None:
    # 0.5 apart from 2028 on: the mill makes 10 t in 2027 and 5 in 2028; 30, 50 and 2 x 100 for the south.
    two = without_entries(divided_instance("alder", "birch", southern="birch", years=2), "options", ("birch", "mill"))
    assert optimum(with_policy(two, disparity_limit=0.5, disparity_from=2028)) == pytest.approx(280)
    assert optimum(with_policy(two, disparity_limit=0.5, disparity_from=2027)) == pytest.approx(330)
