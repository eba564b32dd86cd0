"""`dominance`: what the data alone say that no least-cost plan needs."""

import math

import pytest

from models.dominance import existing_first, room, useful_plants
from models.instance import Instance
from models.records import ExistingPlant, Input, Lane, Purse
from models.tightening import existing_plants_first, plants_within_joining
from tests.models.evaluation import optimum
from tests.models.random_instance import random_instance
from tests.models.small_instance import (
    altered,
    with_county,
    with_design,
    with_entries,
    with_good,
    with_option,
    with_policy,
    with_province,
    without_entries,
)
from tests.models.tiny_instance import tiny_instance

# Alder's old plant makes 6 of 10 t/yr at 4; a new one would make them at 5, and an import is 10.
OLD = ExistingPlant(capacity=6, variable_cost=4, crowded_out=0.5)
TWO = with_option(
    tiny_instance(["alder", "birch"], existing={("alder", "food"): OLD}), "alder", "mill", variable_cost=5
)
PLACE = ("alder", "food")
PLANT = ("alder", "mill")

FROM_BIRCH = ("birch", "alder", "food")
OLD_IN_BIRCH = with_entries(
    without_entries(TWO, "options", ("birch", "mill")), "existing", {("birch", "food"): ExistingPlant(9, 1, 0)}
)
CHEAPER = {
    "new plant": with_option(TWO, *PLANT, variable_cost=3.9),
    "import": with_good(TWO, "food", import_price=3.9),
    "shortage": with_good(TWO, "food", shortage_penalty=3.9),
    # A mill in birch costs nothing by the tonne, an old plant 1; the rest is carrying.
    "new plant elsewhere": with_entries(TWO, "lanes", {FROM_BIRCH: Lane(10, 3.9)}),
    "old plant elsewhere": with_entries(OLD_IN_BIRCH, "lanes", {FROM_BIRCH: Lane(10, 2.9)}),
}
"""Cases in which a tonne at 3.9 can take the place of one at 4."""


MORE_THAN_COSTS = {
    "revenue": with_policy(TWO, plant_income_share=0.1),
    "stipends": with_policy(TWO, least_stipend=0.1),
    "quota": with_design(TWO, "mill", quota=0.1),
    "share of local inputs": with_policy(TWO, local_input_share=0.1),
    "intermediate product": altered(TWO, "inputs", "grain", good="food"),
    "disparity": with_policy(TWO, disparity_limit=0.9),
    "evenness": with_policy(TWO, gini_cap=0.9),
    "coverage": with_policy(TWO, objective="greatest coverage"),
    "even coverage": with_policy(TWO, objective="greatest even coverage"),
    "concentration": with_policy(TWO, objective="least concentration"),
    "least coverage": with_policy(TWO, objective="greatest least coverage"),
    "central funds": with_policy(TWO, objective="least central funds"),
}
"""Cases in which it makes a difference who makes a tonne, even where it costs the same."""


