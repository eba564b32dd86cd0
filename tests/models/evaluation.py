"""What the problem says of a plan without a solver, and the optimum with one.

`judge` asks twice: the rows that a rule has in the built problem, at the values of the plan, and the verifier's
clause. The two know nothing of each other, and a rule that is not built has no rows to break.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import highspy
import pulp

from models.instance import Instance
from models.plan import Plan
from models.problem import build_problem
from models.rules import RULES, Rule
from models.variables import Index, Variables, lp_name
from models.verifier import CLAUSES
from optimizer.extraction import plan_of
from optimizer.solvers import constraints_of

INFEASIBLE = float("inf")
"""The optimum where no plan keeps every rule."""


class Judgement(NamedTuple):
    """Names of the rows that a plan breaks, and indices at which the verifier's clause finds it broken."""

    rows: list[str]
    clause: list[Index]


def judge(rule: str, instance: Instance, plan: Plan, **bookkeeping: Mapping[Any, float]) -> Judgement:
    """How `plan` breaks `rule`. `joined` and `running` follow from the plan, unless other values are given."""
    values = values_of(instance, plan, **bookkeeping)
    problem, _ = build_problem(instance, tightenings=())
    broken = []
    for name, row in constraints_of(problem):
        if not name.startswith(f"{rule}."):
            continue
        terms = [coefficient * values.get(column.name, 0.0) for column, coefficient in row.items()]
        over = sum(terms) + row.constant
        small = 1e-9 * max(1.0, *map(abs, terms), abs(row.constant)) if terms else 1e-9
        if (row.sense <= 0 and over > small) or (row.sense >= 0 and over < -small):
            broken.append(name)
    return Judgement(broken, [found.index for found in CLAUSES[rule](instance, plan)])


def rows_of(rule: str, instance: Instance) -> list[str]:
    """Names of the rows that a rule has in the problem of an instance."""
    problem, _ = build_problem(instance, tightenings=())
    return [name for name, _ in constraints_of(problem) if name.startswith(f"{rule}.")]


def values_of(instance: Instance, plan: Plan, **bookkeeping: Mapping[Any, float]) -> dict[str, float]:
    """Values of the problem's columns, by name, zeros left out."""
    joined: dict[Index, float] = defaultdict(float)
    for (county, begun), value in plan.select.items():
        for year in instance.years:
            if begun <= year:
                joined[county, year] += value
    running: dict[Index, float] = defaultdict(float)
    for (county, code, begun), plants in plan.start.items():
        opening = begun + instance.designs[code].lead_years
        for year in instance.years:
            if opening <= year < opening + instance.designs[code].lifetime_years:
                running[county, code, year] += plants
    families: dict[str, Mapping[Any, float]] = {**dict(plan.items()), "joined": joined, "running": running}
    return {
        lp_name(name, index): value
        for name, family in {**families, **bookkeeping}.items()
        for index, value in family.items()
    }


def without_column(instance: Instance, plan: Plan) -> list[str]:
    """Names of values in a plan for which the problem has no column: what it holds cannot be."""
    problem, _ = build_problem(instance, tightenings=())
    columns = {column.name for column in problem.variables()}
    return [name for name in values_of(instance, plan) if name not in columns]


def all_but(rule: str) -> tuple[Rule, ...]:
    """Every rule except one."""
    others = tuple(other for other in RULES if other.__name__ != rule)
    assert len(others) == len(RULES) - 1
    return others


def optimum(
    instance: Instance, without: str | None = None, tightenings: Iterable[Rule] = (), relaxed: bool = False
) -> float:
    """Least cost with all rules, or `without` one; of the relaxation, which allows parts of plants, if `relaxed`."""
    return solved(instance, RULES if without is None else all_but(without), tightenings, relaxed)[0]


def optimal_plan(instance: Instance, tightenings: Iterable[Rule] = ()) -> tuple[float, Plan | None]:
    """Least cost, and a plan that attains it, None where there is none."""
    least, problem, variables = solved(instance, RULES, tightenings)
    if least == INFEASIBLE:
        return least, None
    return least, plan_of(instance, variables, {column.name: column.varValue for column in problem.variables()})


def solved(
    instance: Instance, rules: Iterable[Rule], tightenings: Iterable[Rule] = (), relaxed: bool = False
) -> tuple[float, Any, Variables]:
    """The problem solved to proven optimality, with its least cost."""
    problem, variables = build_problem(instance, rules=rules, tightenings=tightenings)
    highspy.Highs.resetGlobalScheduler(True)  # another test may have set another number of threads
    # The presolve of HiGHS 1.15.1 takes the optimum out of some problems: `random_instance(100210)` is one.
    said = problem.solve(pulp.HiGHS(msg=False, mip=not relaxed, gapRel=0, threads=1, presolve="off"))
    word = getattr(said, "status", said)  # PuLP 4 returns an object, PuLP 3 a number
    word = getattr(word, "name", None) or pulp.LpStatus[word]
    if word == "Infeasible":
        return INFEASIBLE, problem, variables
    assert word == "Optimal"
    return float(pulp.value(problem.objective)), problem, variables
