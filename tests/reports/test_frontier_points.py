"""Points of a frontier: which stay, what is proven of them, what a step costs, where the knee is."""

from dataclasses import replace
from math import inf, sqrt

import pytest

from models.plan import Result, Status
from reports.frontier_points import Frontier, FrontierPoint, price, proven_costs, split_dominated
from tests.models.tiny_instance import tiny_instance

NOTHING = Result(Status.SOLVED, None, None, None, None, 0.0, "played", (), ())


def point(measure: float, cost: float, bound: float | None = None, name: str = "") -> FrontierPoint:
    return FrontierPoint(name or f"{measure:g} for {cost:g}", None, measure, cost, bound, NOTHING)


def found(*points: FrontierPoint) -> Frontier:
    return Frontier(tiny_instance(), "gini", points, (), None, inf, interrupted=False)


class TestDominated:
    def test_none_at_least_as_good_in_both_stays(self) -> None:
        cheap, middle, dear = point(3, 10), point(2, 20), point(1, 40)
        worse, alike = point(2.5, 25), point(2, 22)
        kept, dropped = split_dominated([dear, worse, cheap, alike, middle])
        assert kept == (cheap, middle, dear)
        assert dropped == (alike, worse)

    def test_of_the_same_cost_the_better_stays(self) -> None:
        worse, better = point(3, 10), point(2, 10)
        assert split_dominated([worse, better]) == ((better,), (worse,))
        # The solver's tolerance apart, on whichever side.
        next_to = point(2, 10 * (1 + 1e-8))
        assert split_dominated([worse, next_to]) == ((next_to,), (worse,))

    def test_next_to_the_same_measure_the_cheaper_stays(self) -> None:
        cheap, dear = point(2, 10), point(2 - 1e-8, 20)
        assert split_dominated([dear, cheap]) == ((cheap,), (dear,))

    def test_gaps_drop_nothing(self) -> None:
        # A plan for 20 might be had for 9 and then drop the first, but none was found.
        first, second = point(3, 10, bound=8), point(2, 20, bound=9)
        assert split_dominated([first, second])[0] == (first, second)


class TestProofs:
    def test_hold_for_every_point_with_as_little(self) -> None:
        cheap, middle, good = point(3, 10), point(2, 20), point(1, 40)
        told = proven_costs([cheap, middle, good], [(inf, 9), (2.5, 15), (1.5, 14)])
        # The second holds where there is 2.5 or less, the third is weaker.
        assert [one.cost_bound for one in told] == [9, 15, 15]

    def test_never_above_the_cost(self) -> None:
        assert proven_costs([point(2, 20)], [(2, 20.1)])[0].cost_bound == 20

    def test_nothing_proven(self) -> None:
        (told,) = proven_costs([point(2, 20)], [(1.9, 15)])
        assert told.cost_bound is None
        assert told.gap is None

    def test_gap(self) -> None:
        assert point(2, 20, bound=15).gap == pytest.approx(0.25)


class TestPrice:
    def test_between_plans_and_between_least_costs(self) -> None:
        # 30 more for 2 less. At least 35 - 20, at most 50 - 16.
        step = price(point(3, 20, bound=16), point(1, 50, bound=35))
        assert (step.value, step.least, step.most) == (15, 7.5, 17)

    def test_never_below_nothing(self) -> None:
        assert price(point(3, 20, bound=16), point(1, 22, bound=15)).least == 0

    def test_without_bounds(self) -> None:
        step = price(point(3, 20), point(1, 50))
        assert (step.value, step.least, step.most) == (15, 0, inf)

    def test_bounds_that_hold_for_less_of_the_measure(self) -> None:
        # The step known to cost at least 15 gains 2.5, that known to cost at most 34 gains 1.5.
        step = price(point(3, 20, bound=16), point(1, 50, bound=35), error=0.5)
        assert (step.value, step.least, step.most) == (15, 6, pytest.approx(34 / 1.5))
        assert price(point(3, 20, bound=16), point(1, 50, bound=35), error=2).most == inf

    def test_holds_for_every_least_cost_within_the_gaps(self) -> None:
        cheaper, better = point(3, 20, bound=16), point(1, 50, bound=35)
        step = price(cheaper, better)
        for least in (16, 18, 20):
            for more in (35, 42, 50):
                assert step.least <= (more - least) / 2 <= step.most


class TestKnee:
    def test_furthest_below_the_line(self) -> None:
        # Scaled, the points between lie at (0.25, 0.25) and (0.5, 0.1), 0.5 and 0.4 over the square root of two away.
        points = (point(10, 100), point(2.5, 125), point(1, 150), point(0, 200))
        frontier = found(*points)
        assert frontier.distances == pytest.approx((0, 0.5 / sqrt(2), 0.4 / sqrt(2), 0))
        assert frontier.knee is points[1]

    def test_none_on_or_above_the_line(self) -> None:
        assert found(point(10, 100), point(5, 150), point(0, 200)).knee is None
        assert found(point(10, 100), point(9, 190), point(0, 200)).knee is None

    def test_none_of_one_or_two(self) -> None:
        assert found(point(10, 100)).knee is None
        assert found(point(10, 100), point(0, 200)).knee is None
        assert found().knee is None

    def test_scale_does_not_matter(self) -> None:
        points = (point(10, 100), point(2.5, 125), point(0, 200))
        larger = found(*(replace(one, cost=1000 * one.cost, measure=one.measure / 7) for one in points))
        assert larger.distances == pytest.approx(found(*points).distances)