class TestExistingFirst:
    def test_cheapest_comes_first(self) -> None:
        assert existing_first(TWO) == {PLACE}

    def test_as_cheap_as_another_comes_first(self) -> None:
        assert existing_first(with_option(TWO, *PLANT, variable_cost=4)) == {PLACE}

    @pytest.mark.parametrize("cheaper", CHEAPER.values(), ids=CHEAPER)
    def test_not_where_something_is_cheaper(self, cheaper: Instance) -> None:
        assert PLACE not in existing_first(cheaper)

    def test_not_where_less_is_wanted_than_is_made(self) -> None:
        little = with_entries(TWO, "demand", {("alder", "food", 2027): 5.9})
        assert existing_first(little) == frozenset()

    def test_not_where_nothing_is_used_at_home(self) -> None:
        assert existing_first(without_entries(TWO, "lanes", ("alder", "alder", "food"))) == frozenset()

    def test_raw_materials_count(self) -> None:
        # A new tonne costs 3 and 0.6 t of grain: of its own at 1 it is 3.6, bought at 2 it is 4.2.
        cheap = with_design(with_option(TWO, *PLANT, variable_cost=3), "mill", inputs={"grain": 0.6})
        assert existing_first(cheap) == {PLACE}
        assert existing_first(with_entries(cheap, "input_supply", {("alder", "grain"): 1})) == frozenset()

    def test_own_carrying_counts(self) -> None:
        # Made at 4 and carried at home for 6.1, against an import for 10; the mill's tonnes are carried as well.
        far = with_entries(TWO, "lanes", {("alder", "alder", "food"): Lane(1, 6.1)})
        assert existing_first(far) == frozenset()

    @pytest.mark.parametrize("instance", MORE_THAN_COSTS.values(), ids=MORE_THAN_COSTS)
    def test_not_where_more_counts_than_costs(self, instance: Instance) -> None:
        assert existing_first(instance) == frozenset()

    def test_also_where_what_else_counts_is_capacity_or_money_of_the_centre(self) -> None:
        others = with_policy(TWO, dispersion_cap=0.9, recycled_share=0.5, existing_held=True, modernise_anywhere=True)
        assert existing_first(others) == {PLACE}

    def test_old_plant_gives_way_where_a_new_one_has_a_quota(self) -> None:
        # At 1 a tonne either makes 10 t for 10, and 4 t imported beside the old one cost 40. A mill for 20 should make
        # 5 t, for which the old one's 6 leave no room: without it 30, with it 46.
        old = ExistingPlant(capacity=6, variable_cost=1, crowded_out=0)
        pair = with_option(tiny_instance(existing={PLACE: old}), *PLANT, investment=20, variable_cost=1)
        bound = with_design(pair, "mill", quota=0.5)
        assert optimum(bound) == pytest.approx(30)
        assert optimum(bound, tightenings=(existing_plants_first,)) == pytest.approx(30)

    def test_old_plant_gives_way_where_a_new_one_pays_stipends(self) -> None:
        # Two workers who made 3 each ask for 6, which 1 a tonne pays only if the mill makes 6 t: 20 + 10 + 6.
        old = ExistingPlant(capacity=6, variable_cost=1, crowded_out=0)
        pair = with_option(tiny_instance(existing={PLACE: old}), *PLANT, investment=20, variable_cost=1, workers=2)
        staffed = with_good(with_county(pair, "alder", market_product=3), "food", market_price=4)
        paid = with_policy(staffed, stipend_share=0.25, least_stipend=1)
        assert optimum(paid) == pytest.approx(36)
        assert optimum(paid, tightenings=(existing_plants_first,)) == pytest.approx(36)


class TestRoom:
    def test_is_what_lanes_want_less_what_existing_plants_make(self) -> None:
        two_ends = with_entries(TWO, "lanes", {("alder", "birch", "food"): Lane(10, 1)})
        assert room(TWO, frozenset(), "alder", "food", 2027) == 10
        assert room(two_ends, frozenset(), "alder", "food", 2027) == 20
        # After joining half of the 6 t/yr is left.
        assert room(TWO, frozenset({PLACE}), "alder", "food", 2027) == 7

    def test_is_less_what_existing_plants_are_held_to(self) -> None:
        held = with_policy(TWO, existing_held=True)
        assert room(held, frozenset(), "alder", "food", 2027) == 7
        # Of the 6 t/yr people want 5, and half of these is left.
        little = with_entries(held, "demand", {("alder", "food", 2027): 5.0})
        assert room(little, frozenset(), "alder", "food", 2027) == 2.5
        assert room(held, frozenset(), "birch", "food", 2027) == 10

    def test_counts_what_plants_can_use(self) -> None:
        # The mill's 10 t need 4 t of cloth beside the 10 t that people want.
        sacks = {"sacks": Input("sacks", "Sacks", local_price=1, bought_price=2, good="cloth")}
        milled = with_design(tiny_instance(goods=["food", "cloth"], inputs=sacks), "mill", inputs={"sacks": 0.4})
        assert room(milled, frozenset(), "alder", "cloth", 2027) == 14


