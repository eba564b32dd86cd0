"""The bound from blocks is a bound, and no worse than the relaxation's where blocks are whole problems."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from models.instance import Instance
from models.problem import build_problem
from optimizer.decomposition.blocks import Blocks
from optimizer.options import SolveOptions
from optimizer.solvers import HighsProblem
from optimizer.solvers.matrix import Matrix
from tests.models.random_full_instance import random_full_instance
from tests.models.random_instance import random_instance

OPTIONS = SolveOptions(gap=1e-9, time_limit=60.0, threads=1, seed=0, solver="HiGHS")


def knapsack(upper: float = math.inf) -> Matrix:
    """Two counties, x and y in plants: cost 3x + 4y, 2x <= 5 and 2y <= 5 on their own, x + y >= 3 shared."""
    return Matrix(
        cost=np.array([3.0, 4.0]),
        offset=1.0,
        lower=np.zeros(2),
        upper=np.full(2, upper),
        whole=np.array([0, 1], dtype=np.int32),
        least=np.array([-math.inf, -math.inf, 3.0]),
        most=np.array([5.0, 5.0, math.inf]),
        row_of=np.array([0, 1, 2, 2]),
        column_of=np.array([0, 1, 0, 1], dtype=np.int32),
        values=np.array([2.0, 2.0, 1.0, 1.0]),
    )


def bound_of(matrix: Matrix, labels: list[str | None], prices: list[float], threads: int = 1) -> float | None:
    found = Blocks(matrix, labels).bound(np.array(prices), 0.0, threads, 60.0, lambda: False)
    return None if found is None else found.total


class TestByHand:
    def test_no_price_for_what_is_shared(self) -> None:
        assert bound_of(knapsack(), ["x", "y"], [0, 0, 0]) == pytest.approx(1)

    def test_with_a_price(self) -> None:
        """At 4 a plant: 1 + 4 * 3 + min(3 - 4, 0) * 2 + 0 = 11; the best plan is x = 2, y = 1: 1 + 6 + 4 = 11. The
        relaxation has x = 2.5, y = 0.5: 1 + 7.5 + 2 = 10.5."""
        assert bound_of(knapsack(), ["x", "y"], [0, 0, 4]) == pytest.approx(11, abs=1e-5)

    def test_a_price_of_a_row_inside_a_block_is_left_aside(self) -> None:
        assert bound_of(knapsack(), ["x", "y"], [7, -7, 4]) == pytest.approx(11, abs=1e-5)

    def test_a_price_on_the_side_without_a_limit_is_left_aside(self) -> None:
        assert bound_of(knapsack(), ["x", "y"], [0, 0, -4]) == pytest.approx(1)

    def test_a_column_of_no_block_stands_at_its_better_end(self) -> None:
        """At 5 a plant: x in its block takes 2 * (3 - 5); y has none, so that its row is given up, but not what it
        implies, y <= 2.5, doubled for caution: 1 + 5 * 3 - 4 + 5 * (4 - 5) = 7."""
        assert bound_of(knapsack(), ["x", None], [0, 0, 5]) == pytest.approx(7, abs=1e-5)

    def test_enough(self) -> None:
        """Prices alone: x may be 2.5 and y 2.5, doubled for caution: 1 + 4 * 3 - 5 = 8, and no block need be solved.
        With a price for x's own row, 2x <= 5 at -0.5, nothing is gained by x: 1 + 12 - 2.5 = 10.5, the relaxation.
        Whole plants make it 11."""

        def bound(prices: list[float], enough: float) -> float:
            found = Blocks(knapsack(), ["x", "y"]).bound(np.array(prices), 0.0, 1, 60.0, lambda: False, enough)
            assert found is not None
            return found.total

        assert bound([0, 0, 4], 8 - 1e-5) == pytest.approx(8, abs=1e-5)
        assert bound([-0.5, 0, 4], 10.5 - 1e-5) == pytest.approx(10.5, abs=1e-5)
        assert bound([-0.5, 0, 4], 10.6) == pytest.approx(11, abs=1e-5)

    def test_small_blocks_first(self) -> None:
        """y's block is solved before that of x and z, and is enough: 2.5 plants of y earn no more than 2."""
        matrix = replace(
            knapsack(),
            cost=np.array([3.0, 3.0, 0.0]),
            lower=np.zeros(3),
            upper=np.full(3, 2.5),
        )
        found = Blocks(matrix, ["x", "y", "x"]).bound(
            np.array([0.0, 0.0, 4.0]), 0.0, 1, 60.0, lambda: False, 8.2, batch=1
        )
        assert found is not None
        assert list(found.values) == pytest.approx([-2.5, -2.0])

    def test_one_of_which_nothing_is_proven_keeps_its_bound(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """By prices alone x gains 1 on each of 2.5 plants, doubled for caution. Solved, y gains 0.5 on each of 2."""
        real, asked = Blocks.least, list[int]()

        def least(blocks: Blocks, block: int, *arguments: Any, **named: Any) -> list[float | None]:
            asked.append(block)
            return [None] if len(asked) == 1 else real(blocks, block, *arguments, **named)

        monkeypatch.setattr(Blocks, "least", least)
        found = Blocks(replace(knapsack(), cost=np.array([3.0, 3.5])), ["x", "y"]).bound(
            np.array([0.0, 0.0, 4.0]), 0.0, 1, 60.0, lambda: False, batch=1
        )
        assert asked == [0, 1]
        assert found is not None
        assert list(found.values) == pytest.approx([-5.0, -1.0], abs=1e-5)

    def test_whatever_the_threads(self) -> None:
        assert bound_of(knapsack(), ["x", "y"], [0, 0, 4]) == bound_of(knapsack(), ["x", "y"], [0, 0, 4], threads=2)

    @pytest.mark.parametrize(("seconds", "stopped"), [(0.0, False), (60.0, True)])
    def test_no_time_or_stopped_leaves_what_follows_from_prices(self, seconds: float, stopped: bool) -> None:
        blocks = Blocks(knapsack(), ["x", "y"])
        found = blocks.bound(np.array([0, 0, 4.0]), 0.0, 1, seconds, lambda: stopped)
        assert found is not None
        assert found.total == pytest.approx(8, abs=1e-5)

    def test_a_search_is_stopped_on_the_way(self) -> None:
        """Three rows of 20 to add up to half of theirs: no search of so few nodes ends at once."""
        draw = np.random.default_rng(0)
        weights = draw.integers(10, 100, (3, 20)).astype(float)
        half = np.floor(weights.sum(axis=1) / 2)
        matrix = Matrix(
            cost=draw.uniform(1, 2, 20),
            offset=0.0,
            lower=np.zeros(20),
            upper=np.ones(20),
            whole=np.arange(20, dtype=np.int32),
            least=half - 1,
            most=half,
            row_of=np.repeat(np.arange(3), 20),
            column_of=np.tile(np.arange(20, dtype=np.int32), 3),
            values=weights.ravel(),
        )
        blocks, asked = Blocks(matrix, ["x"] * 20), []

        def asked_again() -> bool:
            asked.append(True)
            return len(asked) > 1

        priced = blocks.priced(np.zeros(3))
        (least,) = blocks.least(0, priced, 0.0, 600.0, nodes=5)
        assert least is not None
        assert least > 0
        assert blocks.least(0, priced, 0.0, 600.0, nodes=5, should_stop=asked_again) == [None]
        assert len(asked) > 1

    def test_joined(self) -> None:
        """Both in one block: what is known of each, and 4 * 3 for the row between them. Solved, it is the optimum."""
        prices, known = np.array([0, 0, 4.0]), np.array([-2.0, 0.0])
        both, each = Blocks(knapsack(), ["n", "n"]), Blocks(knapsack(), ["x", "y"])
        assert list(both.joined(each, prices, known)) == [10.0]
        assert list(both.joined(both, prices, np.array([7.0]))) == [7.0]
        bound = both.bound(prices, 0.0, 1, 0.0, lambda: True, known=np.array([10.0]))
        assert bound is not None
        assert bound.total == pytest.approx(11, abs=1e-5)


def labels_of(instance: Instance, names: list[str], provinces: bool = False) -> list[str | None]:
    counties = [next((part for part in name.split(".")[1:] if part in instance.counties), None) for name in names]
    return [instance.counties[code].province if code and provinces else code for code in counties]


def test_never_above_the_optimum() -> None:
    """At the relaxation's prices and at any others, by counties and by provinces, on random instances. Provinces are no
    worse than their counties, and what follows from counties for them is the same bound."""
    random, compared, better = np.random.default_rng(1), 0, 0
    for instance in [draw(seed) for draw in (random_instance, random_full_instance) for seed in range(25)]:
        problem, _ = build_problem(instance)
        highs = HighsProblem(problem, OPTIONS)
        best = highs.solve(0.0, 60.0, lambda: False).objective
        if best is None:
            continue
        dust = 1e-6 * max(1.0, abs(best))
        highs.relax(60.0, lambda: False)
        for share in (1.0, random.uniform(0.5, 1.5, len(highs.prices))):
            prices = highs.prices * share
            counties, provinces = (
                Blocks(highs.matrix(), labels_of(instance, highs.names, wide)) for wide in (False, True)
            )
            one = counties.bound(prices, 0.0, 1, 60.0, lambda: False)
            if one is None:
                continue
            known = provinces.joined(counties, prices, one.values)
            unsolved = provinces.bound(prices, 0.0, 1, 0.0, lambda: True, known=known)
            all_of_it = provinces.bound(prices, 0.0, 1, 60.0, lambda: False, known=known)
            assert unsolved is not None
            assert all_of_it is not None
            assert one.total - 1e-4 * abs(one.total) <= unsolved.total <= all_of_it.total + dust
            assert all_of_it.total <= best + dust
            compared += 1
            better += all_of_it.total > one.total + dust
    assert compared > 50
    assert better > 5
