"""Frontiers by hand, by counting all plans of small problems, and their ends."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product
from math import inf
from random import Random
from typing import get_args

import pytest

from models.instance import Instance
from models.measures.shares import gini
from models.plan import Result, Status
from models.verifier import OBJECTIVE_CLAUSES, verify
from optimizer.frontier import NoFrontier, frontier, unexplored
from optimizer.options import InvalidOption
from optimizer.runs import Run, RunPool
from optimizer.solve import solve
from reports.frontier_points import Against, Frontier
from tests.models.small_instance import (
    with_county,
    with_entries,
    with_good,
    with_option,
    with_policy,
    without_entries,
)
from tests.models.test_gini_cap import many
from tests.models.tiny_instance import divided_instance, tiny_instance
from tests.optimizer.solving import EXACTLY


def found(instance: Instance, against: Against, **options: int | bool) -> Frontier:
    with RunPool() as pool:
        frontier_ = frontier(instance, EXACTLY, against, pool, **options)
    for point in (*frontier_.points, *frontier_.dominated):
        assert point.result.plan is not None
        assert verify(instance, point.result.plan, 1e-5) == ()
        assert point.cost_bound is not None
        assert point.cost_bound <= point.cost
    return frontier_


def pairs(frontier_: Frontier) -> list[tuple[float, float]]:
    """Measure and cost of each point."""
    return [(point.measure, point.cost) for point in frontier_.points]


def near(expected: list[tuple[float, float]]) -> list[object]:
    return [pytest.approx(pair, rel=2e-6, abs=2e-6) for pair in expected]


# To import costs 100 in alder, with 1000 people, and in birch, with 3000; mills cost 190 and 250.
TWO = with_option(
    with_option(
        with_county(tiny_instance(["alder", "birch"]), "birch", population=3_000), "alder", "mill", investment=190
    ),
    "birch",
    "mill",
    investment=250,
)


class TestCoverage:
    def test_by_hand(self) -> None:
        # 200 for no mill, 290 for alder's, 350 for birch's, 440 for both.
        told = found(TWO, "coverage", points=5)
        assert pairs(told) == near([(4_000, 200), (3_000, 290), (1_000, 350), (0, 440)])
        assert [price.value for price in told.prices] == pytest.approx([0.09, 0.03, 0.09])
        assert [price.least for price in told.prices] == pytest.approx([0.09, 0.03, 0.09])
        # Scaled, birch's mill is at 150 / 240 and 1/4: an eighth below the line.
        assert told.knee is told.points[2]
        assert told.distances[2] == pytest.approx(0.125 / 2**0.5)
        assert told.least_measure == pytest.approx(0)
        assert told.held_uncovered == inf

    def test_two_points_are_the_ends(self) -> None:
        assert pairs(found(TWO, "coverage", points=2)) == near([(4_000, 200), (0, 440)])

    def test_cheap_end_has_the_best_of_equal_cost(self) -> None:
        # A mill in alder costs what it saves, so that the cheapest plans include one that covers 1000 more.
        tied = with_option(TWO, "alder", "mill", investment=100)
        assert pairs(found(tied, "coverage")) == near([(3_000, 200), (0, 350)])

    def test_good_end_is_the_cheapest_of_equal_measure(self) -> None:
        # A second design would cover alder as well, for more.
        two = with_option(TWO, "alder", "mill", investment=190, max_plants=3, variable_cost=1)
        assert pairs(found(two, "coverage", points=2))[-1] == near([(0, 450)])[0]

    def test_objective_of_the_instance_plays_no_part(self) -> None:
        aimed = with_policy(TWO, objective="least central funds")
        assert pairs(found(aimed, "coverage", points=5)) == pairs(found(TWO, "coverage", points=5))

    def test_its_rules_do(self) -> None:
        capped = with_policy(TWO, cost_cap=360)
        assert pairs(found(capped, "coverage", points=5))[-1] == near([(1_000, 350)])[0]

    def test_one_point_where_cheapest_is_best(self) -> None:
        told = found(tiny_instance(["alder", "birch"]), "coverage")
        assert pairs(told) == near([(0, 60)])
        assert told.prices == ()
        assert told.knee is None

    @pytest.mark.parametrize("seed", range(6))
    def test_every_point_is_one_of_all_plans_that_none_dominates(self, seed: int) -> None:
        """Four counties, each with a mill or without: sixteen plans, counted one by one."""
        draw = Random(seed)
        case = tiny_instance(["c0", "c1", "c2", "c3"])
        people = {code: draw.choice([500, 1_000, 2_500, 4_000]) for code in case.counties}
        price = {code: draw.choice([60, 120, 130, 180, 260, 400]) for code in case.counties}
        for code in case.counties:
            case = with_option(with_county(case, code, population=people[code]), code, "mill", investment=price[code])
        every = {
            (
                float(sum(people[code] for code, has in zip(people, built, strict=True) if not has)),
                float(sum(price[code] if has else 100 for code, has in zip(price, built, strict=True))),
            )
            for built in product((False, True), repeat=4)
        }
        best = sorted(one for one in every if not any(other != one and dominates(other, one) for other in every))
        told = found(case, "coverage", points=30)
        # Caps lie 1/29 of the range apart: all points that lie further apart are found.
        assert pairs(told) == near(sorted(best, reverse=True))


def dominates(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] <= other[0] and one[1] <= other[1]


# Alder's mill is free but for 30; birch's makes a tonne for 20, which costs 10 to import.
EVEN = with_option(tiny_instance(["alder", "birch"]), "birch", "mill", investment=0, variable_cost=20)


class TestGini:
    def test_by_hand(self) -> None:
        # Alder is covered, birch by b, and no more may be uncovered than half: unevenness (1 - b) / 4 of a mean of
        # (1 + b) / 2, so the Gini coefficient is (1 - b) / 2 / (1 + b), or else alder by less: with a in alder and 1 in
        # birch. At g, (a - b) / 2 / (a + b) = g and a + b >= 1: a = (1 + 2 g) / 2 and b = (1 - 2 g) / 2, for
        # 30 + 100 (1 - a) + 100 + 100 b = 230 - 100 (a - b) = 230 - 200 g; or a = 1 and b = (1 - 2 g) / (1 + 2 g), for
        # 130 + 100 b, which is less wherever 2 g < 1.
        told = found(EVEN, "gini", points=5)
        assert pairs(told) == [
            pytest.approx((g, 130 + 100 * (1 - 2 * g) / (1 + 2 * g)), rel=1e-4, abs=1e-4)
            for g in (0.5, 0.375, 0.25, 0.125, 0)
        ]
        assert told.least_measure == pytest.approx(0, abs=1e-6)
        assert told.held_uncovered == pytest.approx(1_000)

    def test_to_supply_nobody_is_even(self) -> None:
        # 200 instead of 230.
        assert pairs(found(EVEN, "gini", points=2, hold_coverage=False))[-1] == near([(0, 200)])[0]

    def test_least_may_be_above_nothing(self) -> None:
        # Birch can make 4 t at most: (1 - 0.4) / 2 / 1.4 = 3/14 where alder is covered. Less there makes it more even:
        # a + 0.4 must be 1, so a = 0.6: 0.2 / 2 / 1 = 0.1, for 30 + 40 + 80 + 60.
        few = with_option(EVEN, "birch", "mill", capacity=4, variable_cost=20, investment=0)
        told = found(few, "gini", points=3)
        assert pairs(told)[0] == pytest.approx((0.5, 130), rel=1e-4)
        assert pairs(told)[-1] == pytest.approx((0.1, 210), rel=1e-4)
        assert told.least_measure == pytest.approx(0.1, rel=1e-4)

    def test_measure_is_that_of_the_report_and_keeps_its_cap(self) -> None:
        told = found(EVEN, "gini", points=4)
        for point in (*told.points, *told.dominated):
            assert point.result.plan is not None
            received = {"alder": 0.0, "birch": 0.0}
            for (_, county, _, _), tonnes in point.result.plan.ship.items():
                received[county] += tonnes
            assert point.measure == pytest.approx(gini((1_000, tonnes) for tonnes in received.values()))
            assert point.cap is None or point.measure <= point.cap + 1e-6

    @pytest.mark.parametrize("seed", range(3))
    def test_no_plan_on_a_grid_is_better(self, seed: int) -> None:
        """Three counties, each with a mill or without, which makes a part of what is wanted there, in tenths."""
        draw = Random(f"grid {seed}")
        case = tiny_instance(["c0", "c1", "c2"])
        price = {code: draw.choice([40, 120, 150]) for code in case.counties}
        rate = {code: draw.choice([0, 4, 12]) for code in case.counties}
        people = {code: draw.choice([500, 1_000, 3_000]) for code in case.counties}
        for code in case.counties:
            case = with_county(case, code, population=people[code])
            case = with_option(case, code, "mill", investment=price[code], variable_cost=rate[code])
        told = found(with_policy(case, coverage_floor=0.1), "gini", points=6)
        covering = told.held_uncovered
        for parts in product([tenth / 10 for tenth in range(1, 11)], repeat=3):
            covered = dict(zip(people, parts, strict=True))
            if sum(people[code] * (1 - covered[code]) for code in people) > covering:
                continue
            cost = sum(price[code] + 10 * rate[code] * covered[code] + 100 * (1 - covered[code]) for code in people)
            uneven = gini((people[code], covered[code]) for code in people) or 0.0
            for point in told.points:
                assert not (uneven < point.measure - 1e-5 and cost < point.cost - 1e-3)
                if point.cost_bound is not None and uneven <= point.measure:
                    assert cost >= point.cost_bound - 1e-3

    def test_many_counties(self) -> None:
        """More than are compared by pairs: bounds hold for the exact coefficient, but for the error that is told."""
        case = with_policy(many(1), coverage_floor=0)
        case = with_entries(case, "central_funds", {2027: inf})
        told = found_loosely(case, points=3)
        assert len(told.points) >= 2
        assert told.remarks[1].startswith("With this many counties")
        assert 0 < told.error < 0.01
        assert [point.measure for point in told.points] == sorted((p.measure for p in told.points), reverse=True)
        for point in told.points:
            assert point.cap is None or point.measure <= point.cap + 1e-5
            for other in (*told.points, *told.dominated):
                if other.measure <= point.measure - told.error and point.cost_bound is not None:
                    assert other.cost >= point.cost_bound - 1e-4

    def test_nobody_lives_there(self) -> None:
        empty = with_county(with_county(EVEN, "alder", population=0), "birch", population=0)
        with pytest.raises(NoFrontier, match="nobody lives"):
            found(empty, "gini")

    def test_nobody_is_supplied(self) -> None:
        none = without_entries(EVEN, "options", ("alder", "mill"), ("birch", "mill"))
        with pytest.raises(NoFrontier, match="supplies nobody"):
            found(none, "gini")

    @pytest.mark.parametrize(
        ("policy", "name"), [({"gini_cap": 0.4}, "gini_cap_from"), ({"uncovered_cap": 1_500}, "objective_from")]
    )
    def test_own_caps_of_other_years_are_refused(self, policy: Mapping[str, float], name: str) -> None:
        with pytest.raises(InvalidOption, match=name):
            found(with_policy(EVEN, **policy), "gini")
        own = with_policy(EVEN, **policy, gini_cap_from=2027, objective_from=2027)
        assert found(own, "gini", points=2).points


def found_loosely(instance: Instance, points: int) -> Frontier:
    """A frontier of the Gini coefficient with a gap."""
    with RunPool() as pool:
        return frontier(instance, replace(EXACTLY, gap=0.02), "gini", pool, points=points)


class TestDispersion:
    # Mills of 10 t for 30 in alder and birch, in the north, and for 120 in cedar, in the south. To import costs 100.
    THREE = with_option(divided_instance("alder", "birch", "cedar", southern="cedar"), "cedar", "mill", investment=120)

    def test_by_hand(self) -> None:
        # The cheapest has two mills in the north, 60 + 100: 20 t of 30. As many covered with less there: one in each,
        # 30 + 100 + 120.
        told = found(self.THREE, "dispersion", points=4)
        assert pairs(told) == near([(2 / 3, 160), (1 / 3, 250)])
        assert [price.value for price in told.prices] == pytest.approx([270])

    def test_to_build_less_is_less_concentrated(self) -> None:
        told = found(self.THREE, "dispersion", points=4, hold_coverage=False)
        assert pairs(told) == near([(2 / 3, 160), (1 / 3, 230), (0, 300)])


class TestCentralFunds:
    def test_by_hand(self) -> None:
        # Alder has 12 of its own and birch 30, but a mill there costs 45: the cheapest plan has alder's mill for 30, of
        # which the centre pays 18, and birch's, for 45, with 15. To cover as many with less of its money is not
        # possible here; to be free in that, birch alone costs 145 and 15, alder alone 130 and 18, neither 200 and 0.
        own = with_county(
            with_county(tiny_instance(["alder", "birch"]), "alder", local_funds=12), "birch", local_funds=30
        )
        case = with_option(own, "birch", "mill", investment=45)
        assert pairs(found(case, "central-funds", points=4)) == near([(33, 75)])
        free = found(case, "central-funds", points=12, hold_coverage=False)
        assert pairs(free) == near([(33, 75), (18, 130), (15, 145), (0, 200)])
        assert [price.value for price in free.prices] == pytest.approx([55 / 15, 15 / 3, 55 / 15])


class TestEnds:
    def test_no_plan(self) -> None:
        must = without_entries(with_good(TWO, "food", import_price=None), "options", ("alder", "mill"))
        with pytest.raises(NoFrontier) as raised:
            found(must, "coverage")
        assert raised.value.result is not None
        assert raised.value.result.status is Status.INFEASIBLE

    @pytest.mark.parametrize("points", [1, 101])
    def test_number_of_points_is_bounded(self, points: int) -> None:
        with pytest.raises(InvalidOption, match="from 2 to 100"):
            found(TWO, "coverage", points=points)

    def test_what_it_is_set_against_is_known(self) -> None:
        with pytest.raises(InvalidOption, match="coverage, gini, dispersion, central-funds"):
            found(TWO, "cost")  # type: ignore[arg-type]

    @pytest.mark.parametrize(("solves", "points"), [(1, 1), (2, 1), (3, 2), (4, 2), (6, 3)])
    def test_interrupted_keeps_what_was_found(self, solves: int, points: int) -> None:
        # The cheapest, its best of equal cost, the good end; then caps from the good end's on: 0, 1000, 2000, 3000.
        with StoppedPool(solves) as pool:
            told = frontier(TWO, EXACTLY, "coverage", pool, points=5)
        assert told.interrupted
        assert len(told.points) == points
        assert told.points[0].cost == pytest.approx(200)

    def test_interrupted_before_anything_was_found(self) -> None:
        with StoppedPool(0) as pool, pytest.raises(NoFrontier) as raised:
            frontier(TWO, EXACTLY, "coverage", pool)
        assert raised.value.result is None

    @pytest.mark.parametrize("against", get_args(Against))
    def test_same_again(self, against: Against) -> None:
        case = TestDispersion.THREE if against == "dispersion" else EVEN
        assert pairs(found(case, against, points=4)) == pairs(found(case, against, points=4))


class StoppedPool(RunPool):
    """A pool in which somebody presses Ctrl-C after a number of solves."""

    def __init__(self, solves: int) -> None:
        super().__init__()
        self._left = solves

    def solve(self, runs: Sequence[Run]) -> Mapping[str, Result]:
        """The results of as many as are still solved."""
        begun = runs[: self._left]
        self._left -= len(begun)
        return super().solve(begun)


def test_ends_are_lexicographic_against_many_solves() -> None:
    """The cheap end's measure is the least at that cost, the good end's cost the least with that measure."""
    told = found(TWO, "coverage", points=6)
    cheap, good = told.points[0], told.points[-1]
    aimed = with_policy(TWO, objective="greatest coverage")
    assert solve(with_policy(aimed, cost_cap=cheap.cost), EXACTLY).objective == pytest.approx(cheap.measure)
    assert solve(aimed, EXACTLY, kept=good.measure).objective == pytest.approx(good.cost)
    assert OBJECTIVE_CLAUSES["greatest coverage"](TWO, good.result.plan) == good.measure  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("proven", "remarks"), [(None, 0), (9.0, 0), (7.0, 0), (4.0, 1)]
)  # between plans that have 12 and 9 of the measure lie 3
def test_remark_where_most_of_the_frontier_may_lie_beyond_its_end(proven: float | None, remarks: int) -> None:
    assert len(list(unexplored(12.0, 9.0, proven))) == remarks
