"""What the verifier holds plants to: how much they can make and sell, and with it what a quota is a share of."""

from collections.abc import Mapping
from types import MappingProxyType

import pytest

from models.instance import Instance
from models.records import NO_LIMIT, Input, Lane
from models.verifier.facts import Facts
from models.verifier.outlets import Outlets
from tests.models.budgeted_instance import budgeted_instance, budgeted_plan
from tests.models.small_instance import (
    altered,
    changed,
    small_instance,
    with_design,
    with_entries,
    with_option,
    with_policy,
    with_province,
)
from tests.models.tiny_instance import a_plan, design, option, tiny_instance

SMALL = small_instance()


class TestOutlets:
    def test_what_one_plant_makes(self) -> None:
        assert Outlets(SMALL).made("birch", "food-provincial", 2029) == pytest.approx(400)
        assert Outlets(SMALL).made("birch", "food-provincial", 2029, uplift=0.1) == pytest.approx(450)
        assert Outlets(SMALL).made("birch", "food-provincial", 2029, uplift=0.3) == 500

    def test_unlimited_plant_without_power_makes_nothing(self) -> None:
        dark = with_option(SMALL, "birch", "food-provincial", capacity=NO_LIMIT)
        dark = with_design(dark, "food-provincial", yearly_utilisation={2028: 0})
        assert Outlets(dark).made("birch", "food-provincial", 2028) == 0
        assert Outlets(dark).made("birch", "food-provincial", 2029) == NO_LIMIT

    def test_lanes_bound_what_is_sold(self) -> None:
        # Birch sends food to all three, 100 + 200 + 300 t, and cloth to nobody else.
        unlimited = with_option(SMALL, "birch", "food-provincial", capacity=NO_LIMIT)
        assert Outlets(unlimited).usable("birch", "food-provincial", 2029) == 600
        assert Outlets(unlimited).usable("birch", "cloth-county", 2029) == 20


def chain(
    max_plants: int = 1, support_uplift: float = 0.0, packing: Mapping[str, float] = MappingProxyType({"sacks": 2})
) -> Instance:
    """Alder's loom sells cloth to its people, who want 10 t, and to birch, where nobody wears it, but a mill packs each
    tonne of what birch's people want 3 t of in 2 t of it. A mill is of 4 t, of which it makes a half."""
    found = tiny_instance(
        ["alder", "birch"],
        goods=["food", "cloth"],
        designs={
            "loom": design("loom", "cloth"),
            "mill": design("mill", "food", utilisation=0.5, inputs=packing),
        },
        options={
            ("alder", "loom"): option(capacity=NO_LIMIT),
            ("birch", "mill"): option(capacity=4, max_plants=max_plants),
        },
        inputs={code: Input(code, code, local_price=1, bought_price=2, good="cloth") for code in ("sacks", "bags")},
    )
    found = with_entries(found, "lanes", {("alder", "birch", "cloth"): Lane(1, 1)})
    found = with_entries(found, "demand", {("birch", "food", 2027): 3.0, ("birch", "cloth", 2027): 0.0})
    return with_province(found, "north", support_uplift=support_uplift)


class TestGoodsUsedByPlants:
    def test_count_as_far_as_plants_can_sell(self) -> None:
        # One mill makes 2 t in 4 t of cloth; two could make 4 t, and sell 3 in 6.
        assert Outlets(chain()).usable("alder", "loom", 2027) == pytest.approx(10 + 4)
        assert Outlets(chain(max_plants=2)).usable("alder", "loom", 2027) == pytest.approx(10 + 6)

    def test_count_with_a_support_base(self) -> None:
        # One mill then makes 0.6 x 4 = 2.4 t in 4.8 t.
        assert Outlets(chain(support_uplift=0.1)).usable("alder", "loom", 2027) == pytest.approx(10 + 4.8)

    def test_several_inputs_of_one_good_add_up(self) -> None:
        packed = chain(packing={"sacks": 1.5, "bags": 0.5})
        assert Outlets(packed).usable("alder", "loom", 2027) == pytest.approx(10 + 4)

    def test_no_plant_takes_nothing(self) -> None:
        none = with_option(chain(max_plants=0), "birch", "mill", capacity=NO_LIMIT)
        assert Outlets(none).usable("alder", "loom", 2027) == 10

    @pytest.mark.parametrize("instance", [chain(), chain(max_plants=2), chain(support_uplift=0.1)])
    def test_instance_says_the_same(self, instance: Instance) -> None:
        found = {index: Outlets(instance).usable(*index) for index in instance.usable_capacity}
        assert found == pytest.approx(instance.usable_capacity)


