"""Whole numbers group by group: by hand where that is easy, and never better than the best of all."""

import math
from collections.abc import Callable, Sequence
from time import monotonic

import numpy as np
import pytest

from models.problem import build_problem
from optimizer.decomposition.relax_and_fix import RelaxAndFix
from optimizer.solvers import HighsProblem
from optimizer.solvers.matrix import Floats, Matrix
from optimizer.stages import Stages
from tests.models.random_full_instance import random_full_instance
from tests.optimizer.matrices import ENDLESS, Row, is_solution, least_of, matrix_of
from tests.optimizer.solving import EXACTLY


@pytest.fixture(autouse=True)
def apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Provinces are planned one by one: the smaller first, and of equal ones the first."""
    monkeypatch.setattr("optimizer.decomposition.relax_and_fix.TOGETHER", 1)


def found_by(
    matrix: Matrix,
    labels: Sequence[int],
    precision: float = 0.0,
    target: float | None = None,
    seconds: float = 60.0,
    should_stop: Callable[[], bool] = lambda: False,
) -> Floats | None:
    """What the search finds."""
    return RelaxAndFix(matrix, labels, precision, target, seconds, should_stop).solve()


def values_of(matrix: Matrix, labels: Sequence[int]) -> list[float]:
    """What the search finds, as a list; it must find something."""
    found = found_by(matrix, labels)
    assert found is not None
    assert is_solution(matrix, found.tolist())
    return found.tolist()


class TestByHand:
    def test_two_groups_that_share_a_row(self) -> None:
        """x + y <= 3.5 and 2y <= 5, worth 2 and 3 each. With parts y is 2.5 and x 1. Whole, y is 2, which leaves x 1.5,
        of which it takes 1."""
        matrix = matrix_of(
            [({0: 1, 1: 1}, -ENDLESS, 3.5), ({1: 2}, -ENDLESS, 5)], [(0, 3), (0, 3)], cost=[-2, -3], whole=[0, 1]
        )
        assert values_of(matrix, [1, 0]) == pytest.approx([1, 2])

    def test_columns_of_no_group_stay_in_parts(self) -> None:
        """z, which both may have instead at 2.5, makes up for what is left."""
        matrix = matrix_of(
            [({0: 1, 1: 1, 2: 1}, 3.5, ENDLESS), ({1: 2}, -ENDLESS, 5)],
            [(0, 3), (0, 3), (0, 9)],
            cost=[3, 2, 2.5],
            whole=[0, 1],
        )
        assert values_of(matrix, [1, 0, -1]) == pytest.approx([0, 2, 1.5])

    # Funds 5a + c + 0.5d <= 10. The plant a, at 30, saves imports of 9.9 at 10 each; the other group's c and d are each
    # worth 4 a unit of funds. With parts a is 0.99 and leaves 5.05.
    FUNDS: Row = ({0: 5, 2: 1, 3: 0.5}, -ENDLESS, 10)
    NEEDS: Row = ({0: 10, 1: 1}, 9.9, ENDLESS)

    def funds(self, c: tuple[float, float], d: tuple[float, float]) -> Matrix:
        bounds = [(0, 1), (0, ENDLESS), c, d]
        return matrix_of([self.FUNDS, self.NEEDS], bounds, cost=[30, 10, -4, -2], whole=[0, 3])

    def test_takes_more_than_its_share(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """0.05 more than its share: d gives way, from 10.1 to 10."""
        matrix = self.funds((0, 0), (0, 30))
        assert values_of(matrix, [0, 0, 1, 1]) == pytest.approx([1, 0, 0, 10])
        monkeypatch.setattr("optimizer.decomposition.relax_and_fix.LENT", 0.0)
        assert values_of(matrix, [0, 0, 1, 1]) == pytest.approx([0, 9.9, 0, 20])

    def test_pays_for_more_than_its_share(self) -> None:
        """Funds 0.5a + 0.5d <= 10. The first a is needed, as above; a second could be had, but is worth 1 where d is
        worth 2."""
        rows: list[Row] = [({0: 0.5, 2: 0.5}, -ENDLESS, 10), ({0: 10, 1: 1}, 9.5, ENDLESS)]
        matrix = matrix_of(rows, [(0, 9), (0, ENDLESS), (0, 30)], cost=[-1, 10, -2], whole=[0, 2])
        assert values_of(matrix, [0, 0, 1]) == pytest.approx([1, 0, 19])

    def test_keeps_to_its_share_where_the_rest_must_have_it(self) -> None:
        """c is at least 5.05, so that a first try with a = 1 leaves the rest none."""
        assert values_of(self.funds((5.05, 30), (0, 1)), [0, 0, 1, 1])[:2] == pytest.approx([0, 9.9])

    def test_groups_that_cannot_follow_are_planned_together(self) -> None:
        """2x + 3y = 7: with parts x is 3, all there is of it, which leaves y a third. Both together are 2 and 1."""
        matrix = matrix_of([({0: 2, 1: 3}, 7, 7)], [(0, 3), (0, 9)], cost=[1, 3], whole=[0, 1])
        assert values_of(matrix, [0, 1]) == pytest.approx([2, 1])

    def test_all_before_are_planned_together_if_need_be(self) -> None:
        """z, which is not in the row, is chosen in between: first y goes with z, and then with x."""
        matrix = matrix_of(
            [({0: 2, 1: 3}, 7, 7), ({2: 1}, 0.5, ENDLESS)], [(0, 3), (0, 9), (0, 9)], cost=[1, 3, 1], whole=[0, 1, 2]
        )
        assert values_of(matrix, [0, 2, 1]) == pytest.approx([2, 1, 1])

    def test_what_is_settled_is_left_out(self) -> None:
        """x is 2 by its bounds, y 3 by the row; only z is to be chosen."""
        matrix = matrix_of(
            [({0: 1, 1: 1}, 5, 5), ({1: 1, 2: 2}, 6, ENDLESS)], [(2, 2), (0, 9), (0, 9)], cost=[1, 1, 1], whole=[0, 2]
        )
        assert values_of(matrix, [0, 1, 1]) == pytest.approx([2, 3, 2])

    def test_all_is_settled(self) -> None:
        matrix = matrix_of([({0: 1, 1: 1}, 5, 5)], [(2, 2), (0, 9)], cost=[1, 1], whole=[0])
        assert values_of(matrix, [0, 1]) == pytest.approx([2, 3])

    def test_first_group_without_whole_numbers_is_joined_with_the_next(self) -> None:
        """x + y >= 3.5 and y <= 2.5: with whole numbers y = 2 leaves x = 1.5, so that neither can go first alone."""
        matrix = matrix_of(
            [({0: 1, 1: 1}, 3.5, ENDLESS), ({1: 2}, -ENDLESS, 5)], [(0, 2), (0, 9)], cost=[3, 2], whole=[0, 1]
        )
        assert values_of(matrix, [1, 0]) == pytest.approx([2, 2])


class TestGroups:
    # sizes 2, 1 and 3; the last column is settled
    MATRIX = matrix_of([({6: 1}, 1, ENDLESS)], [(0, 9)] * 6 + [(0, 1)], whole=range(7))
    LABELS = (0, 0, 1, 2, 2, 2, 1)

    @pytest.mark.parametrize(
        ("together", "groups"),
        [(1, [[1], [0], [2]]), (3, [[2], [0, 1]]), (4, [[0], [2, 1]]), (6, [[0], [2, 1]])],
    )
    def test_small_ones_first_and_never_all_at_once(
        self, together: int, groups: list[list[int]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("optimizer.decomposition.relax_and_fix.TOGETHER", together)
        search = RelaxAndFix(self.MATRIX, self.LABELS, 0.0, None, 60.0, lambda: False)
        assert search._groups() == groups

    def test_one_group_is_solved_as_a_whole(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Of x + 2y >= 7 at 3 and 5, both at most 3 and 3: x = 1 and y = 3."""
        monkeypatch.setattr("optimizer.decomposition.relax_and_fix.TOGETHER", 2)
        matrix = matrix_of([({0: 1, 1: 2}, 7, ENDLESS)], [(0, 3), (0, 3)], cost=[3, 5], whole=[0, 1])
        assert values_of(matrix, [0, 1]) == pytest.approx([1, 3])


