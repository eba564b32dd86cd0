"""The way of large problems, taken by small ones with caps and objectives on evenness and concentration."""

import pytest

from models.plan import Status
from optimizer.solve import solve
from tests.models.evaluation import INFEASIBLE, optimum
from tests.models.random_full_instance import random_capped_instance
from tests.optimizer.solving import EXACTLY


@pytest.mark.parametrize("seed", range(12))
def test_finds_what_one_piece_finds(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    monkeypatch.setattr("optimizer.solve.STAGED", 0)
    monkeypatch.setattr("optimizer.solve.LARGE", 0)
    monkeypatch.setattr("optimizer.solvers.highs.LARGE", 0)
    instance = random_capped_instance(seed)
    least, result = optimum(instance), solve(instance, EXACTLY)
    if least == INFEASIBLE:
        assert result.status is Status.INFEASIBLE
        return
    assert result.status is Status.SOLVED
    assert result.objective == pytest.approx(least, rel=5e-6, abs=5e-6)
    assert result.bound is not None
    assert result.bound <= least + 1e-6 * max(1.0, least)