class TestQuota:
    def test_share_of_what_running_plants_can_make_and_sell(self) -> None:
        case = budgeted_instance()
        assert Facts(case, budgeted_plan(case)).quota == {
            ("birch", "cloth-county", 2027): pytest.approx(5),
            ("birch", "cloth-county", 2028): pytest.approx(5),
            ("birch", "food-provincial", 2029): pytest.approx(200),
            ("alder", "food-county", 2029): pytest.approx(50),
            ("cedar", "cloth-county", 2029): pytest.approx(5),
        }

    def test_a_support_base_does_not_raise_it(self) -> None:
        case = with_province(budgeted_instance(), "north", support_uplift=0.2)
        plan = changed(budgeted_plan(case), support={("north", 2027): 1})
        assert Facts(case, plan).quota["birch", "food-provincial", 2029] == pytest.approx(200)

    def test_two_plants_owe_twice(self) -> None:
        mill = with_design(tiny_instance(), "mill", quota=0.4)
        two = a_plan(start={("alder", "mill", 2027): 2})
        assert Facts(mill, two).quota == {("alder", "mill", 2027): pytest.approx(8)}


class TestRevenue:
    CASE = budgeted_instance()
    PLAN = budgeted_plan(CASE)

    def test_base_and_share_of_net_income(self) -> None:
        facts = Facts(self.CASE, self.PLAN)
        found = {index: facts.revenue(*index) for index in self.CASE.purses}
        assert found == pytest.approx({
            ("alder", 2027): 100, ("alder", 2028): 99.5, ("alder", 2029): 185.5,
            ("birch", 2027): 200.5, ("birch", 2028): 200.5, ("birch", 2029): 220,
            ("cedar", 2027): 20, ("cedar", 2028): 20, ("cedar", 2029): 158.5,
        })  # fmt: skip

    def test_goods_used_as_inputs_cost_their_market_price(self) -> None:
        # Of what alder's food is made of, 2 t are cloth, at 30 a tonne rather than 2: half of 56 less.
        sacks = altered(self.CASE, "inputs", "grain", good="cloth")
        plan = changed(self.PLAN, bought_input={("alder", "grain", 2029): 13}, made_input={("alder", "grain", 2029): 2})
        assert Facts(sacks, plan).revenue("alder", 2029) == pytest.approx(185.5 - 0.5 * (60 - 4))

    def test_existing_plants_usually_make_no_more_than_people_want(self) -> None:
        # Alder's people want 5 t of its plant's 6: it makes 6, and in 2028 3.
        fewer = with_entries(self.CASE, "demand", {("alder", "cloth", year): 5.0 for year in self.CASE.years})
        facts = Facts(fewer, self.PLAN)
        assert facts.revenue("alder", 2027) == pytest.approx(100 + 0.5 * 27)
        assert facts.revenue("alder", 2028) == pytest.approx(140 - 0.5 * 27 * 2)

    def test_of_counties_without_a_share_is_the_base(self) -> None:
        none = with_policy(self.CASE, plant_income_share=0)
        assert Facts(none, self.PLAN).revenue("alder", 2029) == 150

    def test_size_is_that_of_the_largest_sum(self) -> None:
        # Birch's food at the market price, less stipends: half of 0.8 x 6 x 380.
        assert Facts(self.CASE, self.PLAN).revenue_size("birch", 2029) == pytest.approx(912)
