"""The way of large problems, taken by small ones: stages find plans as good, and counties' budgets have their own."""

from time import monotonic

import pytest
from pulp import LpProblem

from models.instance import Instance
from models.plan import Result, Status
from models.problem import build_problem
from models.records import Objective, Purse
from models.verifier import verify
from optimizer.extraction import plan_of
from optimizer.options import SolveOptions
from optimizer.progress import Progress
from optimizer.solve import TOLERANCE, solve
from optimizer.solvers import Answer, HighsProblem
from optimizer.stages import Stages
from tests.models.evaluation import INFEASIBLE, optimum
from tests.models.random_full_instance import random_full_instance
from tests.models.small_instance import with_design, with_entries, with_good, with_option, with_policy
from tests.models.test_one_purse import BASE, county
from tests.models.tiny_instance import tiny_instance

EXACT = SolveOptions(0.0, 60.0, 1, 0, "HiGHS")
BUDGETS = "settling counties' budgets"


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every problem counts as large."""
    monkeypatch.setattr("optimizer.solve.LARGE", 0)
    monkeypatch.setattr("optimizer.solvers.highs.LARGE", 0)


def staged(instance: Instance) -> tuple[Result, list[str]]:
    """The result, and the stages that were gone through."""
    told: list[Progress] = []
    result = solve(instance, EXACT, progress=told.append)
    return result, list(dict.fromkeys(step.stage for step in told))


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("seed", range(24))
def test_finds_what_one_piece_finds(seed: int) -> None:
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
def test_one_purse() -> None:
    # Held at its budgets without a mill, alder has a subsidy of 40.7 in 2029, for which the centre has enough here.
    # Once the budgets are put right they are as in one piece.
    ample = county(*BASE, funds=40)
    whole = solve(ample, EXACT)
    result, stages = staged(ample)
    assert BUDGETS in stages
    assert result.objective == pytest.approx(466.96)
    assert whole.plan is not None
    assert result.plan is not None
    assert result.plan.remittance == pytest.approx(whole.plan.remittance)
    assert result.plan.subsidy == pytest.approx(whole.plan.subsidy)


@pytest.mark.usefixtures("large")
def test_no_stage_for_budgets_where_none_is_planned() -> None:
    result, stages = staged(tiny_instance(["alder", "birch"], years=2))
    assert result.objective == pytest.approx(60)
    assert BUDGETS not in stages


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


def with_known_budgets(instance: Instance, known: Answer | None = None) -> Stages:
    """After the stage that plans plants with budgets held as without plants; all join in the first year."""
    problem, variables = build_problem(instance)
    PROBLEMS.append(problem)
    highs = HighsProblem(problem, EXACT)
    stages = Stages(instance, variables, highs, EXACT, lambda *_: None, lambda: False, monotonic(), best=known)
    joining = {index: int(index[1] == instance.first_year) for index in variables.select}
    stages._plan_with_known_budgets(joining, stages._revenue_before(joining))
    return stages


def test_known_budgets_are_put_right_for_the_plants_found() -> None:
    # Held at the 10 it remits without plants, alder remits 25 of 50 once they are put right.
    own = with_policy(with_entries(EARNING, "purses", PURSES), plant_income_share=1)
    stages = with_known_budgets(own)
    assert stages.best is not None
    assert stages.best.values is not None
    assert stages.best.objective == pytest.approx(160)  # 100 in 2027, and the mill
    plan = plan_of(own, stages.variables, stages.best.values)
    assert verify(own, plan, TOLERANCE) == ()
    assert plan.remittance == pytest.approx({("alder", 2027): 10, ("alder", 2028): 25})


# Only with the 40 that a mill earns at once does the county have 50 for it, not 20.
AT_ONCE = with_policy(
    with_entries(
        with_option(
            with_good(tiny_instance(central_funds={2027: 0}), "food", market_price=4), "alder", "mill", investment=50
        ),
        "purses",
        {("alder", 2027): Purse(20, 0, 0, 0)},
    ),
    plant_income_share=1,
)


def test_known_budgets_take_no_better_plan_away() -> None:
    # With budgets held it imports for 100.
    found = with_known_budgets(AT_ONCE).best
    assert found is not None
    assert found.objective == pytest.approx(100)
    better = HighsProblem(build_problem(AT_ONCE)[0], EXACT).solve(0.0, 60.0, lambda: False)
    assert better.objective == pytest.approx(50)
    assert with_known_budgets(AT_ONCE, known=better).best is better


@pytest.mark.usefixtures("large")
def test_budgets_are_guessed_from_the_relaxation() -> None:
    # Nothing can be imported: without the revenue of a mill, which the relaxation has, there is no plan.
    must = with_good(AT_ONCE, "food", import_price=None)
    assert with_known_budgets(must).best is None
    result, stages = staged(must)
    assert result.objective == pytest.approx(50)
    assert BUDGETS in stages


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