class TestUsefulPlants:
    SMALL_MILLS = with_option(TWO, *PLANT, capacity=3.5, max_plants=9, variable_cost=5)

    def test_are_those_that_fill_the_room(self) -> None:
        # 7 t in plants of 3.5; 10 t in plants of 3.5 where the old plant does not come first.
        assert useful_plants(self.SMALL_MILLS)[PLANT] == 2
        assert useful_plants(with_option(self.SMALL_MILLS, *PLANT, variable_cost=1))[PLANT] == 3

    def test_are_fewer_where_existing_plants_are_held(self) -> None:
        dear = with_option(self.SMALL_MILLS, *PLANT, variable_cost=1)
        assert useful_plants(with_policy(dear, existing_held=True))[PLANT] == 2

    def test_are_no_more_than_may_be(self) -> None:
        assert useful_plants(with_option(self.SMALL_MILLS, *PLANT, max_plants=1))[PLANT] == 1

    def test_are_as_many_as_must_be(self) -> None:
        assert useful_plants(with_policy(self.SMALL_MILLS, min_plants=5))[PLANT] == 5

    def test_are_all_where_plants_wear_out(self) -> None:
        two_years = with_design(with_option(tiny_instance(years=2), *PLANT, max_plants=9), "mill", lifetime_years=1)
        assert useful_plants(two_years)[PLANT] == 9

    def test_are_all_where_capacity_counts_for_itself(self) -> None:
        assert useful_plants(with_policy(self.SMALL_MILLS, dispersion_cap=0.99))[PLANT] == 9

    def test_fill_the_room_in_the_darkest_year(self) -> None:
        # 10 t in plants of 3, then of 1.5; without any power in a year it cannot be said.
        years = with_option(tiny_instance(years=2), *PLANT, capacity=3, max_plants=9)
        assert useful_plants(years)[PLANT] == 4
        assert useful_plants(with_design(years, "mill", yearly_utilisation={2028: 0.5}))[PLANT] == 7
        assert useful_plants(with_design(years, "mill", yearly_utilisation={2028: 0}))[PLANT] == 9

    def test_do_not_count_on_a_support_base(self) -> None:
        # 10 t in plants of 0.5 x 5; with a base they would be of 5.
        half = with_design(with_option(tiny_instance(), *PLANT, capacity=5, max_plants=9), "mill", utilisation=0.5)
        assert useful_plants(with_province(half, "north", support_uplift=0.5))[PLANT] == 4

    def test_are_more_where_a_county_earns_by_their_quotas(self) -> None:
        # One mill fills the room. A second one makes no more, but 5 t of its own are paid 20 rather than 2 a tonne.
        # Alder owes 150: with one mill it has 5 x 20 + 5 x 2 = 110, 30 + 40; with two it has 200, 60.
        owing = tiny_instance(purses={("alder", 2027): Purse(base_revenue=0, essential=0, quota=150, rate=0)})
        priced = with_good(with_design(owing, "mill", quota=0.5), "food", state_price=20, market_price=2)
        paid = with_policy(with_option(priced, *PLANT, max_plants=9), plant_income_share=1, shortfall_penalty=1)
        assert useful_plants(paid)[PLANT] == 2
        assert optimum(paid) == pytest.approx(60)
        assert optimum(paid, tightenings=(plants_within_joining,)) == pytest.approx(60)
        # 5 x 18 = 90 are no gain where a mill costs as much in a year, or no county's budget gets them.
        assert useful_plants(with_option(paid, *PLANT, fixed_cost=90))[PLANT] == 1
        assert useful_plants(with_policy(paid, plant_income_share=0))[PLANT] == 1
        assert useful_plants(without_entries(paid, "purses", ("alder", 2027)))[PLANT] == 1
        # With stipends the county keeps less of the market price: 20 - 0.5 x 40 is nothing, 20 - 0.4 x 40 is.
        dear = with_good(paid, "food", market_price=40)
        assert useful_plants(with_policy(dear, stipend_share=0.5))[PLANT] == 1
        assert useful_plants(with_policy(dear, stipend_share=0.6))[PLANT] == 2

    def test_one_without_limit_is_enough(self) -> None:
        assert useful_plants(with_option(self.SMALL_MILLS, *PLANT, capacity=math.inf))[PLANT] == 1

    @pytest.mark.parametrize("seed", range(15))
    def test_no_more_are_needed_than_useful(self, seed: int) -> None:
        instance = random_instance(seed)
        fewer = instance
        for (county, design), number in useful_plants(instance).items():
            fewer = with_option(fewer, county, design, max_plants=number)
        assert optimum(fewer) == pytest.approx(optimum(instance))
