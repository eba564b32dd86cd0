"""Other plans than the best: good enough by a stated amount, and as different as asked.

Modelling to generate alternatives: what the plan was made least for becomes a limit, and another objective, which
counts who joins when and what is built, takes its place. Where the two share the same cost, the plans that come out
show what the cost leaves open.
Sources: Brill, Chang and Hopkins, Modeling to generate alternatives: the HSJ approach and an illustration using a
problem in land use planning (1982), Management Science 28; DeCarolis, Using modeling to generate alternatives to expand
our thinking on energy futures (2011), Energy Economics 33.
"""

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from models.costs import charges_of
from models.instance import Instance
from models.plan import Plan, Result, Status
from models.problem import KEPT, build_problem
from models.variables import Variables
from models.verifier import OBJECTIVE_CLAUSES, Violation, verify, verify_costs
from optimizer.extraction import plan_of
from optimizer.held_choices import choices_of
from optimizer.options import SolveOptions
from optimizer.solve import LEAST_SECONDS, TOLERANCE, VerificationFailed
from optimizer.solvers import Answer, End, HighsProblem, is_highs, require_solver, solve_elsewhere

Index = tuple[str | int, ...]
Bounds = Mapping[str, tuple[float, float]]

OVER = 1e-6
"""Relative amount by which a plan may be over the most that was allowed: the solver's tolerance."""


def alternative(
    instance: Instance,
    options: SolveOptions,
    most: float | None,
    weights: Mapping[Index, float],
    start: Plan | None = None,
    free: Collection[str] | None = None,
    *,
    should_stop: Callable[[], bool] | None = None,
) -> Result:
    """The plan with the least sum of weights among those whose objective is at most `most`.

    `weights` count `select[county, year]` and `start[county, design, year]`, by their index; what is not named counts
    nothing. `most` is in the unit of the instance's objective, None without limit. With `free`, all other counties
    keep the joining year and the plants that they have in the plan `start`, and support bases stay. The gap of the
    options is that of the weights.

    What is chosen and built is then fixed, and all quantities are set at least cost: `objective` is what the instance
    aims at, recomputed; there is no bound and no gap. The plan has passed the verifier. Status: solved when no other
    plan has less weight, stopped when that is not proven. `start` itself may come back; it is no hint to the solver,
    for HiGHS 1.15.1 may call a given plan the best at once where a limit leaves little room beside it.
    Raises `VerificationFailed`, `SolverUnavailable`, and ValueError for `free` without `start`.
    """
    if free is not None and start is None:
        raise ValueError("counties can be held only at a plan that is given")
    begun = time.monotonic()
    stop = should_stop or (lambda: False)
    solver = require_solver(options.solver)
    problem, variables = build_problem(instance, kept=most)
    held: dict[str, tuple[float, float]] = {}
    if free is not None and start is not None:
        held = {name: bounds for name, county, bounds in choices_of(instance, variables, start) if county not in free}
    left = max(LEAST_SECONDS, options.time_limit - (time.monotonic() - begun))
    search = _Search(problem, variables, replace(options, time_limit=left), _costs(variables, weights), held, stop)
    if is_highs(solver):
        answer, values = search.with_highs()
    else:
        answer, values = search.elsewhere()
    seconds = time.monotonic() - begun
    if answer.values is None:
        status = Status.INFEASIBLE if answer.end is End.INFEASIBLE else Status.NO_PLAN
        return Result(status, None, None, None, None, seconds, solver, (), (), answer.end is End.INTERRUPTED)
    plan = plan_of(instance, variables, values)
    charges = charges_of(instance, plan)
    reached = OBJECTIVE_CLAUSES[instance.policy.objective](instance, plan)
    violations = [*verify(instance, plan, TOLERANCE), *verify_costs(instance, plan, charges)]
    if most is not None and reached > most + OVER * max(1.0, abs(most)):
        violations.append(
            Violation(KEPT, (), f"the plan reaches {reached:,.10g}, at most {most:,.10g}", reached - most)
        )
    if violations:
        raise VerificationFailed(tuple(violations))
    return Result(
        status=Status.SOLVED if answer.end is End.FINISHED else Status.STOPPED,
        plan=plan,
        objective=reached,
        bound=None,
        gap=None,
        seconds=seconds,
        solver=solver,
        charges=charges,
        limits=(),
        interrupted=answer.end is End.INTERRUPTED,
    )


@dataclass(frozen=True)
class _Search:
    """A problem whose objective is replaced for the search, and put back to settle what was found."""

    problem: Any
    variables: Variables
    options: SolveOptions
    weights: Mapping[str, float]
    held: Bounds
    stop: Callable[[], bool]

    def with_highs(self) -> tuple[Answer, Mapping[str, float]]:
        """What HiGHS finds, and its values at least cost."""
        highs = HighsProblem(self.problem, self.options)
        costs = {variable.name: amount for variable, amount in self.problem.objective.items()}
        highs.change_costs(self.weights)
        highs.bound_columns(self.held)
        answer = highs.solve(self.options.gap, self.options.time_limit, self.stop)
        if answer.values is None:
            return answer, {}
        highs.change_costs(costs)
        settled = highs.fix_and_solve(answer.values)
        return answer, settled.values or answer.values

    def elsewhere(self) -> tuple[Answer, Mapping[str, float]]:
        """What another solver finds, and its values at least cost; it is given no plan to begin with."""
        columns = {column.name: column for column in self.problem.variables()}
        costs = self.problem.objective
        for name, (low, high) in self.held.items():
            columns[name].lowBound, columns[name].upBound = low, high
        self.problem.setObjective(sum(weight * columns[name] for name, weight in self.weights.items()) + 0 * costs)
        answer = solve_elsewhere(self.problem, self.options, None)
        if answer.values is None:
            return answer, {}
        self.problem.setObjective(costs)
        for name, column in columns.items():
            if column.cat == "Integer":
                column.lowBound = column.upBound = float(round(answer.values[name]))
        settled = solve_elsewhere(self.problem, self.options, None)
        return answer, settled.values or answer.values


def _costs(variables: Variables, weights: Mapping[Index, float]) -> dict[str, float]:
    """Weights by the name of the variable that they count."""
    families: dict[int, dict[Any, Any]] = {2: variables.select, 3: variables.start}
    return {families[len(index)][index].name: weight for index, weight in weights.items() if weight}
