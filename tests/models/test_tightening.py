"""Tightenings change no optimum; each brings some relaxation closer to it."""

from typing import NamedTuple

import pytest

from models.instance import Instance
from models.records import ExistingPlant, Input, PackageItem
from models.rules import Rule
from models.tightening import (
    TIGHTENINGS,
    existing_plants_first,
    joined_before_output,
    local_means_while_building,
    own_inputs_by_plants,
    plants_within_joining,
    whole_plants,
)
from models.verifier import verify
from tests.models.evaluation import optimal_plan, optimum
from tests.models.random_instance import random_instance
from tests.models.small_instance import (
    small_instance,
    with_county,
    with_design,
    with_entries,
    with_option,
    with_policy,
    with_province,
)
from tests.models.tiny_instance import design, option, tiny_instance

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
# The same of donors.
HALF_GIVEN = with_county(HALF_PAID, "alder", local_funds=0, donations=15)
# A quarter of a joining allows one plant of four, 20 / 4 + 30; in truth 20 + 30.
QUARTER_JOINED = with_option(tiny_instance(items={"clinic": CLINIC}), "alder", "mill", max_plants=4)
# The same beside an old plant that is never worth modernising, which takes no joining.
QUARTER_JOINED_BESIDE_FREE = with_policy(
    with_entries(
        with_entries(
            with_entries(QUARTER_JOINED, "existing", {("alder", "food"): ExistingPlant(0, 0, 0)}),
            "designs",
            {"roller": design("roller", "food", modernisation=True)},
        ),
        "options",
        {("alder", "roller"): option(investment=1000)},
    ),
    modernise_anywhere=True,
)
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

# Half a mill uses the county's own 5 t of grain, for 1 a tonne, and 5 t are imported, 15 + 5 + 50. A whole one must buy
# 5 t at 9, 30 + 5 + 45, and a part of it its part of them.
OWN_GRAIN = with_entries(
    with_design(tiny_instance(input_supply={("alder", "grain"): 5}), "mill", inputs={"grain": 1}),
    "inputs",
    {"grain": Input("grain", "Grain", local_price=1, bought_price=9)},
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
    Tighter(local_means_while_building, HALF_GIVEN, loose=30, tight=65, least=100),
    Tighter(joined_before_output, QUARTER_JOINED, loose=35, tight=50, least=50),
    Tighter(joined_before_output, QUARTER_JOINED_BESIDE_FREE, loose=35, tight=50, least=50),
    Tighter(joined_before_output, QUARTER_JOINED_BESIDE_OLD, loose=35 * 4 / 9.25, tight=40, least=40),
    Tighter(whole_plants, PART_OF_A_PLANT, loose=37.5, tight=50, least=50),
    Tighter(whole_plants, PART_OF_A_PLANT_BESIDE_OLD, loose=32, tight=40, least=40),
    Tighter(own_inputs_by_plants, OWN_GRAIN, loose=70, tight=80, least=80),
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


EACH = pytest.mark.parametrize("tightening", TIGHTENINGS, ids=lambda tightening: tightening.__name__)


@EACH
def test_modernising_without_joining_is_not_cut_off(tightening: Rule) -> None:
    # A barred county modernises an old plant over two years, half with its own money, labour and steel and half with
    # what donors give: 30, 200 for food until 2029, and 2 of 10 t imported then. All imported it would be 300.
    none = dict.fromkeys((2027, 2028, 2029), 0)
    poor = tiny_instance(
        years=3,
        existing={("alder", "food"): ExistingPlant(0, 0, 0)},
        designs={"mill": design("mill", "food", modernisation=True, lead_years=2)},
        options={("alder", "mill"): option(capacity=8, construction_labour=4, materials={"steel": 2})},
        local_material={("alder", "steel"): 1},
        central_funds=none,
        central_labour=none,
        central_material={("steel", year): 0 for year in none},
    )
    barred = with_county(poor, "alder", eligible_from=None, local_funds=7.5, donations=7.5, local_labour=2)
    assert optimum(barred) == pytest.approx(300)
    anywhere = with_policy(barred, modernise_anywhere=True)
    assert optimum(anywhere) == pytest.approx(250)
    assert optimum(anywhere, tightenings=(tightening,)) == pytest.approx(250)


@EACH
def test_output_with_a_support_base_is_not_cut_off(tightening: Rule) -> None:
    # Two mills of 4 t and a base for 5 that makes them 6 t: 65. Without a base 2 t are imported, 60 + 20.
    two = with_option(with_design(tiny_instance(), "mill", utilisation=0.4), "alder", "mill", max_plants=2)
    based = with_policy(with_province(two, "north", support_uplift=0.2, support_cost=5), support_lead=0)
    assert optimum(based) == pytest.approx(65)
    assert optimum(based, tightenings=(tightening,)) == pytest.approx(65)


@EACH
def test_output_for_other_plants_is_not_cut_off(tightening: Rule) -> None:
    # Cloth is wanted by the mill alone, 7 t for 10 t of food: 30, and 30 for looms of 10 t. Bought it would be dearer.
    sacks = {"sacks": Input("sacks", "Sacks", local_price=1, bought_price=50, good="cloth")}
    two = tiny_instance(goods=["food", "cloth"], inputs=sacks, demand={("alder", "food", 2027): 10.0,
                                                                        ("alder", "cloth", 2027): 0.0})  # fmt: skip
    milled = with_design(two, "mill", inputs={"sacks": 0.7})
    assert optimum(milled) == pytest.approx(60)
    assert optimum(milled, tightenings=(tightening,)) == pytest.approx(60)
