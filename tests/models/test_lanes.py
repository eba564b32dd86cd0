"""`lanes`: goods travel only along allowed lanes, and half a plant cannot serve all of a lane's end."""

import pytest

from models.instance import ExistingPlant, Lane
from tests.models.evaluation import judge, optimum, without_column
from tests.models.golden_files import rendered, stored
from tests.models.small_instance import with_entries, with_option, without_entries
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
