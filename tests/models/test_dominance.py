"""`dominance`: what the data alone say that no least-cost plan needs."""

import math

import pytest

from models.dominance import existing_first, room, useful_plants
from models.instance import ExistingPlant, Instance, Lane
from tests.models.evaluation import optimum
from tests.models.random_instance import random_instance
from tests.models.small_instance import (
    with_design,
    with_entries,
    with_good,
    with_option,
    with_policy,
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


class TestRoom:
    def test_is_what_lanes_want_less_what_existing_plants_make(self) -> None:
        two_ends = with_entries(TWO, "lanes", {("alder", "birch", "food"): Lane(10, 1)})
        assert room(TWO, frozenset(), "alder", "food", 2027) == 10
        assert room(two_ends, frozenset(), "alder", "food", 2027) == 20
        # After joining half of the 6 t/yr is left.
        assert room(TWO, frozenset({PLACE}), "alder", "food", 2027) == 7


class TestUsefulPlants:
    SMALL_MILLS = with_option(TWO, *PLANT, capacity=3.5, max_plants=9, variable_cost=5)

    def test_are_those_that_fill_the_room(self) -> None:
        # 7 t in plants of 3.5; 10 t in plants of 3.5 where the old plant does not come first.
        assert useful_plants(self.SMALL_MILLS)[PLANT] == 2
        assert useful_plants(with_option(self.SMALL_MILLS, *PLANT, variable_cost=1))[PLANT] == 3

    def test_are_no_more_than_may_be(self) -> None:
        assert useful_plants(with_option(self.SMALL_MILLS, *PLANT, max_plants=1))[PLANT] == 1

    def test_are_as_many_as_must_be(self) -> None:
        assert useful_plants(with_policy(self.SMALL_MILLS, min_plants=5))[PLANT] == 5

    def test_are_all_where_plants_wear_out(self) -> None:
        two_years = with_design(with_option(tiny_instance(years=2), *PLANT, max_plants=9), "mill", lifetime_years=1)
        assert useful_plants(two_years)[PLANT] == 9

    def test_one_without_limit_is_enough(self) -> None:
        assert useful_plants(with_option(self.SMALL_MILLS, *PLANT, capacity=math.inf))[PLANT] == 1

    @pytest.mark.parametrize("seed", range(15))
    def test_no_more_are_needed_than_useful(self, seed: int) -> None:
        instance = random_instance(seed)
        fewer = instance
        for (county, design), number in useful_plants(instance).items():
            fewer = with_option(fewer, county, design, max_plants=number)
        assert optimum(fewer) == pytest.approx(optimum(instance))
