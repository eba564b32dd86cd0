"""`lanes`: goods travel only along allowed lanes, and half a plant cannot serve all of a lane's end."""

import pytest

from models.records import ExistingPlant, Input, Lane
from tests.models.evaluation import judge, optimum, without_column
from tests.models.golden_files import rendered, stored
from tests.models.small_instance import with_design, with_entries, with_option, with_province, without_entries
from tests.models.tiny_instance import a_plan, tiny_instance

# Alder's mill of 20 t/yr and its old plant of 4 serve alder and birch, each of which wants 10; birch serves itself.
TWO = with_option(tiny_instance(["alder", "birch"]), "alder", "mill", capacity=20)
FAR = with_entries(TWO, "lanes", {("alder", "birch", "food"): Lane(distance=500, cost=11)})
EXAMPLE = with_entries(FAR, "existing", {("alder", "food"): ExistingPlant(4, 1, 0)})


def test_golden() -> None:
    assert rendered("lanes", EXAMPLE) == stored("lanes")


def test_obeys() -> None:
    # Half a plant sends half of what birch wants, and the old plant 4.
    half = a_plan(start={("alder", "mill", 2027): 0.5}, ship={("alder", "birch", "food", 2027): 9})
    assert judge("lanes", EXAMPLE, half) == ([], [])


def test_breaks_the_strong_linking() -> None:
    # The verifier has no clause for it: for whole plants it follows from `capacity` and `demand`.
    half = a_plan(start={("alder", "mill", 2027): 0.5}, ship={("alder", "birch", "food", 2027): 9.1})
    assert judge("lanes", EXAMPLE, half) == (["lanes.alder.birch.food.2027"], [])


def test_breaks_where_no_lane_is() -> None:
    # The rule has no row there: the problem has no such shipment at all.
    back = a_plan(ship={("birch", "alder", "food", 2027): 1})
    assert judge("lanes", EXAMPLE, back).clause == [("birch", "alder", "food", 2027)]
    assert without_column(EXAMPLE, back) == ["ship.birch.alder.food.2027"]


def test_obeys_and_breaks_up_to_what_plants_can_use() -> None:
    # Birch's people want 2 t of cloth, and its mill can use 0.4 t in each of the 10 t of food that it can sell. Half
    # of a loom of 20 t sends half of these 6.
    sacks = {"sacks": Input("sacks", "Sacks", local_price=1, bought_price=50, good="cloth")}
    two = with_design(tiny_instance(["alder", "birch"], goods=["food", "cloth"], inputs=sacks), "mill",
                      inputs={"sacks": 0.4})  # fmt: skip
    sent = with_entries(two, "lanes", {("alder", "birch", "cloth"): Lane(distance=1, cost=1)})
    few = with_entries(with_option(sent, "alder", "loom", capacity=20), "demand", {("birch", "cloth", 2027): 2.0})
    half = a_plan(start={("alder", "loom", 2027): 0.5}, ship={("alder", "birch", "cloth", 2027): 3})
    assert judge("lanes", few, half) == ([], [])
    more = a_plan(start={("alder", "loom", 2027): 0.5}, ship={("alder", "birch", "cloth", 2027): 3.1})
    assert judge("lanes", few, more) == (["lanes.alder.birch.cloth.2027"], [])


def test_obeys_and_breaks_up_to_what_a_support_base_allows() -> None:
    # A fifth of 20 t and, with a base, two fifths, 8 of the 10 t that birch wants.
    raised = with_province(with_design(EXAMPLE, "mill", utilisation=0.2), "north", support_uplift=0.2)
    whole = a_plan(start={("alder", "mill", 2027): 1}, ship={("alder", "birch", "food", 2027): 12})
    assert judge("lanes", raised, whole) == ([], [])
    more = a_plan(start={("alder", "mill", 2027): 1}, ship={("alder", "birch", "food", 2027): 12.1})
    assert judge("lanes", raised, more) == (["lanes.alder.birch.food.2027"], [])


def test_effect() -> None:
    # Carrying to birch is dearer than an import, so alder makes 10 t for itself: a plant for 30, and birch imports
    # for 100. Half a plant has capacity for as much, and without the rule the relaxation is content with 15.
    alone = without_entries(FAR, "options", ("birch", "mill"))
    assert optimum(alone) == pytest.approx(130)
    assert optimum(alone, relaxed=True) == pytest.approx(130)
    assert optimum(alone, without="lanes", relaxed=True) == pytest.approx(115)


def test_effect_on_whole_plants_is_none() -> None:
    alone = without_entries(FAR, "options", ("birch", "mill"))
    assert optimum(alone, without="lanes") == pytest.approx(130)
