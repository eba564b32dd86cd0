"""`existing_capacity`: existing plants make at most their capacity, less what joining crowds out; held, no less."""

import pytest

from models.records import ExistingPlant
from tests.models.evaluation import judge, optimum
from tests.models.golden_files import rendered, stored
from tests.models.small_instance import changed, with_entries, with_option, with_policy, without_entries
from tests.models.tiny_instance import a_plan, tiny_instance

# 6 t/yr, of which 1.5 are lost from 2028 on if the county joins in 2028.
OLD = ExistingPlant(capacity=6, variable_cost=1, crowded_out=0.25)
EXAMPLE = tiny_instance(years=2, existing={("alder", "food"): OLD})
PLAN = a_plan(select={("alder", 2028): 1}, produce_existing={("alder", "food", 2027): 6, ("alder", "food", 2028): 4.5})
HELD = with_policy(EXAMPLE, existing_held=True)
# Of the 6 t/yr people want 5.
HELD_TO_LITTLE = with_entries(HELD, "demand", {("alder", "food", year): 5.0 for year in (2027, 2028)})


def test_golden() -> None:
    assert rendered("existing_capacity", EXAMPLE) == stored("existing_capacity")


def test_obeys() -> None:
    assert judge("existing_capacity", EXAMPLE, PLAN) == ([], [])


@pytest.mark.parametrize(("year", "output"), [(2027, 6.1), (2028, 4.6)])
def test_breaks(year: int, output: float) -> None:
    more = changed(PLAN, produce_existing={("alder", "food", year): output})
    found = judge("existing_capacity", EXAMPLE, more)
    assert found == ([f"existing_capacity.alder.food.{year}"], [("alder", "food", year)])


def test_obeys_by_making_less() -> None:
    less = changed(PLAN, produce_existing={("alder", "food", 2027): None, ("alder", "food", 2028): 1})
    assert judge("existing_capacity", EXAMPLE, less) == ([], [])


def test_obeys_while_held() -> None:
    assert judge("existing_capacity", HELD, PLAN) == ([], [])


@pytest.mark.parametrize(("year", "output"), [(2027, 5.9), (2027, 6.1), (2028, 4.4), (2028, 4.6)])
def test_breaks_while_held(year: int, output: float) -> None:
    other = changed(PLAN, produce_existing={("alder", "food", year): output})
    found = judge("existing_capacity", HELD, other)
    assert found == ([f"existing_capacity.alder.food.{year}"], [("alder", "food", year)])


@pytest.mark.parametrize(("before", "after"), [(5, 3.75), (6, 4.5)])
def test_obeys_while_held_to_what_people_want(before: float, after: float) -> None:
    # A quarter of the 5 t is lost as well, but other lanes may take all of the 6.
    some = changed(PLAN, produce_existing={("alder", "food", 2027): before, ("alder", "food", 2028): after})
    assert judge("existing_capacity", HELD_TO_LITTLE, some) == ([], [])


@pytest.mark.parametrize(
    ("year", "output", "row"), [(2027, 4.9, ".held"), (2027, 6.1, ""), (2028, 3.7, ".held"), (2028, 4.6, "")]
)
def test_breaks_while_held_to_what_people_want(year: int, output: float, row: str) -> None:
    other = changed(PLAN, produce_existing={("alder", "food", year): output})
    found = judge("existing_capacity", HELD_TO_LITTLE, other)
    assert found == ([f"existing_capacity.alder.food.{year}{row}"], [("alder", "food", year)])


def test_effect() -> None:
    # 6 t at 1 and 4 t imported at 10; without the rule 10 t at 1.
    alone = without_entries(tiny_instance(existing={("alder", "food"): OLD}), "options", ("alder", "mill"))
    assert optimum(alone) == pytest.approx(46)
    assert optimum(alone, without="existing_capacity") == pytest.approx(10)


def test_effect_of_crowding_out() -> None:
    # Joining for a mill of 5 t/yr: 30, and 4.5 t at 1 and 0.5 t at 10, 39.5; the full 6 t would leave 30 + 5.
    pair = with_option(tiny_instance(existing={("alder", "food"): OLD}), "alder", "mill", capacity=5)
    assert optimum(pair) == pytest.approx(39.5)
    assert optimum(pair, without="existing_capacity") == pytest.approx(10)


def test_effect_of_holding() -> None:
    # 6 t at 12 and 4 t imported at 10, 112. Left to itself, or without the rule, the old plant stands idle, 100.
    dear = ExistingPlant(capacity=6, variable_cost=12, crowded_out=0)
    alone = without_entries(tiny_instance(existing={("alder", "food"): dear}), "options", ("alder", "mill"))
    held = with_policy(alone, existing_held=True)
    assert optimum(held) == pytest.approx(112)
    assert optimum(alone) == pytest.approx(100)
    assert optimum(held, without="existing_capacity") == pytest.approx(100)
