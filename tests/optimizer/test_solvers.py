"""What HiGHS and PuLP answer, and what is made of it."""

from collections.abc import Mapping
from time import monotonic, sleep
from typing import Any

import numpy as np
import pulp
import pytest

from models.problem import build_problem
from optimizer.options import SolveOptions
from optimizer.solve import solve
from optimizer.solvers import Answer, End, HighsProblem, SolverUnavailable, available_solvers, require_solver
from optimizer.stages import Stages
from tests.models.random_full_instance import random_full_instance
from tests.models.random_instance import random_instance
from tests.models.small_instance import small_instance

EXACT = SolveOptions(0.0, 60.0, 1, 0, "HiGHS")


def never() -> bool:
    """Never asks to stop."""
    return False


def test_presolve_rule_that_misjudged_whole_numbers_is_off() -> None:
    # with every presolve rule HiGHS 1.15.1 calls 1258.69 optimal; a plan of 1118.56 keeps all rows
    result = solve(random_instance(100210), EXACT)
    assert result.objective == pytest.approx(1118.556007, abs=1e-3)
    assert result.bound == pytest.approx(result.objective)


@pytest.mark.parametrize(("seed", "least"), [(245, 1647.058824), (451, 473.445379), (518, 2587.35)])
def test_some_presolve_is_on(seed: int, least: float) -> None:
    # without any HiGHS 1.15.1 calls the first infeasible, and plans of 499.61 and 2716.55 optimal
    result = solve(random_full_instance(seed), EXACT)
    assert result.objective == pytest.approx(least)
    assert result.bound == pytest.approx(least)


@pytest.mark.parametrize("seed", range(8))
def test_stages_find_what_one_piece_finds(seed: int) -> None:
    instance = random_instance(seed)
    whole = solve(instance, EXACT)
    problem, variables = build_problem(instance)
    highs = HighsProblem(problem, EXACT)
    answer = Stages(instance, variables, highs, EXACT, lambda *_: None, never, monotonic()).solve()
    if whole.objective is None:
        assert (answer.end, answer.values) == (End.INFEASIBLE, None)
        return
    assert answer.objective == pytest.approx(whole.objective, rel=1e-6)
    assert answer.bound is not None
    assert answer.bound <= answer.objective * (1 + 1e-6)


def test_values_that_break_a_row_are_no_solution() -> None:
    problem = pulp.LpProblem("small", pulp.LpMinimize)
    count = problem.add_variable("count", 0, 5, "Integer")
    problem += 3 * count
    problem += count >= 2, "least"
    highs = HighsProblem(problem, EXACT)
    answer = highs.solve(0.0, 10.0, never)
    assert answer.end is End.FINISHED
    assert answer.objective == pytest.approx(6.0)
    assert highs.holds([2.0])
    assert not highs.holds([1.0])
    assert not highs.holds([2.5])
    assert not highs.holds([6.0])


def test_infeasible_is_said() -> None:
    problem = pulp.LpProblem("small", pulp.LpMinimize)
    count = problem.add_variable("count", 0, 1, "Integer")
    problem += 1 * count
    problem += count >= 2, "least"
    assert HighsProblem(problem, EXACT).solve(0.0, 10.0, never).end is End.INFEASIBLE


def test_infeasible_is_checked_in_the_time_that_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[float] = []

    def run(_: HighsProblem, settings: Mapping[str, Any], *others: Any) -> Answer:
        given.append(settings["time_limit"])
        sleep(0.01)
        return Answer(End.INFEASIBLE, None, None, None)

    monkeypatch.setattr(HighsProblem, "_run", run)
    problem = pulp.LpProblem("small", pulp.LpMinimize)
    problem += 1 * problem.add_variable("count", 0, 1, "Integer")
    assert HighsProblem(problem, EXACT).solve(0.0, 10.0, never).end is End.INFEASIBLE
    assert given[0] == 10
    assert 1 < given[1] < 10


def test_every_search_has_its_own_time() -> None:
    # Nobody can split these weights so in a second, or an hour.
    random = np.random.default_rng(1)
    problem = pulp.LpProblem("halves", pulp.LpMinimize)
    chosen = [problem.add_variable(f"chosen_{place}", 0, 1, "Integer") for place in range(50)]
    away = []
    for row in range(6):
        weights = random.integers(0, 100, len(chosen))
        more, less = (problem.add_variable(f"{side}_{row}", 0) for side in ("more", "less"))
        problem += pulp.lpDot(weights.tolist(), chosen) + more - less == int(weights.sum()) // 2, f"half_{row}"
        away += [more, less]
    problem += pulp.lpSum(away)
    highs = HighsProblem(problem, EXACT)
    begun = monotonic()
    ends = [highs.solve(0.0, 1.0, never).end for _ in range(4)]
    assert ends == [End.LIMIT] * 4
    assert monotonic() - begun < 10  # timed from the first they take 1, 2, 4 and 8 s
    assert highs.relax(1.0, never).end is End.FINISHED


def test_missing_solver_is_named_with_those_that_are_here() -> None:
    with pytest.raises(SolverUnavailable, match="NOSUCH is not available here; available: HiGHS"):
        require_solver("NOSUCH")
    assert available_solvers()[0] == "HiGHS"
    assert require_solver("highs") == "HiGHS"


def test_carried_reserve_is_the_slack_of_the_budget() -> None:
    instance = small_instance()
    result = solve(instance, EXACT)
    assert result.plan is not None
    told = {limit.index[0]: limit for limit in result.limits if limit.rule == "central_budget"}
    assert set(told) == set(instance.reserve_years)
    for year, limit in told.items():
        before = result.plan.reserve.get((int(year) - 1,), 0.0)
        assert limit.allowed == pytest.approx(instance.central_funds[int(year)] + before)
        assert limit.slack == pytest.approx(result.plan.reserve.get((int(year),), 0.0))
