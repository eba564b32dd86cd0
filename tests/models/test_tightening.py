"""Tightenings change no optimum; each brings some relaxation closer to it."""

from typing import NamedTuple

import pytest

from models.instance import ExistingPlant, Instance, PackageItem
from models.rules import Rule
from models.tightening import (
    TIGHTENINGS,
    existing_plants_first,
    joined_before_output,
    local_means_while_building,
    plants_within_joining,
    whole_plants,
)
from models.verifier import verify
from tests.models.evaluation import optimal_plan, optimum
from tests.models.random_instance import random_instance
from tests.models.small_instance import small_instance, with_county, with_design, with_entries, with_option, with_policy
from tests.models.tiny_instance import tiny_instance

SEEDS = range(30)
CLINIC = PackageItem("clinic", "Clinic", from_year=2027, investment=20, construction_labour=0, materials={})
NOTHING_IN_2027 = {("alder", "food", 2027): 0.0, ("alder", "food", 2028): 10.0}

# Half a joining in 2027 allows half a plant in 2027 and again in 2028, 20 / 2 + 30; in truth 20 + 30.
HALF_JOINED = with_policy(tiny_instance(years=2, demand=NOTHING_IN_2027, items={"clinic": CLINIC}), build_window=1)
# Half a joining in each year spends the county's 15 twice, and pays a plant of 30. With half of them at hand each time
# half a plant is paid, and 5 t are imported, 15 + 50; in truth there is no half plant, and all is imported.
HALF_PAID = with_county(
    tiny_instance(years=2, demand=NOTHING_IN_2027, central_funds={2027: 0, 2028: 0}), "alder", local_funds=15
)
# A quarter of a joining allows one plant of four, 20 / 4 + 30; in truth 20 + 30.
QUARTER_JOINED = with_option(tiny_instance(items={"clinic": CLINIC}), "alder", "mill", max_plants=4)
# 10 / 8 plants for 30 each. A part of the second makes no more than its part of the last 2 t, and is dearer than
# importing them, 30 + 2 x 10.
PART_OF_A_PLANT = with_option(tiny_instance(), "alder", "mill", capacity=8, max_plants=2)

# Old plants make 6 of 10 t/yr, and 3 once the county has joined: 4 t are to be had for 40 by import, without joining.
OLD = {("alder", "food"): ExistingPlant(capacity=6, variable_cost=0, crowded_out=0.5)}
# With a quarter of a joining for a plant, n plants of 10 bring 10 n - 3 n / 4 t more for 30 n + 20 n / 4; for a whole
# joining they bring 4 t more, and cost 0.7 x 30 + 20.
QUARTER_JOINED_BESIDE_OLD = with_option(
    tiny_instance(items={"clinic": CLINIC}, existing=OLD), "alder", "mill", max_plants=4
)
# With half a joining for a plant, n plants of 4 for 20 each bring 4 n - 3 n / 2 t more, and 4 t with 1.6 of them. There
# is room for 7 / 4 plants: the first brings 4 t, a part of the second its part of 3, so n plants bring 2 n.
PART_OF_A_PLANT_BESIDE_OLD = with_option(
    tiny_instance(existing=OLD), "alder", "mill", capacity=4, investment=20, max_plants=2
)


class Tighter(NamedTuple):
    """A relaxation that a tightening alone moves from one bound to another, and the optimum."""

    tightening: Rule
    instance: Instance
    loose: float
    tight: float
    least: float


TIGHTER = (
    Tighter(plants_within_joining, HALF_JOINED, loose=40, tight=50, least=50),
    Tighter(local_means_while_building, HALF_PAID, loose=30, tight=65, least=100),
    Tighter(joined_before_output, QUARTER_JOINED, loose=35, tight=50, least=50),
    Tighter(joined_before_output, QUARTER_JOINED_BESIDE_OLD, loose=35 * 4 / 9.25, tight=40, least=40),
    Tighter(whole_plants, PART_OF_A_PLANT, loose=37.5, tight=50, least=50),
    Tighter(whole_plants, PART_OF_A_PLANT_BESIDE_OLD, loose=32, tight=40, least=40),
)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_optimum_changes(seed: int) -> None:
    instance = random_instance(seed)
    least, plan = optimal_plan(instance)
    for chosen in (*((one,) for one in TIGHTENINGS), TIGHTENINGS):
        tightened, other = optimal_plan(instance, chosen)
        assert tightened == pytest.approx(least), [one.__name__ for one in chosen]
        assert (plan is None) == (other is None)
        assert other is None or verify(instance, other) == ()


def test_optimum_of_the_small_instance_does_not_change() -> None:
    assert optimum(small_instance(), tightenings=TIGHTENINGS) == pytest.approx(optimum(small_instance()))


@pytest.mark.parametrize("seed", SEEDS)
def test_no_relaxation_gets_worse_or_passes_the_optimum(seed: int) -> None:
    instance = random_instance(seed)
    loose, tight = optimum(instance, relaxed=True), optimum(instance, tightenings=TIGHTENINGS, relaxed=True)
    assert loose <= tight + 1e-6 * abs(loose) if loose < float("inf") else tight == loose
    assert tight <= optimum(instance) * (1 + 1e-6) + 1e-6


@pytest.mark.parametrize("case", TIGHTER, ids=lambda case: case.tightening.__name__)
def test_relaxation_is_tighter(case: Tighter) -> None:
    assert optimum(case.instance, relaxed=True) == pytest.approx(case.loose)
    assert optimum(case.instance, tightenings=(case.tightening,), relaxed=True) == pytest.approx(case.tight)
    assert optimum(case.instance) == pytest.approx(case.least)


def test_every_tightening_is_tighter_somewhere() -> None:
    # `existing_plants_first` is not: the exchange that it rests on holds for parts of plants as well. It settles
    # which of many equal plans is found.
    assert {case.tightening for case in TIGHTER} == set(TIGHTENINGS) - {existing_plants_first}


def test_existing_plants_come_first_among_equals() -> None:
    # An import for 10 is as good as the old plant's tonne for 10; nothing is crowded out where no county joins.
    old = ExistingPlant(capacity=6, variable_cost=10, crowded_out=0.5)
    equals = tiny_instance(options={}, existing={("alder", "food"): old})
    barred = with_county(equals, "alder", eligible_from=None)
    least, plan = optimal_plan(barred, (existing_plants_first,))
    assert least == pytest.approx(100)
    assert plan is not None
    assert plan.produce_existing == {("alder", "food", 2027): 6}


def test_local_means_last_as_long_as_the_longest_construction() -> None:
    # A loom is built at once, a mill in two years with the county's 15 in each: 30, and 2 x 100 for food until 2029.
    # Cloth is not wanted.
    two = tiny_instance(years=3, goods=["food", "cloth"], central_funds=dict.fromkeys((2027, 2028, 2029), 0))
    slow = with_county(with_design(two, "mill", lead_years=2), "alder", local_funds=15)
    unwanted = with_entries(slow, "demand", {("alder", "cloth", year): 0 for year in two.years})
    assert optimum(unwanted) == pytest.approx(230)
    assert optimum(unwanted, tightenings=TIGHTENINGS) == pytest.approx(230)
