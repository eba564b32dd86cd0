"""`cost_cap`: the plan costs no more than a cap, whatever it is made for."""

import pytest

from models.records import NO_LIMIT
from tests.models.evaluation import INFEASIBLE, judge, optimum, rows_of
from tests.models.golden_files import rendered, stored
from tests.models.small_instance import changed, with_county, with_option, with_policy
from tests.models.tiny_instance import a_plan, tiny_instance

# A mill costs 30, and money of 2028 weighs 0.8; imports are 10 a tonne.
EXAMPLE = with_policy(tiny_instance(years=2, discount_rate=0.25), cost_cap=134)
# 0.8 x 30 and 10 t in 2027, and 1 t and 0.25 t more in 2028: 24 + 100 + 8 + 2.
PLAN = a_plan(start={("alder", "mill", 2028): 1}, imports={("alder", "food", 2027): 10, ("alder", "food", 2028): 1.25})


def test_golden() -> None:
    assert rendered("cost_cap", EXAMPLE) == stored("cost_cap")


def test_obeys() -> None:
    assert judge("cost_cap", EXAMPLE, PLAN) == ([], [])


def test_breaks_by_one_more() -> None:
    more = changed(PLAN, imports={("alder", "food", 2028): 1.26})
    assert judge("cost_cap", EXAMPLE, more) == (["cost_cap.total"], [("total",)])


def test_no_row_without_a_cap() -> None:
    assert rows_of("cost_cap", with_policy(EXAMPLE, cost_cap=NO_LIMIT)) == []


def test_effect() -> None:
    # Mills cost 190 in alder, with 1000 people, and 250 in birch, with 3000; to import costs 100 in each.
    two = with_option(tiny_instance(["alder", "birch"]), "alder", "mill", investment=190)
    two = with_option(with_county(two, "birch", population=3_000), "birch", "mill", investment=250)
    wide = with_policy(two, objective="greatest coverage")
    for cap, uncovered in ((440, 0), (439, 1_000), (350, 1_000), (349, 3_000), (290, 3_000), (289, 4_000)):
        capped = with_policy(wide, cost_cap=cap)
        assert optimum(capped) == pytest.approx(uncovered)
        assert optimum(capped, without="cost_cap") == pytest.approx(0)
    assert optimum(with_policy(two, cost_cap=199)) == INFEASIBLE
    assert optimum(with_policy(two, cost_cap=200)) == pytest.approx(200)
