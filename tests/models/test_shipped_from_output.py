"""`shipped_from_output`: what leaves a county, or stays in it for use, is what its plants make."""

import pytest

from models.records import ExistingPlant, Lane
from tests.models.evaluation import judge, optimum
from tests.models.golden_files import rendered, stored
from tests.models.small_instance import changed, with_entries
from tests.models.tiny_instance import a_plan, tiny_instance

TWO = tiny_instance(["alder", "birch"], existing={("alder", "food"): ExistingPlant(6, 1, 0)})
EXAMPLE = with_entries(TWO, "lanes", {("alder", "birch", "food"): Lane(distance=50, cost=0.5)})
# 7 t new and 6 t old make 13, of which 10 stay and 3 leave.
PLAN = a_plan(
    produce={("alder", "mill", 2027): 7},
    produce_existing={("alder", "food", 2027): 6},
    ship={("alder", "alder", "food", 2027): 10, ("alder", "birch", "food", 2027): 3},
)


def test_golden() -> None:
    assert rendered("shipped_from_output", EXAMPLE) == stored("shipped_from_output")


def test_obeys() -> None:
    assert judge("shipped_from_output", EXAMPLE, PLAN) == ([], [])


@pytest.mark.parametrize("sent", [2.9, 3.1])
def test_breaks(sent: float) -> None:
    other = changed(PLAN, ship={("alder", "birch", "food", 2027): sent})
    found = judge("shipped_from_output", EXAMPLE, other)
    assert found == (["shipped_from_output.alder.food.2027"], [("alder", "food", 2027)])


def test_breaks_where_nothing_is_made() -> None:
    out_of_nothing = changed(PLAN, ship={("birch", "birch", "food", 2027): 1})
    found = judge("shipped_from_output", EXAMPLE, out_of_nothing)
    assert found == (["shipped_from_output.birch.food.2027"], [("birch", "food", 2027)])


def test_effect() -> None:
    # A running plant for 30 makes what is sent. Without the rule a plant that makes nothing would still have to
    # run, for `lanes` looks at the plants; where the county has no second lane it says nothing, and all is free.
    assert optimum(tiny_instance()) == pytest.approx(30)
    assert optimum(tiny_instance(), without="shipped_from_output") == pytest.approx(0)
