"""The solvers that PuLP finds on this machine, and how those beside HiGHS are called."""

import time
from pathlib import Path
from typing import Any

import pulp

from optimizer.options import SolveOptions
from optimizer.solvers.answer import Answer, End

ALIASES = {
    "CBC": ("COIN_CMD", "PULP_CBC_CMD"),
    "SCIP": ("SCIP_PY", "SCIP_CMD"),
    "GUROBI": ("GUROBI", "GUROBI_CMD"),
    "CPLEX": ("CPLEX_PY", "CPLEX_CMD"),
    "GLPK": ("GLPK_CMD",),
}
"""Short names of solvers and the PuLP names tried for them, in order."""


class SolverUnavailable(Exception):
    """The named solver is not on this machine; `available` are those that are."""

    def __init__(self, name: str, available: tuple[str, ...]) -> None:
        found = ", ".join(available) or "none"
        super().__init__(f"the solver {name} is not available here; available: {found}")
        self.name = name
        self.available = available


def available_solvers() -> tuple[str, ...]:
    """Names of the solvers PuLP finds here; HiGHS first."""
    others = sorted(set(pulp.listSolvers(onlyAvailable=True)) - {"HiGHS"})
    return ("HiGHS", *others)


def is_highs(name: str) -> bool:
    """Whether the name means the built-in default solver."""
    return name.strip().lower() == "highs"


def require_solver(name: str) -> str:
    """PuLP's name of a solver that is here. Raises `SolverUnavailable`."""
    if is_highs(name):
        return "HiGHS"
    available = available_solvers()
    wanted = name.strip().upper()
    for candidate in (*ALIASES.get(wanted, ()), wanted):
        for found in available:
            if found.upper() == candidate:
                return found
    raise SolverUnavailable(name, available)


def solve_elsewhere(problem: Any, options: SolveOptions, log: Path | None) -> Answer:
    """Solve with another of PuLP's solvers. Raises `SolverUnavailable`.

    The bound is the solver's own where PuLP passes it on; else, where the solver claims to have finished within
    the asked gap and time, the bound which that claim implies.
    """
    name = require_solver(options.solver)
    wanted: dict[str, Any] = {"msg": False, "timeLimit": options.time_limit, "gapRel": options.gap}
    for extra in ({"threads": options.threads, "logPath": str(log) if log else None}, {"threads": options.threads}, {}):
        try:
            solver = pulp.getSolver(name, **wanted, **{key: value for key, value in extra.items() if value})
            break
        except TypeError:  # not every solver's class takes every option
            continue
    begun = time.monotonic()
    said = problem.solve(solver)
    seconds = time.monotonic() - begun
    word = getattr(said, "status", said)
    word = getattr(word, "name", None) or pulp.LpStatus.get(word, "Undefined")
    if word == "Infeasible":
        return Answer(End.INFEASIBLE, None, None, None)
    if word == "Unbounded":
        return Answer(End.UNBOUNDED, None, None, None)
    in_time = seconds < 0.98 * options.time_limit
    if hasattr(said, "has_solution"):  # PuLP 4
        has_solution, claimed, bound = said.has_solution, word in ("Optimal", "GapLimit") and in_time, said.best_bound
    else:
        has_solution = problem.sol_status in (pulp.LpSolutionOptimal, pulp.LpSolutionIntegerFeasible)
        claimed, bound = problem.sol_status == pulp.LpSolutionOptimal and in_time, None
    end = End.FINISHED if claimed else End.LIMIT
    if not has_solution:
        return Answer(End.LIMIT, None, None, bound)
    values = {variable.name: variable.varValue or 0.0 for variable in problem.variables()}
    objective = pulp.value(problem.objective)
    if bound is None and claimed:
        bound = objective - options.gap * abs(objective)
    return Answer(end, values, objective, bound)
