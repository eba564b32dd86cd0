"""What a plant can make and sell in a year, what of it is its quota, and what existing plants usually make."""

import math

import pytest

from models.instance import Instance
from models.records import ExistingPlant, Lane
from tests.models.small_instance import (
    with_county,
    with_design,
    with_entries,
    with_option,
    with_policy,
    with_province,
)
from tests.models.tiny_instance import design, tiny_instance

PLANT = ("alder", "mill", 2027)
# A mill makes 0.5 x 12 = 6 of the 10 t that are wanted, and in 2028 a quarter of 12, 3.
HALF = with_option(
    with_design(tiny_instance(years=2), "mill", utilisation=0.5, yearly_utilisation={2028: 0.25}),
    "alder",
    "mill",
    capacity=12,
)
UPLIFTED = with_province(HALF, "north", support_uplift=0.25)
ENDLESS = with_option(UPLIFTED, "alder", "mill", capacity=math.inf)


def both(instance: Instance, year: int = 2027) -> tuple[float, float]:
    """Usable and supported capacity of alder's mill."""
    index = ("alder", "mill", year)
    return instance.usable_capacity[index], instance.supported_capacity[index]


class TestUsableCapacity:
    def test_is_utilisation_of_the_year_times_capacity(self) -> None:
        assert both(HALF) == (6, 6)
        assert both(HALF, 2028) == (3, 3)

    def test_a_support_base_adds_to_utilisation(self) -> None:
        assert both(UPLIFTED) == (6, 9)
        assert both(UPLIFTED, 2028) == (3, 6)

    def test_a_support_base_of_another_province_adds_nothing(self) -> None:
        south = with_entries(UPLIFTED, "provinces", {"south": HALF.provinces["north"]})
        assert both(with_county(south, "alder", province="south")) == (6, 6)

    def test_utilisation_is_one_at_most(self) -> None:
        more = with_entries(with_province(HALF, "north", support_uplift=0.6), "demand", {("alder", "food", 2027): 20.0})
        assert both(more) == (6, 12)

    def test_is_no_more_than_lanes_can_take(self) -> None:
        assert both(with_entries(UPLIFTED, "demand", {("alder", "food", 2027): 7.0})) == (6, 7)
        assert both(with_entries(UPLIFTED, "demand", {("alder", "food", 2027): 5.0})) == (5, 5)
        # To birch as well, which wants 10 t; its own demand counts only where a lane leads there.
        two = with_option(tiny_instance(["alder", "birch"]), "alder", "mill", capacity=30)
        assert both(two) == (10, 10)
        assert both(with_entries(two, "lanes", {("alder", "birch", "food"): Lane(1, 1)})) == (20, 20)

    def test_without_limit_is_what_lanes_can_take(self) -> None:
        assert both(ENDLESS) == (10, 10)

    def test_without_limit_and_power_is_nothing_but_for_a_support_base(self) -> None:
        dark = with_design(ENDLESS, "mill", yearly_utilisation={2027: 0})
        assert both(dark) == (0, 10)
        assert both(with_province(dark, "north", support_uplift=0)) == (0, 0)

    def test_is_of_one_plant_even_where_none_may_be(self) -> None:
        assert both(with_option(UPLIFTED, "alder", "mill", max_plants=0)) == (6, 9)
        assert both(with_option(UPLIFTED, "alder", "mill", max_plants=2)) == (6, 9)


class TestQuota:
    def test_is_a_share_of_usable_capacity(self) -> None:
        shared = with_design(UPLIFTED, "mill", quota=0.4)
        assert shared.quota == {PLANT: pytest.approx(2.4), ("alder", "mill", 2028): pytest.approx(1.2)}

    def test_is_a_share_of_what_can_be_sold(self) -> None:
        assert with_design(ENDLESS, "mill", quota=0.4).quota[PLANT] == pytest.approx(4)

    def test_is_nothing_without_a_share(self) -> None:
        assert set(HALF.quota.values()) == {0}


class TestExistingUsual:
    def test_is_capacity_as_far_as_people_want_it(self) -> None:
        # Crowding out does not count: it is what they make when nothing is lost.
        old = tiny_instance(years=2, existing={("alder", "food"): ExistingPlant(6, 1, 0.5)})
        fewer = with_entries(old, "demand", {("alder", "food", 2028): 5.0})
        assert fewer.existing_usual == {("alder", "food", 2027): 6, ("alder", "food", 2028): 5}


class TestFreeOfJoining:
    @pytest.mark.parametrize(
        ("anywhere", "modern", "free"), [(True, True, True), (True, False, False), (False, True, False)]
    )
    def test_is_of_modernisations_by_setting(self, anywhere: bool, modern: bool, free: bool) -> None:
        mill = tiny_instance(designs={"mill": design("mill", "food", modernisation=modern)})
        assert with_policy(mill, modernise_anywhere=anywhere).free_of_joining("mill") is free
