"""Goods that plants use: what a county can want of them, and a chain of two steps with its best plan worked by hand."""

import math

import pytest

from models.instance import Instance
from models.records import Input, Lane
from models.tightening import TIGHTENINGS
from models.verifier import verify
from tests.models.evaluation import optimal_plan, optimum
from tests.models.small_instance import (
    with_design,
    with_entries,
    with_good,
    with_option,
    with_province,
    without_entries,
)
from tests.models.tiny_instance import design, option, tiny_instance

PASTE, BEANS = ("alder", "paste", 2027), ("alder", "beans", 2027)
INPUTS = {
    "paste": Input("paste", "Paste", local_price=50, bought_price=50, good="paste"),
    "beans": Input("beans", "Beans", local_price=50, bought_price=50, good="beans"),
}


def chain() -> Instance:
    """In alder a mill makes food of 0.5 t of paste a tonne, and a grinder paste of 2 t of beans. People want 10 t of
    food and 1 t of paste. In birch, where nobody wants anything, a drier makes beans, carried to alder for 0.5 a tonne.

    Plants are of 10 t/yr and cost 30. Imports are 10 a tonne of food, 20 of paste and 4 of beans; bought paste or
    beans are 50.
    """
    found = tiny_instance(
        ["alder", "birch"],
        goods=["food", "paste", "beans"],
        inputs=INPUTS,
        lanes={
            ("alder", "alder", "food"): Lane(0, 0),
            ("alder", "alder", "paste"): Lane(0, 0),
            ("birch", "alder", "beans"): Lane(10, 0.5),
        },
    )
    found = with_entries(found, "demand", dict.fromkeys(found.demand, 0.0))
    found = with_entries(found, "demand", {("alder", "food", 2027): 10.0, PASTE: 1.0})
    found = with_design(with_design(found, "mill", inputs={"paste": 0.5}), "grinder", inputs={"beans": 2})
    found = with_good(with_good(found, "paste", import_price=20), "beans", import_price=4)
    idle = [("birch", "mill"), ("birch", "grinder"), ("alder", "drier")]
    return without_entries(found, "options", *idle)


class TestWanted:
    def test_is_what_people_and_plants_can_use(self) -> None:
        # 0.5 t for each of 10 t of food, beside the 1 t of people; 2 t for each of these 6 t.
        wanted = chain().wanted
        assert wanted["alder", "food", 2027] == 10
        assert wanted[PASTE] == pytest.approx(1 + 5)
        assert wanted[BEANS] == pytest.approx(12)
        assert wanted["birch", "beans", 2027] == 0

    def test_is_no_more_than_plants_can_make(self) -> None:
        # A grinder of 4 t can use 8 t of beans; two, 12 again.
        small = with_option(chain(), "alder", "grinder", capacity=4)
        assert small.wanted[PASTE] == pytest.approx(6)
        assert small.wanted[BEANS] == pytest.approx(8)
        assert with_option(small, "alder", "grinder", max_plants=2).wanted[BEANS] == pytest.approx(12)

    def test_counts_with_a_support_base(self) -> None:
        # 0.2 x 10 t of paste take 4 t of beans, (0.2 + 0.1) x 10 take 6.
        dark = with_design(chain(), "grinder", utilisation=0.2)
        assert dark.wanted[BEANS] == pytest.approx(4)
        assert with_province(dark, "north", support_uplift=0.1).wanted[BEANS] == pytest.approx(6)

    def test_follows_the_power_of_the_year(self) -> None:
        assert with_design(chain(), "mill", yearly_utilisation={2027: 0.5}).wanted[PASTE] == pytest.approx(1 + 2.5)
        assert with_design(chain(), "mill", yearly_utilisation={2027: 0}).wanted[PASTE] == 1

    def test_of_unlimited_plants_is_for_what_they_can_sell(self) -> None:
        endless = with_option(chain(), "alder", "mill", capacity=math.inf, max_plants=3)
        assert endless.wanted[PASTE] == pytest.approx(6)

    @pytest.mark.parametrize("capacity", [10.0, math.inf])
    def test_of_no_plants_is_for_people_alone(self, capacity: float) -> None:
        none = with_option(chain(), "alder", "mill", capacity=capacity, max_plants=0)
        assert none.wanted[PASTE] == 1
        assert none.wanted[BEANS] == pytest.approx(2)

    def test_adds_up_inputs_of_one_good(self) -> None:
        spread = {"spread": Input("spread", "Spread", local_price=50, bought_price=50, good="paste")}
        both = with_design(with_entries(chain(), "inputs", spread), "mill", inputs={"paste": 0.5, "spread": 0.2})
        assert both.wanted[PASTE] == pytest.approx(1 + 7)

    def test_adds_up_designs(self) -> None:
        # A bakery makes food as well, of 0.3 t of paste a tonne; which of the two will be built is not known.
        bakery = with_entries(chain(), "designs", {"bakery": design("bakery", "food", inputs={"paste": 0.3})})
        two = with_entries(bakery, "options", {("alder", "bakery"): option()})
        assert two.wanted[PASTE] == pytest.approx(1 + 5 + 3)


