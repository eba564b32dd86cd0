"""What each county may choose, and what every choice costs it at the least."""

import math
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pytest

from models.instance import Instance
from models.problem import build_problem
from models.variables import Variables
from optimizer.decomposition.blocks import Blocks, Priced
from optimizer.decomposition.county_choices import (
    ChoiceCosts,
    all_choices,
    block_precision,
    blocks_of,
    choice_costs,
    held_choice,
    open_choices,
)
from optimizer.solvers import HighsProblem
from tests.models.random_full_instance import random_full_instance
from tests.models.small_instance import with_county, with_good, with_policy
from tests.models.tiny_instance import divided_instance, tiny_instance
from tests.optimizer.assessed_instance import COST, assessed_instance
from tests.optimizer.solving import EXACTLY


class Loaded(NamedTuple):
    """A problem cut into counties and provinces, at prices."""

    problem: object
    variables: Variables
    highs: HighsProblem
    blocks: Blocks
    priced: Priced


def loaded(instance: Instance, relaxed: bool = False) -> Loaded:
    """The problem at the relaxation's prices, or where nothing that is shared has a price."""
    problem, variables = build_problem(instance)
    highs = HighsProblem(problem, EXACTLY)
    if relaxed:
        highs.relax(60.0, lambda: False)
    blocks = Blocks(highs.matrix(), blocks_of(instance, variables, highs.names))
    return Loaded(problem, variables, highs, blocks, blocks.priced(highs.prices))


def costs_of(
    instance: Instance,
    of: Loaded,
    seconds: float = 60.0,
    threads: int = 1,
    should_stop: Callable[[], bool] = lambda: False,
) -> ChoiceCosts:
    return choice_costs(
        instance, of.variables, of.highs.column, of.blocks, of.priced, 0.0, threads, seconds, should_stop
    )  # fmt: skip


class TestOpenChoices:
    def test_by_county(self) -> None:
        base = tiny_instance(["alder", "birch", "cedar", "derry"], years=3, decided={"birch": 2028})
        found = with_county(with_county(base, "cedar", eligible_from=2028), "derry", eligible_from=None)
        assert dict(open_choices(found)) == {
            "alder": (2027, 2028, 2029, None),
            "birch": (2028,),
            "cedar": (2028, 2029, None),
            "derry": (None,),
        }

    def test_of_those_that_must_join(self) -> None:
        base = with_policy(tiny_instance(["alder", "birch", "cedar"], years=2), join_all=True)
        found = with_county(with_county(base, "birch", eligible_from=2029), "cedar", eligible_from=2028)
        assert dict(open_choices(found)) == {"alder": (2027, 2028), "birch": (None,), "cedar": (2028,)}

    @pytest.mark.parametrize(("picks", "never"), [({2027: 1, 2028: 0}, (None,)), ({2027: 1, 2028: 1}, ())])
    def test_with_exact_picks(self, picks: dict[int, float], never: tuple[None, ...]) -> None:
        found = with_policy(tiny_instance(["alder", "birch"], years=2, picks=picks), picks_exact=True)
        assert dict(open_choices(found)) == dict.fromkeys(["alder", "birch"], (2027, 2028, *never))


def test_choices() -> None:
    assert all_choices(tiny_instance(years=2)) == (2027, 2028, None)


@pytest.mark.parametrize(("choice", "select", "joined"), [(2028, [0, 1, 0], [0, 1, 1]), (None, [0] * 3, [0] * 3)])
def test_held_choice(choice: int | None, select: list[float], joined: list[float]) -> None:
    instance = tiny_instance(["alder", "birch"], years=3)
    of = loaded(instance)
    held = held_choice(instance, of.variables, of.highs.column, "birch", choice)
    named = {of.highs.names[column]: bounds for column, bounds in held.items()}
    assert named == {
        f"{family}.birch.{year}": (value, value)
        for family, values in (("select", select), ("joined", joined))
        for year, value in zip(instance.years, values, strict=True)
    }


