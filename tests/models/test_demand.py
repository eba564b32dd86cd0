"""`demand`: what people and plants of a county want is met by its own output, arrivals and imports.

For people it may be counted as shortage.
"""

import pytest

from models.records import Input, Lane
from tests.models.evaluation import judge, optimum
from tests.models.golden_files import rendered, stored
from tests.models.small_instance import changed, with_design, with_entries, with_good, without_entries
from tests.models.tiny_instance import a_plan, tiny_instance

# A tonne of food needs 0.2 t of sacks, which may be cloth.
SACKS = {"sacks": Input("sacks", "Sacks", local_price=1, bought_price=50, good="cloth")}
TWO = with_design(
    tiny_instance(["alder", "birch"], goods=["food", "cloth"], inputs=SACKS), "mill", inputs={"sacks": 0.2}
)
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


# In alder people are short of 8 t, plants use 3 of the 5 that the loom makes.
WITH_SACKS = changed(
    PLAN,
    ship={("alder", "alder", "cloth", 2027): 5},
    shortage={("alder", "cloth", 2027): 8},
    made_input={("alder", "sacks", 2027): 3},
)


def test_obeys_with_what_plants_use() -> None:
    assert judge("demand", EXAMPLE, WITH_SACKS) == ([], [])


@pytest.mark.parametrize("used", [2.9, 3.1])
def test_breaks_by_what_plants_use(used: float) -> None:
    other = changed(WITH_SACKS, made_input={("alder", "sacks", 2027): used})
    assert judge("demand", EXAMPLE, other) == (["demand.alder.cloth.2027"], [("alder", "cloth", 2027)])


def test_breaks_where_plants_go_short() -> None:
    # Of the 13 t that are wanted, people want 10.
    short = changed(
        WITH_SACKS, ship={("alder", "alder", "cloth", 2027): 2.9}, shortage={("alder", "cloth", 2027): 10.1}
    )
    assert judge("demand", EXAMPLE, short) == (["demand.alder.cloth.2027.shortage"], [("alder", "cloth", 2027)])
    just = changed(WITH_SACKS, ship={("alder", "alder", "cloth", 2027): 3}, shortage={("alder", "cloth", 2027): 10})
    assert judge("demand", EXAMPLE, just) == ([], [])


def test_effect() -> None:
    # A plant for 30; without the rule nothing is wanted.
    assert optimum(tiny_instance()) == pytest.approx(30)
    assert optimum(tiny_instance(), without="demand") == pytest.approx(0)


def test_effect_of_what_plants_use() -> None:
    # Cloth is wanted by the mill alone, a tonne a tonne, and can be imported for 6: 30 + 60. If plants could be short
    # of it, for a penalty of 1, it would be 30 + 10; without an import all food is imported.
    one = tiny_instance(goods=["food", "cloth"], inputs=SACKS)
    milled = with_entries(with_design(one, "mill", inputs={"sacks": 1}), "demand", {("alder", "cloth", 2027): 0.0})
    none = without_entries(with_good(milled, "cloth", import_price=6, shortage_penalty=1), "options", ("alder", "loom"))
    assert optimum(none) == pytest.approx(90)
    assert optimum(with_good(none, "cloth", import_price=None)) == pytest.approx(100)