class TestReach:
    def test_is_what_the_ends_of_lanes_want(self) -> None:
        reach = chain().reach
        assert reach["birch", "beans", 2027] == pytest.approx(12)
        assert reach["alder", "paste", 2027] == pytest.approx(6)
        # Beans of alder can go nowhere.
        assert reach["alder", "beans", 2027] == 0

    def test_adds_up_ends(self) -> None:
        two = with_entries(chain(), "lanes", {("birch", "birch", "beans"): Lane(0, 0)})
        fond = with_entries(two, "demand", {("birch", "beans", 2027): 3.0})
        assert fond.reach["birch", "beans", 2027] == pytest.approx(15)


class TestBestPlan:
    def test_of_two_steps(self) -> None:
        # 10 t of food need 5 t of paste, people want 1 t more, and these 6 t need 12 t of beans. Three plants for 90
        # make all but 2 t of the beans, which are imported for 8, and 10 t are carried for 5: 103.
        least, plan = optimal_plan(chain())
        assert least == pytest.approx(103)
        assert plan is not None
        assert verify(chain(), plan) == ()
        assert plan.produce == pytest.approx({
            ("alder", "mill", 2027): 10,
            ("alder", "grinder", 2027): 6,
            ("birch", "drier", 2027): 10,
        })  # fmt: skip
        assert plan.made_input == pytest.approx({PASTE: 5, BEANS: 12})
        assert plan.imports == pytest.approx({BEANS: 2})
        assert plan.bought_input == {}

    @pytest.mark.parametrize(
        ("county", "missing", "least"),
        [("birch", "drier", 108), ("alder", "grinder", 120), ("alder", "mill", 120)],
    )
    def test_without_a_step(self, county: str, missing: str, least: float) -> None:
        # Without the drier all 12 t of beans are imported. The grinder serves food and people: without it food is
        # imported, 100 + 20. Without the mill a grinder for the 1 t of people is dearer than importing it.
        assert optimum(without_entries(chain(), "options", (county, missing))) == pytest.approx(least)

    def test_does_not_change_with_tightenings(self) -> None:
        assert optimum(chain(), tightenings=TIGHTENINGS) == pytest.approx(103)

    def test_buys_what_is_cheaper_bought(self) -> None:
        # Bought at 0.3 rather than made: 60 + 12 x 0.3.
        cheap = {"beans": Input("beans", "Beans", local_price=50, bought_price=0.3, good="beans")}
        assert optimum(with_entries(chain(), "inputs", cheap)) == pytest.approx(63.6)

    def test_uses_own_before_it_makes(self) -> None:
        # Alder has 5 t of beans of its own at 0.1; the other 7 t are made, 90 + 0.5 + 3.5, or imported, 60 + 0.5 + 28.
        own = {"beans": Input("beans", "Beans", local_price=0.1, bought_price=50, good="beans")}
        some = with_entries(with_entries(chain(), "inputs", own), "input_supply", {("alder", "beans"): 5})
        assert optimum(some) == pytest.approx(88.5)
