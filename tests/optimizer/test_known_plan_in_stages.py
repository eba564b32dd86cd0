"""A known plan to begin with, in a problem that is solved in stages: where it does not fit it leaves no trace."""

from dataclasses import replace

import pytest

from models.instance import Instance
from models.plan import Plan, Status
from optimizer.alternatives_held import joining_years, without
from optimizer.decomposition.relax_and_fix import RelaxAndFix
from optimizer.solve import solve
from optimizer.solvers.matrix import Floats
from tests.models.evaluation import INFEASIBLE, optimum
from tests.models.random_full_instance import random_full_instance
from tests.optimizer.solving import EXACTLY
from tests.optimizer.test_known_plan import INSTANCE, alder_first


@pytest.fixture(params=["large", "neither large nor small"], autouse=True)
def staged(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every problem is solved in stages, with or without a search in one piece that has prospects."""
    monkeypatch.setattr("optimizer.solve.STAGED", 0)
    if request.param == "large":
        monkeypatch.setattr("optimizer.solve.LARGE", 0)
        monkeypatch.setattr("optimizer.solvers.highs.LARGE", 0)


def is_solved(instance: Instance, start: Plan | None, gap: float = 0.0) -> None:
    """Solve, and hold the result to the optimum that HiGHS finds by itself."""
    found, least = solve(instance, replace(EXACTLY, gap=gap), start=start), optimum(instance)
    if least == INFEASIBLE:
        assert (found.status, found.bound) == (Status.INFEASIBLE, None)
        return
    assert found.status is Status.SOLVED
    assert found.objective == pytest.approx(least, rel=5e-6 + gap, abs=5e-6)
    assert found.bound is not None
    assert found.bound <= least + 1e-6 * max(1.0, least)


def test_that_fits() -> None:
    is_solved(INSTANCE, alder_first())


def test_that_does_not_fit() -> None:
    is_solved(replace(INSTANCE, decided={"birch": 2027}), alder_first())


def test_whose_choices_are_not_planned_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """The choices hold for that attempt alone: nothing is proven with them."""
    real, attempts = RelaxAndFix.solve, list[RelaxAndFix]()

    def first_in_vain(search: RelaxAndFix) -> Floats | None:
        attempts.append(search)
        return None if len(attempts) == 1 else real(search)

    monkeypatch.setattr(RelaxAndFix, "solve", first_in_vain)
    is_solved(INSTANCE, alder_first(), gap=0.01)
    assert len(attempts) > 1


@pytest.mark.parametrize("seed", [6, 7, 8, 10, 12, 15, 16, 19, 20, 24, 26, 27])
def test_of_a_problem_with_a_county_more_or_less(seed: int) -> None:
    full = random_full_instance(seed)
    best = solve(full, EXACTLY).plan
    assert best is not None
    fewer = without(full, [min(joining_years(best))])
    is_solved(fewer, best)
    is_solved(full, solve(fewer, EXACTLY).plan)
