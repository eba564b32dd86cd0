"""`quota_first`: a running plant makes its state quota at least; only what it makes beyond is excess."""

import math

import pytest

from tests.models.evaluation import judge, optimum, rows_of
from tests.models.golden_files import rendered, stored
from tests.models.small_instance import changed, with_design, with_option, with_policy
from tests.models.tiny_instance import a_plan, tiny_instance

# A mill delivers 0.4 of its 10 t/yr in 2027, and 0.4 of 5 t/yr in 2028, when power runs out; a loom has no quota.
EXAMPLE = with_design(
    tiny_instance(years=2, goods=["food", "cloth"]), "mill", quota=0.4, yearly_utilisation={2028: 0.5}
)
PLAN = a_plan(
    start={("alder", "mill", 2027): 1, ("alder", "loom", 2027): 1},
    produce={("alder", "mill", 2027): 4, ("alder", "mill", 2028): 2},
)


def test_golden() -> None:
    assert rendered("quota_first", EXAMPLE) == stored("quota_first")


def test_obeys() -> None:
    assert judge("quota_first", EXAMPLE, PLAN) == ([], [])


def test_obeys_by_making_more() -> None:
    assert judge("quota_first", EXAMPLE, changed(PLAN, produce={("alder", "mill", 2028): 5})) == ([], [])


@pytest.mark.parametrize(("year", "output"), [(2027, 3.9), (2028, 1.9), (2028, None)])
def test_breaks(year: int, output: float | None) -> None:
    less = changed(PLAN, produce={("alder", "mill", year): output})
    found = judge("quota_first", EXAMPLE, less)
    assert found == ([f"quota_first.alder.mill.{year}"], [("alder", "mill", year)])


def test_obeys_and_breaks_with_two_plants() -> None:
    two = changed(PLAN, start={("alder", "mill", 2027): 2}, produce={("alder", "mill", 2027): 8})
    late = changed(two, produce={("alder", "mill", 2028): 3.9})
    assert judge("quota_first", EXAMPLE, late) == (["quota_first.alder.mill.2028"], [("alder", "mill", 2028)])
    assert judge("quota_first", EXAMPLE, changed(two, produce={("alder", "mill", 2028): 4})) == ([], [])


def test_obeys_while_no_plant_runs() -> None:
    late = with_design(EXAMPLE, "mill", lead_years=1)
    assert judge("quota_first", late, changed(PLAN, produce={("alder", "mill", 2027): None})) == ([], [])


def test_obeys_and_breaks_without_limit_by_a_part_of_what_can_be_sold() -> None:
    # 0.4 of the 10 t that alder wants.
    endless = with_option(EXAMPLE, "alder", "mill", capacity=math.inf)
    assert judge("quota_first", endless, changed(PLAN, produce={("alder", "mill", 2028): 4})) == ([], [])
    assert judge("quota_first", endless, PLAN) == (["quota_first.alder.mill.2028"], [("alder", "mill", 2028)])


def test_no_row_without_a_quota() -> None:
    assert rows_of("quota_first", with_design(EXAMPLE, "mill", quota=0)) == []


def test_effect() -> None:
    # Alder must have a mill, of which a tonne costs 15 and an import 10: 30, 4 t made for 60 and 6 t imported for 60.
    # Without the rule it stands idle, 30 + 100.
    dear = with_option(with_design(tiny_instance(), "mill", quota=0.4), "alder", "mill", variable_cost=15)
    must = with_policy(dear, join_all=True, min_plants=1)
    assert optimum(must) == pytest.approx(150)
    assert optimum(must, without="quota_first") == pytest.approx(130)