class TestNothing:
    def test_without_a_solution_in_parts(self) -> None:
        rows: list[Row] = [({0: 1, 1: 1}, 3, ENDLESS), ({0: 1, 1: 1}, -ENDLESS, 2)]
        assert found_by(matrix_of(rows, [(0, 9), (0, 9)], cost=[1, 1], whole=[0, 1]), [0, 1]) is None

    @pytest.mark.parametrize("labels", [[0, 0], [0, 1], [1, 0]])
    def test_without_a_whole_solution(self, labels: list[int]) -> None:
        matrix = matrix_of([({0: 2, 1: 2}, 3, 3)], [(0, 9), (0, 9)], cost=[1, 2], whole=[0, 1])
        assert found_by(matrix, labels) is None

    PLAIN = matrix_of([({0: 1, 1: 1}, 3.5, ENDLESS)], [(0, 9), (0, 9)], cost=[3, 2], whole=[0, 1])

    def test_without_time(self) -> None:
        assert found_by(self.PLAIN, [0, 1], seconds=0.0) is None
        assert found_by(self.PLAIN, [0, 1]) is not None

    def test_when_it_is_stopped(self) -> None:
        assert found_by(self.PLAIN, [0, 1], should_stop=lambda: True) is None

    def test_when_it_is_stopped_between_groups(self, monkeypatch: pytest.MonkeyPatch) -> None:
        done: list[Sequence[int]] = []
        real = RelaxAndFix._choose

        def choose(search: RelaxAndFix, groups: Sequence[int], *others: object) -> bool:
            chosen = real(search, groups, *others)  # type: ignore[arg-type]
            done.append(groups)
            return chosen

        monkeypatch.setattr(RelaxAndFix, "_choose", choose)
        assert found_by(self.PLAIN, [0, 1], should_stop=lambda: len(done) > 0) is None
        assert [0] in done


