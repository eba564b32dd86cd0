"""`capacity`: running plants make at most what they can, and no more than their lanes can absorb."""

import math

import pytest

from tests.models.evaluation import judge, optimum
from tests.models.golden_files import rendered, stored
from tests.models.small_instance import changed, with_design, with_entries, with_option, with_province
from tests.models.tiny_instance import a_plan, tiny_instance

# A usable 0.5 x 12 = 6 of 10 t/yr; the plant of 2027 runs from 2028.
EXAMPLE = with_option(with_design(tiny_instance(years=2), "mill", utilisation=0.5), "alder", "mill", capacity=12)
LATER = with_design(EXAMPLE, "mill", lead_years=1)
PLAN = a_plan(start={("alder", "mill", 2027): 1}, produce={("alder", "mill", 2028): 6})


def test_golden() -> None:
    assert rendered("capacity", EXAMPLE) == stored("capacity")


def test_obeys() -> None:
    assert judge("capacity", LATER, PLAN) == ([], [])


def test_breaks() -> None:
    more = changed(PLAN, produce={("alder", "mill", 2028): 6.1})
    assert judge("capacity", LATER, more) == (["capacity.alder.mill.2028"], [("alder", "mill", 2028)])


def test_obeys_and_breaks_with_two_plants() -> None:
    twelve = changed(PLAN, start={("alder", "mill", 2027): 2}, produce={("alder", "mill", 2028): 12})
    wanted = with_entries(LATER, "demand", {("alder", "food", 2028): 20})
    assert judge("capacity", wanted, twelve) == ([], [])
    more = changed(twelve, produce={("alder", "mill", 2028): 12.1})
    assert judge("capacity", wanted, more) == (["capacity.alder.mill.2028"], [("alder", "mill", 2028)])


def test_obeys_without_limit_up_to_what_lanes_absorb() -> None:
    # Selling 10 t/yr is all that an unlimited plant can do; the verifier leaves that to `demand`.
    endless = with_option(LATER, "alder", "mill", capacity=math.inf)
    assert judge("capacity", endless, changed(PLAN, produce={("alder", "mill", 2028): 10})) == ([], [])
    more = changed(PLAN, produce={("alder", "mill", 2028): 10.1})
    assert judge("capacity", endless, more) == (["capacity.alder.mill.2028"], [])


def test_obeys_and_breaks_at_what_a_support_base_allows() -> None:
    # (0.5 + 0.25) x 12 = 9; whether a base is at work is `support_uplift`'s business. No base makes more than 12 of 12.
    raised = with_province(LATER, "north", support_uplift=0.25)
    assert judge("capacity", raised, changed(PLAN, produce={("alder", "mill", 2028): 9})) == ([], [])
    more = changed(PLAN, produce={("alder", "mill", 2028): 9.1})
    assert judge("capacity", raised, more) == (["capacity.alder.mill.2028"], [("alder", "mill", 2028)])
    most = with_entries(with_province(LATER, "north", support_uplift=0.75), "demand", {("alder", "food", 2028): 20})
    assert judge("capacity", most, changed(PLAN, produce={("alder", "mill", 2028): 12})) == ([], [])
    more = changed(PLAN, produce={("alder", "mill", 2028): 12.1})
    assert judge("capacity", most, more) == (["capacity.alder.mill.2028"], [("alder", "mill", 2028)])


def test_obeys_and_breaks_in_a_year_of_its_own() -> None:
    # Power for a quarter, 0.25 x 12 = 3, in 2028 alone.
    dark = with_design(EXAMPLE, "mill", yearly_utilisation={2028: 0.25})
    both = changed(PLAN, produce={("alder", "mill", 2027): 6, ("alder", "mill", 2028): 3})
    assert judge("capacity", dark, both) == ([], [])
    for year, more in ((2027, 6.1), (2028, 3.1)):
        found = judge("capacity", dark, changed(both, produce={("alder", "mill", year): more}))
        assert found == ([f"capacity.alder.mill.{year}"], [("alder", "mill", year)])


def test_breaks_without_limit_and_without_power() -> None:
    dark = with_design(with_option(LATER, "alder", "mill", capacity=math.inf), "mill", yearly_utilisation={2028: 0})
    some = changed(PLAN, produce={("alder", "mill", 2028): 0.1})
    assert judge("capacity", dark, some) == (["capacity.alder.mill.2028"], [("alder", "mill", 2028)])


def test_effect() -> None:
    # A plant, and 4 t imported in each of two years: 30 + 2 x 4 x 10. Without the rule no plant is needed.
    assert optimum(EXAMPLE) == pytest.approx(110)
    assert optimum(EXAMPLE, without="capacity") == pytest.approx(0)


def test_effect_of_a_year_of_its_own() -> None:
    # Of 2 x 10 t the plant makes 6 and 3: 30 + 40 + 70.
    assert optimum(with_design(EXAMPLE, "mill", yearly_utilisation={2028: 0.25})) == pytest.approx(140)
