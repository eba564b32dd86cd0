"""`existing_capacity`: existing plants make at most their capacity, less what joining crowds out."""

import pytest

from models.instance import ExistingPlant
from tests.models.evaluation import judge, optimum
from tests.models.golden_files import rendered, stored
from tests.models.small_instance import changed, with_option, without_entries
from tests.models.tiny_instance import a_plan, tiny_instance

# 6 t/yr, of which 1.5 are lost from 2028 on if the county joins in 2028.
OLD = ExistingPlant(capacity=6, variable_cost=1, crowded_out=0.25)
EXAMPLE = tiny_instance(years=2, existing={("alder", "food"): OLD})
PLAN = a_plan(select={("alder", 2028): 1}, produce_existing={("alder", "food", 2027): 6, ("alder", "food", 2028): 4.5})


def test_golden() -> None:
    assert rendered("existing_capacity", EXAMPLE) == stored("existing_capacity")


def test_obeys() -> None:
    assert judge("existing_capacity", EXAMPLE, PLAN) == ([], [])


@pytest.mark.parametrize(("year", "output"), [(2027, 6.1), (2028, 4.6)])
def test_breaks(year: int, output: float) -> None:
    more = changed(PLAN, produce_existing={("alder", "food", year): output})
    found = judge("existing_capacity", EXAMPLE, more)
    assert found == ([f"existing_capacity.alder.food.{year}"], [("alder", "food", year)])


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
