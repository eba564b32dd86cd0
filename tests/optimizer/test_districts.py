"""District by district: what all share is kept within its limits, and is lent at its price."""

from collections.abc import Sequence
from time import monotonic

import numpy as np
import pytest

from models.problem import build_problem
from optimizer.decomposition.districts import Districts
from optimizer.solvers import HighsProblem
from optimizer.solvers.matrix import Floats, Matrix
from optimizer.stages import Stages
from tests.models.random_full_instance import random_full_instance
from tests.optimizer.matrices import ENDLESS, is_solution, matrix_of
from tests.optimizer.solving import EXACTLY


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every province is a district, and planned by itself."""
    monkeypatch.setattr("optimizer.decomposition.districts.DISTRICT", 1)
    monkeypatch.setattr("optimizer.decomposition.relax_and_fix.TOGETHER", 1)


def found_by(
    matrix: Matrix, labels: Sequence[int], relaxed: Sequence[float], prices: Sequence[float], seconds: float = 60.0
) -> Floats | None:
    """What the search finds."""
    at, worth = np.array(relaxed, dtype=float), np.array(prices, dtype=float)
    return Districts(matrix, labels, at, worth, 0.0, seconds, lambda: False).solve()


def shared(limit: float) -> Matrix:
    """Plants of 4 and of 3 at 10 and 9 in two provinces that need 10 each, or else pay 5 a unit; both share a means of
    which a plant takes its size."""
    rows = [
        ({0: 4.0, 1: 1.0}, 10.0, ENDLESS),
        ({2: 3.0, 3: 1.0}, 10.0, ENDLESS),
        ({0: 4.0, 2: 3.0}, -ENDLESS, limit),
    ]
    return matrix_of(rows, [(0, 5), (0, 99), (0, 5), (0, 99)], cost=[10, 5, 9, 5], whole=[0, 2])


def test_each_takes_its_share_of_the_relaxation() -> None:
    """Each has 10 in the relaxation: two plants of 4 and 2 units at 5, then three of 3 and 1 unit at 5."""
    matrix = shared(20)
    found = found_by(matrix, [0, 0, 1, 1], [2.5, 0, 10 / 3, 0], [0, 0, 0])
    assert found is not None
    assert found.tolist() == pytest.approx([2, 2, 3, 1])


def test_lends_of_what_the_others_have_at_its_price(monkeypatch: pytest.MonkeyPatch) -> None:
    """A third plant at 8 in place of 2 units at 5 is worth it for the first where what it takes of the second's share
    costs nothing; only two are left for the second then. At 2.9 a unit of it the plant costs 19.6."""
    monkeypatch.setattr("optimizer.decomposition.districts.LENT", 1.0)
    cheap = matrix_of(
        [({0: 4.0, 1: 1.0}, 10.0, ENDLESS), ({2: 3.0, 3: 1.0}, 10.0, ENDLESS), ({0: 4.0, 2: 3.0}, -ENDLESS, 20)],
        [(0, 5), (0, 99), (0, 5), (0, 99)],
        cost=[8, 5, 9, 5],
        whole=[0, 2],
    )
    lent = found_by(cheap, [0, 0, 1, 1], [2.5, 0, 10 / 3, 0], [0, 0, 0])
    assert lent is not None
    assert lent.tolist() == pytest.approx([3, 0, 2, 4])
    paid = found_by(cheap, [0, 0, 1, 1], [2.5, 0, 10 / 3, 0], [0, 0, -2.9])
    assert paid is not None
    assert paid.tolist() == pytest.approx([2, 2, 3, 1])


def test_merges_districts_where_the_last_has_nothing_left() -> None:
    """The second must build three plants, which take 9, but has a share of 6 beside the first's 12 of 20."""
    matrix = matrix_of(
        [({0: 4.0, 1: 1.0}, 10.0, ENDLESS), ({2: 3.0}, 9.0, ENDLESS), ({0: 4.0, 2: 3.0}, -ENDLESS, 20)],
        [(0, 5), (0, 99), (0, 5), (0, 99)],
        cost=[1, 5, 9, 5],
        whole=[0, 2],
    )
    found = found_by(matrix, [0, 0, 1, 1], [3.5, 0, 2, 0], [0, 0, 0])
    assert found is not None
    assert is_solution(matrix, found.tolist())
    assert found.tolist() == pytest.approx([2, 2, 3, 0])


def test_nothing_where_there_is_nothing() -> None:
    matrix = shared(20)
    impossible = matrix_of([({0: 1.0}, 9.0, ENDLESS), ({1: 1.0}, 1.0, ENDLESS)], [(0, 5), (0, 5)], whole=[0, 1])
    assert found_by(impossible, [0, 1], [5, 1], [0, 0]) is None
    assert found_by(matrix, [0, 0, 1, 1], [2.5, 0, 10 / 3, 0], [0, 0, 0], seconds=0.0) is None


def test_as_many_districts_as_whole_variables_ask_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("optimizer.decomposition.districts.DISTRICT", 3)
    matrix = matrix_of([({6: 1}, 1, ENDLESS)], [(0, 9)] * 6 + [(1, 1)], whole=range(7))
    districts = Districts(matrix, (0, 0, 1, 2, 2, 2, 1), np.zeros(7), np.zeros(1), 0.0, 60.0, lambda: False)
    assert districts.districts() == [[2], [0, 1]]


def test_plants_for_given_joining_years() -> None:
    found_any = 0
    for seed in range(16):
        instance = random_full_instance(seed)
        problem, variables = build_problem(instance)
        highs = HighsProblem(problem, EXACTLY)
        relaxed = highs.relax(60.0, lambda: False)
        best = HighsProblem(problem, EXACTLY).solve(0.0, 60.0, lambda: False)
        if relaxed.values is None or best.values is None or best.objective is None:
            continue
        stages = Stages(instance, variables, highs, EXACTLY, lambda *_: None, lambda: False, monotonic())
        joining = {index: round(best.values[variable.name]) for index, variable in variables.select.items()}
        at = np.array([relaxed.values[name] for name in highs.names])
        held, labels = highs.matrix(stages._held_joining(joining)), stages._province_of_columns()
        search = Districts(held, labels, at, highs.prices, 0.0, 60.0, lambda: False)
        found = search.solve()
        if len(search.districts()) < 2 or found is None:
            continue
        found_any += 1
        answer = highs.answer_of(dict(zip(highs.names, found.tolist(), strict=True)))
        assert answer is not None, seed
        assert answer.objective is not None
        assert answer.objective >= best.objective - 1e-6 * max(1.0, abs(best.objective)), seed
    assert found_any > 5
