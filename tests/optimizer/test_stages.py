"""The way of large problems, taken by small ones: stages find plans as good, with budgets right for their plants."""

from dataclasses import replace
from time import monotonic
from typing import Any

import pytest
from pulp import LpProblem

from models.instance import Instance
from models.plan import Result, Status
from models.problem import build_problem
from models.records import Objective, Purse
from models.verifier import verify
from optimizer.decomposition.relax_and_fix import RelaxAndFix
from optimizer.extraction import plan_of
from optimizer.options import SolveOptions
from optimizer.progress import Progress
from optimizer.solve import TOLERANCE, solve
from optimizer.solvers import Answer, End, HighsProblem
from optimizer.solvers.matrix import Floats
from optimizer.stages import Stages
from tests.models.evaluation import INFEASIBLE, optimum
from tests.models.random_full_instance import random_full_instance
from tests.models.small_instance import with_design, with_entries, with_good, with_option, with_policy
from tests.models.test_one_purse import BASE, county
from tests.models.tiny_instance import tiny_instance

EXACT = SolveOptions(0.0, 60.0, 1, 0, "HiGHS")


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every problem counts as large."""
    monkeypatch.setattr("optimizer.solve.STAGED", 0)
    monkeypatch.setattr("optimizer.solve.LARGE", 0)
    monkeypatch.setattr("optimizer.solvers.highs.LARGE", 0)


def staged(instance: Instance) -> tuple[Result, list[str]]:
    """The result, and the stages that were gone through."""
    told: list[Progress] = []
    result = solve(instance, EXACT, progress=told.append)
    return result, list(dict.fromkeys(step.stage for step in told))


@pytest.mark.parametrize("size", ["large", "neither large nor small"])
@pytest.mark.parametrize("seed", range(24))
def test_finds_what_one_piece_finds(seed: int, size: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("optimizer.solve.STAGED", 0)
    if size == "large":
        monkeypatch.setattr("optimizer.solve.LARGE", 0)
        monkeypatch.setattr("optimizer.solvers.highs.LARGE", 0)
    instance = random_full_instance(seed)
    least = optimum(instance)
    result, stages = staged(instance)
    assert "bounding the cost from below" in stages
    if least == INFEASIBLE:
        assert result.status is Status.INFEASIBLE
        return
    assert result.status is Status.SOLVED
    assert result.objective == pytest.approx(least, rel=5e-6, abs=5e-6)
    assert result.bound is not None
    assert result.bound <= least + 1e-6 * max(1.0, least)


@pytest.mark.usefixtures("large")
def test_relaxation_that_is_less_precise_than_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """It proves nothing itself, but what it found as prices does."""
    real = HighsProblem.relax

    def imprecise(problem: HighsProblem, *arguments: Any) -> Answer:
        return replace(real(problem, *arguments), end=End.LIMIT, bound=None)

    monkeypatch.setattr(HighsProblem, "relax", imprecise)
    instance = random_full_instance(8)
    told: list[Progress] = []
    result = solve(instance, replace(EXACT, gap=0.01), progress=told.append)
    assert result.status is Status.SOLVED
    assert result.objective == pytest.approx(optimum(instance), rel=0.01)
    assert "solving" not in {step.stage for step in told}


@pytest.mark.usefixtures("large")
def test_one_purse() -> None:
    # What alder remits and is given follows from its mill, which stages find before they know either.
    ample = county(*BASE, funds=40)
    whole = solve(ample, EXACT)
    result, _ = staged(ample)
    assert result.objective == pytest.approx(466.96)
    assert whole.plan is not None
    assert result.plan is not None
    assert result.plan.start == {("alder", "mill", 2027): 1}
    assert result.plan.remittance == pytest.approx(whole.plan.remittance)
    assert result.plan.subsidy == pytest.approx(whole.plan.subsidy)


# Nobody but the county pays. It has 70 in 2027, of which it owes 10, and a mill of 10 t costs 60 and earns 40 a year
# from 2028 on, when it owes half of its revenue.
EARNING = with_entries(
    with_good(
        with_option(with_design(tiny_instance(years=2), "mill", lead_years=1), "alder", "mill", investment=60),
        "food",
        market_price=4,
    ),
    "central_funds",
    {2027: 0, 2028: 0},
)
PURSES = {("alder", 2027): Purse(70, 0, 10, 0), ("alder", 2028): Purse(10, 0, 10, 0.5)}


PROBLEMS: list[LpProblem] = []
"""Problems of stages looked into after they are over: under PuLP 4 variables live no longer than their problem."""


def with_plants(instance: Instance, year: int | None, known: Answer | None = None) -> Stages:
    """After the stage that plans plants where all join in a year, or nobody does."""
    problem, variables = build_problem(instance)
    PROBLEMS.append(problem)
    highs = HighsProblem(problem, EXACT)
    stages = Stages(instance, variables, highs, EXACT, lambda *_: None, lambda: False, monotonic(), best=known)
    stages._plan_plants(stages._held_joining({index: int(index[1] == year) for index in variables.select}))
    return stages


def test_budgets_are_those_of_the_plants_found() -> None:
    # Without plants alder would remit 10 in both years; half of the 50 that it has with a mill are 25.
    own = with_policy(with_entries(EARNING, "purses", PURSES), plant_income_share=1)
    stages = with_plants(own, 2027)
    assert stages.best is not None
    assert stages.best.values is not None
    assert stages.best.objective == pytest.approx(160)  # 100 in 2027, and the mill
    plan = plan_of(own, stages.variables, stages.best.values)
    assert verify(own, plan, TOLERANCE) == ()
    assert plan.remittance == pytest.approx({("alder", 2027): 10, ("alder", 2028): 25})


def test_joining_years_are_held() -> None:
    # Joining in 2028 alder has its mill when the years are over: it imports for 200, which is better than to want.
    own = with_policy(with_entries(EARNING, "purses", PURSES), plant_income_share=1)
    late = with_plants(with_good(own, "food", shortage_penalty=20), 2028)
    assert late.best is not None
    assert late.best.objective == pytest.approx(200)


# Only with the 40 that a mill earns at once does the county have 50 for it, not 20.
AT_ONCE = with_policy(
    with_entries(
        with_option(
            with_good(tiny_instance(central_funds={2027: 0}), "food", market_price=4, shortage_penalty=20),
            "alder",
            "mill",
            investment=50,
        ),
        "purses",
        {("alder", 2027): Purse(20, 0, 0, 0)},
    ),
    plant_income_share=1,
)


@pytest.mark.parametrize("price", [10.0, None])
def test_plant_that_pays_for_itself(price: float | None) -> None:
    # An import would be 100, and to do without the food 200.
    found = with_plants(with_good(AT_ONCE, "food", import_price=price), 2027).best
    assert found is not None
    assert found.objective == pytest.approx(50)


def test_no_better_plan_is_taken_away() -> None:
    assert (worse := with_plants(AT_ONCE, None).best) is not None
    assert worse.objective == pytest.approx(100)
    better = HighsProblem(build_problem(AT_ONCE)[0], EXACT).solve(0.0, 60.0, lambda: False)
    assert better.objective == pytest.approx(50)
    assert with_plants(AT_ONCE, None, known=better).best is better


# Food from elsewhere, or none, is out of the question.
MUST = with_good(AT_ONCE, "food", import_price=None, shortage_penalty=None)


def test_no_plan_with_these_joining_years() -> None:
    assert with_plants(MUST, None).best is None


@pytest.mark.usefixtures("large")
def test_plan_that_needs_its_plant() -> None:
    result, _ = staged(MUST)
    assert result.objective == pytest.approx(50)
    assert result.plan is not None
    assert result.plan.start == {("alder", "mill", 2027): 1}


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("objective", ["greatest coverage", "greatest least coverage", "least central funds"])
def test_objectives(objective: Objective) -> None:
    own = with_policy(with_entries(EARNING, "purses", PURSES), plant_income_share=1, objective=objective)
    floor = with_policy(own, coverage_floor=0.9, coverage_floor_from=2028)
    result, stages = staged(floor)
    assert result.status is Status.SOLVED
    assert stages.count("building the problem") == 1
    assert result.objective == pytest.approx(optimum(floor), abs=1e-5)
    assert sum(charge.amount for charge in result.charges) == pytest.approx(160, rel=1e-5)


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("threads", [1, 2])
def test_plants_are_chosen_with_any_number_of_threads(threads: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """HiGHS refuses to run with another number of threads than its scheduler was begun with."""
    found: list[object] = []
    solve_by_groups = RelaxAndFix.solve

    def spied(search: RelaxAndFix) -> Floats | None:
        found.append(solve_by_groups(search))
        return found[-1]  # type: ignore[return-value]

    monkeypatch.setattr(RelaxAndFix, "solve", spied)
    result = solve(tiny_instance(["alder", "birch"], years=2), replace(EXACT, threads=threads))
    assert result.objective == pytest.approx(60)
    assert len(found) == 1
    assert found[0] is not None
