"""`demand`: each county's demand is met by its own output, arrivals and imports, or counted as shortage."""

import pytest

from models.instance import Lane
from tests.models.evaluation import judge, optimum
from tests.models.golden_files import rendered, stored
from tests.models.small_instance import changed, with_entries, with_good
from tests.models.tiny_instance import a_plan, tiny_instance

TWO = tiny_instance(["alder", "birch"], goods=["food", "cloth"])
FOOD_ARRIVES = with_entries(TWO, "lanes", {("alder", "birch", "food"): Lane(distance=50, cost=0.5)})
# Food may be imported or be short, cloth only be short.
EXAMPLE = with_good(
    with_good(FOOD_ARRIVES, "food", shortage_penalty=100), "cloth", import_price=None, shortage_penalty=100
)
PLAN = a_plan(
    ship={
        ("alder", "alder", "food", 2027): 10,
        ("alder", "birch", "food", 2027): 3,
        ("birch", "birch", "food", 2027): 4,
    },
    imports={("birch", "food", 2027): 2},
    shortage={("birch", "food", 2027): 1, ("alder", "cloth", 2027): 10, ("birch", "cloth", 2027): 10},
)


def test_golden() -> None:
    assert rendered("demand", EXAMPLE) == stored("demand")


def test_obeys() -> None:
    assert judge("demand", EXAMPLE, PLAN) == ([], [])


@pytest.mark.parametrize("imported", [1.9, 2.1])
def test_breaks(imported: float) -> None:
    other = changed(PLAN, imports={("birch", "food", 2027): imported})
    assert judge("demand", EXAMPLE, other) == (["demand.birch.food.2027"], [("birch", "food", 2027)])


def test_breaks_without_counting_a_shortage() -> None:
    uncounted = changed(PLAN, shortage={("alder", "cloth", 2027): None})
    assert judge("demand", EXAMPLE, uncounted) == (["demand.alder.cloth.2027"], [("alder", "cloth", 2027)])


def test_effect() -> None:
    # A plant for 30; without the rule nothing is wanted.
    assert optimum(tiny_instance()) == pytest.approx(30)
    assert optimum(tiny_instance(), without="demand") == pytest.approx(0)
