"""Solve an instance: build, solve, recompute, verify."""

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from models.costs import charges_of
from models.instance import Instance
from models.plan import Limit, Plan, Result, Status
from models.problem import build_problem
from models.rules import RULES
from models.variables import lp_name
from models.verifier import Violation, verify, verify_costs
from optimizer.extraction import plan_of
from optimizer.options import SolveOptions
from optimizer.progress import Progress
from optimizer.solvers import LARGE, Answer, End, HighsProblem, is_highs, require_solver, slacks_of, solve_elsewhere
from optimizer.stages import Stages

logger = logging.getLogger(__name__)

TOLERANCE = 1e-5
"""Relative breach of a rule that the verifier puts down to the solver's own tolerances (1e-6 to 1e-7)."""

GAP_DUST = 1e-9
"""Relative difference of objective and bound that counts as none."""


class VerificationFailed(Exception):
    """The solver's answer breaks a rule or a cost: an error of the program, never reported as a plan."""

    def __init__(self, violations: tuple[Violation, ...]) -> None:
        shown = "; ".join(str(violation) for violation in violations[:5])
        more = f" and {len(violations) - 5} more" if len(violations) > 5 else ""
        super().__init__(f"the plan failed its verification: {shown}{more}")
        self.violations = violations


def solve(
    instance: Instance,
    options: SolveOptions,
    *,
    progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
    log: Path | None = None,
) -> Result:
    """Find the least-cost plan of `instance`, or the best within the options' time.

    `progress` is called as it goes on, `should_stop` asked; `log` takes the solver's own log. The plan of
    the result has passed the independent verifier, and its objective is recomputed from it.
    Raises `SolverUnavailable`, and `VerificationFailed` when the solver's answer is no plan.
    """
    begun = time.monotonic()
    stop = should_stop or (lambda: False)
    solver = require_solver(options.solver)

    def report(stage: str, incumbent: float | None, bound: float | None) -> None:
        if progress is not None:
            progress(Progress(time.monotonic() - begun, stage, incumbent, bound))

    report("building the problem", None, None)
    problem, variables = build_problem(instance)
    logger.info("%s columns, %s rows", problem.numVariables(), problem.numConstraints())
    if is_highs(solver):
        highs = HighsProblem(problem, options, log)
        try:
            if len(highs.whole) >= LARGE:
                answer = Stages(instance, variables, highs, options, report, stop, begun).solve()
            else:
                report("solving", None, None)
                left = options.time_limit - (time.monotonic() - begun)
                answer = highs.solve(options.gap, left, stop, lambda best, bound: report("solving", best, bound))
            if answer.values is not None:
                report("settling the quantities", answer.objective, answer.bound)
                settled = highs.fix_and_solve(answer.values)
                values = settled.values if settled.values is not None else answer.values
        finally:
            highs.close()
    else:
        report(f"solving with {solver}", None, None)
        answer = solve_elsewhere(problem, options, log)
        if stop():
            answer = replace(answer, end=End.INTERRUPTED)
        values = answer.values or {}
    seconds = time.monotonic() - begun
    if answer.values is None:
        return _without_plan(answer, seconds, solver)
    report("verifying the plan", answer.objective, answer.bound)
    plan = plan_of(instance, variables, values)
    charges = charges_of(instance, plan)
    violations = (*verify(instance, plan, TOLERANCE), *verify_costs(instance, plan, charges))
    if violations:
        raise VerificationFailed(violations)
    objective = sum(charge.amount for charge in charges)
    bound = None if answer.bound is None else min(answer.bound, objective)
    gap = None if bound is None else (objective - bound) / max(abs(objective), GAP_DUST)
    solved = gap is not None and gap <= options.gap + GAP_DUST
    return Result(
        status=Status.SOLVED if solved else Status.STOPPED,
        plan=plan,
        objective=objective,
        bound=bound,
        gap=gap,
        seconds=time.monotonic() - begun,
        solver=solver,
        charges=charges,
        limits=(*_limits(instance, problem, values), *_budget_limits(instance, plan)),
        interrupted=answer.end is End.INTERRUPTED,
    )


def _without_plan(answer: Answer, seconds: float, solver: str) -> Result:
    statuses = {End.INFEASIBLE: Status.INFEASIBLE, End.UNBOUNDED: Status.UNBOUNDED}
    return Result(
        status=statuses.get(answer.end, Status.NO_PLAN),
        plan=None,
        objective=None,
        bound=answer.bound,
        gap=None,
        seconds=seconds,
        solver=solver,
        charges=(),
        limits=(),
        interrupted=answer.end is End.INTERRUPTED,
    )


def _budget_limits(instance: Instance, plan: Plan) -> Iterator[Limit]:
    """`central_budget` of years whose reserve is carried: an equation in the problem, whose slack is that reserve."""
    for year in instance.reserve_years:
        spent = sum(amount for (_, when), amount in plan.central_funds.items() if when == year)
        left = plan.reserve.get((year,), 0.0)
        yield Limit("central_budget", (year,), spent, spent + left, left)


def _limits(instance: Instance, problem: object, values: Mapping[str, float]) -> Iterator[Limit]:
    """The inequalities of the rules, under their names and codes again; tightenings are no limits of the user's."""
    places: tuple[Mapping[str, object], ...] = (instance.provinces, instance.counties)
    things: tuple[Mapping[str, object], ...] = (
        instance.goods,
        instance.designs,
        instance.materials,
        instance.inputs,
    )
    codes = {lp_name(code, ()): code for table in (*things, *places) for code in table}
    rules = {rule.__name__ for rule in RULES}
    years = {str(year): year for year in instance.years}
    for name, used, allowed, slack in slacks_of(problem, values):
        rule, *index = name.split(".")
        if rule in rules:
            yield Limit(rule, tuple(years.get(part, codes.get(part, part)) for part in index), used, allowed, slack)