class TestEnoughIsEnough:
    def knapsack(self) -> Matrix:
        """Fifty things of which the dearest that weigh half are sought."""
        draw = np.random.default_rng(3)
        weights = draw.integers(50, 150, 50).astype(float)
        worth = weights + draw.integers(0, 40, 50)
        row: Row = (dict(enumerate(weights.tolist())), -ENDLESS, math.floor(weights.sum() / 2))
        return matrix_of([row], [(0, 1)] * 50, cost=(-worth).tolist(), whole=range(50), offset=100.0)

    def cost(self, precision: float = 0.0, target: float | None = None) -> float:
        matrix = self.knapsack()
        found = found_by(matrix, [0] * 50, precision, target)
        assert found is not None
        assert is_solution(matrix, found.tolist())
        return float(matrix.cost @ found) + matrix.offset

    def test_a_target_that_is_reached(self) -> None:
        best = self.cost()
        target = best + 0.2 * abs(best)
        assert best < self.cost(target=target) <= target

    def test_a_precision(self) -> None:
        best = self.cost()
        allowed = 0.2 * abs(best)
        assert best < self.cost(precision=allowed) <= best + allowed


def drawn(seed: int) -> tuple[Matrix, list[int]]:
    """Three groups of three whole columns each, with a need of its own, sharing means with one that is in parts."""
    draw = np.random.default_rng(seed)
    rows: list[Row] = [
        ({3 * group + place: float(draw.integers(1, 6)) for place in range(3)}, float(draw.integers(3, 12)), ENDLESS)
        for group in range(3)
    ]
    used = {column: float(draw.integers(1, 8)) for column in range(9)}
    rows.append(({**used, 9: -1.0}, -ENDLESS, float(draw.integers(8, 20))))
    bounds = [(0.0, 3.0)] * 9 + [(0.0, float(draw.integers(0, 10)))]
    cost = [*draw.integers(1, 9, 9).tolist(), 2.0]
    return matrix_of(rows, bounds, cost, whole=range(9)), [1, 1, 1, 2, 2, 2, 0, 0, 0, -1]


def test_solutions_never_better_than_the_best() -> None:
    found_any = none = best_too = 0
    for seed in range(30):
        matrix, labels = drawn(seed)
        best, found = least_of(matrix), found_by(matrix, labels)
        if best is None:
            assert found is None, seed
            none += 1
        elif found is not None:
            found_any += 1
            assert is_solution(matrix, found.tolist()), seed
            assert float(matrix.cost @ found) >= best[0] - 1e-6, seed
            best_too += float(matrix.cost @ found) <= best[0] + 1e-6
    assert none > 0
    assert found_any > 15
    assert best_too > 5


def test_plants_for_given_joining_years() -> None:
    """Province by province, on random instances, in the joining years of the best plan."""
    found_any = best_too = 0
    for seed in range(16):
        instance = random_full_instance(seed)
        problem, variables = build_problem(instance)
        highs = HighsProblem(problem, EXACTLY)
        best = highs.solve(0.0, 60.0, lambda: False)
        if best.values is None or best.objective is None:
            continue
        stages = Stages(instance, variables, highs, EXACTLY, lambda *_: None, lambda: False, monotonic())
        joining = {index: round(best.values[variable.name]) for index, variable in variables.select.items()}
        matrix = highs.matrix(stages._held_joining(joining))
        found = found_by(matrix, stages._province_of_columns())
        if found is None:
            continue
        found_any += 1
        answer = highs.answer_of(dict(zip(highs.names, found.tolist(), strict=True)))
        assert answer is not None, seed
        assert answer.objective is not None
        dust = 1e-6 * max(1.0, abs(best.objective))
        assert answer.objective >= best.objective - dust, seed
        best_too += answer.objective <= best.objective + dust
        for index, joined in joining.items():
            assert found[highs.column[variables.select[index].name]] == joined
    assert found_any > 8
    assert best_too > 3