def test_blocks_by_county_and_province() -> None:
    base = divided_instance("alder", "birch", southern="birch", central_funds={2027: 90.0})
    instance = with_policy(base, reserve_carried=True)
    uplifted = {code: replace(province, support_uplift=0.1) for code, province in instance.provinces.items()}
    problem, variables = build_problem(replace(instance, provinces=uplifted))
    names = [column.name for column in problem.variables()]
    labels = dict(zip(names, blocks_of(instance, variables, names), strict=True))
    assert labels["select.alder.2027"] == "alder"
    assert labels["start.birch.mill.2027"] == "birch"
    assert labels["support.south.2027"] == "south"
    assert labels["reserve.2027"] is None
    assert set(labels.values()) == {"alder", "birch", "north", "south", None}


def test_precision_of_all_together() -> None:
    instance = divided_instance("alder", "birch", southern="birch")
    assert block_precision(instance, 1000.0) * 5 == pytest.approx(10)  # two counties, three provinces, a hundredth


class TestCosts:
    def test_by_hand(self) -> None:
        """Without a price for places each choice costs what it costs alone, and the best of each county is proven."""
        instance = assessed_instance()
        of = loaded(instance)
        found = costs_of(instance, of)
        expected = {(county, choice): cost for county, costs in COST.items() for choice, cost in costs.items()}
        assert found.by_choice == pytest.approx(expected)
        assert of.priced.total(found.values) == pytest.approx(90)

    def test_of_decided_counties(self) -> None:
        instance = assessed_instance(decided={"birch": 2028})
        of = loaded(instance)
        found = costs_of(instance, of)
        assert {choice for county, choice in found.by_choice if county == "birch"} == {2028}
        assert of.priced.total(found.values) == pytest.approx(30 + 230 + 30)

    def test_as_each_block_by_itself(self) -> None:
        """On random instances at the relaxation's prices: choice by choice, and the least of them for each block."""
        compared = differing = 0
        for seed in range(8):
            instance = random_full_instance(seed)
            of = loaded(instance, relaxed=True)
            if not math.isfinite(of.priced.total(of.priced.weak)):
                continue
            found = costs_of(instance, of)
            for (county, choice), cost in found.by_choice.items():
                place = of.blocks.place[county]
                held = held_choice(instance, of.variables, of.highs.column, county, choice)
                (alone,) = of.blocks.least(place, of.priced, 0.0, 60.0, [held])
                assert alone is not None
                assert cost == pytest.approx(max(alone, of.priced.weak[place]), rel=1e-6, abs=1e-6)
                compared += 1
                differing += cost > found.values[place] + 1e-6
            for county, place in of.blocks.place.items():
                known = [cost for key, cost in found.by_choice.items() if key[0] == county]
                if known:
                    assert found.values[place] == min(known)
            assert (found.values >= of.priced.weak).all()
        assert compared > 30
        assert differing > 5

    def test_what_is_impossible_is_infinite(self) -> None:
        """Food is not to be had from elsewhere: alder must have its mill at once."""
        instance = with_good(tiny_instance(years=2), "food", import_price=None)
        found = costs_of(instance, loaded(instance))
        expected = {("alder", 2027): 30, ("alder", 2028): math.inf, ("alder", None): math.inf}
        assert found.by_choice == pytest.approx(expected)
        assert list(found.values) == pytest.approx([30])

    def test_county_without_a_plan_has_no_costs(self) -> None:
        base = with_good(tiny_instance(["alder", "birch"]), "food", import_price=None)
        instance = with_county(base, "birch", eligible_from=None)
        of = loaded(instance)
        found = costs_of(instance, of)
        assert found.by_choice == pytest.approx({("alder", 2027): 30, ("alder", None): math.inf})
        assert found.values[of.blocks.place["birch"]] == of.priced.weak[of.blocks.place["birch"]]

    @pytest.mark.parametrize(("seconds", "stopped"), [(0.0, False), (60.0, True)])
    def test_no_time_or_stopped_leaves_what_follows_from_prices(self, seconds: float, stopped: bool) -> None:
        instance = assessed_instance()
        of = loaded(instance)
        found = costs_of(instance, of, seconds=seconds, should_stop=lambda: stopped)
        assert found.by_choice == {}
        assert np.array_equal(found.values, of.priced.weak)

    def test_whatever_the_threads(self) -> None:
        instance = assessed_instance()
        of = loaded(instance)
        one, two = costs_of(instance, of), costs_of(instance, of, threads=2)
        assert one.by_choice == two.by_choice
        assert np.array_equal(one.values, two.values)
