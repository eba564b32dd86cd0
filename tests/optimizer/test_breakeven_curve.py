"""Certified curves: their bounds hold, and crossings and proofs are found exactly."""

from dataclasses import replace
from itertools import pairwise
from math import inf
from random import Random

import pytest

from models.instance import Instance
from optimizer.breakeven.curve import Curve, crossings, sections, verdict
from optimizer.breakeven.side import Side
from optimizer.options import SolveOptions
from optimizer.solve import solve
from tests.models.evaluation import INFEASIBLE, optimum
from tests.models.random_instance import random_instance

LOOSE = SolveOptions(gap=0.05, time_limit=60.0, threads=1, seed=0, solver="HiGHS")
SEEDS = range(12)


def freight(seed: int, rate: float) -> Instance:
    """A random problem with carrying and importing times a rate."""
    whole = random_instance(seed)
    goods = {
        code: replace(good, import_price=None if good.import_price is None else good.import_price * (1 + rate))
        for code, good in whole.goods.items()
    }
    return replace(
        whole, lanes={key: replace(lane, cost=lane.cost * rate) for key, lane in whole.lanes.items()}, goods=goods
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_the_optimum_lies_within_the_bounds_at_any_value(seed: int) -> None:
    side = Side("test", "any", lambda rate: freight(seed, rate), 0.0, 3.0)
    assert side.curve.concave
    for value in (0.0, 3.0, 1.3):
        run = side.run(value, LOOSE, LOOSE.gap)
        side.take(value, LOOSE.gap, solve(run.instance, run.options))
    draw = Random(seed)
    for value in (0.0, 3.0, *(draw.uniform(0, 3) for _ in range(3))):
        least = optimum(freight(seed, value))
        if least == INFEASIBLE:
            assert side.curve.without_plan
            continue
        small = 1e-6 * max(1.0, abs(least))
        assert side.curve.lower(value) <= least + small
        assert least <= side.curve.upper(value) + small


def test_some_of_these_problems_have_plans() -> None:
    assert sum(optimum(freight(seed, 1.0)) < INFEASIBLE for seed in SEEDS) > len(SEEDS) / 2


def curve(*lines: tuple[float, float], proven: dict[float, float]) -> Curve:
    found = Curve(0.0, 10.0, "concave")
    for line in lines:
        found.add_line(*line)
    for value, bound in proven.items():
        found.add_bound(value, bound)
    return found


def test_upper_bound_is_the_lowest_line_and_lower_bound_the_chord() -> None:
    found = curve((0.0, 20.0), (10.0, 12.0), proven={0.0: 0.0, 10.0: 10.0})
    assert [found.upper(value) for value in (0.0, 5.0, 10.0)] == [0.0, 10.0, 12.0]
    assert [found.lower(value) for value in (0.0, 5.0, 10.0)] == [0.0, 5.0, 10.0]
    found.add_bound(5.0, 8.0)
    assert found.lower(2.5) == pytest.approx(4.0)
    assert found.lower(7.5) == pytest.approx(9.0)


def test_a_bound_below_the_chord_of_others_is_of_no_use() -> None:
    found = curve((0.0, 20.0), proven={0.0: 0.0, 10.0: 10.0, 5.0: 2.0})
    assert found.lower(5.0) == 5.0


def test_sections_end_exactly_where_lines_meet() -> None:
    # 20 throughout, proven to be at least 18, against 10 + 2 p, proven: the same at 5, open from 4 on, and until the
    # margin of a millionth, 0.00002 of money, is passed.
    steady = curve((20.0, 20.0), proven={0.0: 18.0, 10.0: 18.0})
    rising = curve((10.0, 30.0), proven={0.0: 10.0, 10.0: 30.0})
    found = sections((steady, rising))
    assert [(part.lower, part.proven) for part in found] == [(1, True), (1, False), (0, False), (0, True)]
    ends = [pytest.approx(end, abs=1e-6) for end in (4.0 - 0.9e-5, 5.0, 5.0 + 1e-5, 10.0)]
    assert [part.end for part in found] == ends
    assert crossings(found) == [(pytest.approx(5.0), 1, 0)]


def test_crossings_between_solved_values_are_seen() -> None:
    # min(10 p, 40) against 5 + 4 p: crossing at 5/6 and at 8.75
    bent = curve((0.0, 100.0), (40.0, 40.0), proven={0.0: 0.0, 10.0: 40.0})
    straight = curve((5.0, 45.0), proven={0.0: 5.0, 10.0: 45.0})
    found = crossings(sections((bent, straight)))
    assert found == [(pytest.approx(5 / 6), 0, 1), (pytest.approx(8.75), 1, 0)]


def test_curves_that_are_the_same_do_not_cross() -> None:
    one, other = (curve((5.0, 45.0), proven={0.0: 5.0, 10.0: 45.0}) for _ in range(2))
    (part,) = sections((one, other))
    assert (part.lower, part.proven) == (None, True)
    assert crossings([part]) == []


def test_a_curve_that_is_not_concave_proves_nothing_between_values() -> None:
    found = Curve(0.0, 10.0, "free")
    for value, bound, cost in ((0.0, 1.0, 2.0), (10.0, 5.0, 6.0)):
        found.add_bound(value, bound)
        found.add_cost(value, cost)
    assert found.lower(0.0) == 1.0
    assert found.lower(5.0) == -inf
    assert found.upper(5.0) == inf
    assert found.guess(5.0) == 4.0
    dear = Curve(0.0, 10.0, "concave")
    dear.add_line(50.0, 50.0)
    for value in (0.0, 10.0):
        dear.add_bound(value, 50.0)
    assert verdict((found, dear), 10.0) == (0, True)
    assert verdict((found, dear), 5.0) == (0, False)
    assert verdict((dear, found), 5.0) == (1, False)


def test_a_rising_curve_lies_between_what_is_known_on_both_sides() -> None:
    found = Curve(0.0, 10.0, "rising")
    for value, bound, cost in ((0.0, 1.0, 2.0), (5.0, 3.0, 4.0), (10.0, 5.0, 6.0)):
        found.add_bound(value, bound)
        found.add_cost(value, cost)
    assert (found.lower(4.0), found.upper(4.0), found.guess(4.0)) == (1.0, 4.0, pytest.approx(3.6))
    assert (found.lower(5.0), found.upper(5.0)) == (3.0, 4.0)
    assert (found.lower(6.0), found.upper(6.0)) == (3.0, 6.0)
    found.add_bound(7.0, inf)
    assert found.lower(8.0) == inf
    assert found.lower(6.9) == 3.0
    steady = curve((4.5, 4.5), proven={0.0: 4.5, 10.0: 4.5})
    first = sections((found, steady))[0]
    assert (first.end, first.lower, first.proven) == (5.0, 0, True)
    assert verdict((found, steady), 2.0) == (0, True)
    assert verdict((found, steady), 6.0) == (1, False)


def test_a_falling_curve_does_so_the_other_way_round() -> None:
    found = Curve(0.0, 10.0, "falling")
    for value, bound, cost in ((0.0, 5.0, 6.0), (10.0, 1.0, 2.0)):
        found.add_bound(value, bound)
        found.add_cost(value, cost)
    assert (found.lower(4.0), found.upper(4.0)) == (1.0, 6.0)


def test_without_a_plan_there_is_no_curve() -> None:
    never, once = Curve(0.0, 10.0, "concave"), curve((5.0, 45.0), proven={0.0: 5.0, 10.0: 45.0})
    never.add_bound(0.0, inf)
    assert never.without_plan
    assert verdict((once, never), 5.0) == (0, True)
    assert verdict((never, never), 5.0) == (None, True)


def test_sections_begin_and_end_with_the_range_whatever_rounding_puts_beside_it() -> None:
    tiny = 8e-15
    one, other = Curve(10.0, 20.0, "concave"), Curve(10.0, 20.0, "concave")
    for found, last in ((one, 10.0), (other, 20.0)):
        found.add_line(10.0, last)
        found.proven = {10.0: 10.0, 10.0 + tiny: 10.0, 20.0 - tiny: last, 20.0: last}
    parts = sections((one, other))
    assert parts[0].start == 10.0
    assert parts[-1].end == 20.0
    assert all(before.end == after.start for before, after in pairwise(parts))
