"""The PuLP problem of an instance: a loop over objective and rules."""

from collections.abc import Iterable

from pulp import LpMinimize, LpProblem

from models.instance import Instance
from models.objectives import OBJECTIVES, worst_uncovered
from models.rules import RULES, Rule
from models.rules.evenness import concentration, unevenness
from models.rules.sums import total
from models.tightening import TIGHTENINGS
from models.variables import Variables, declare_variables, lp_name

KEPT = "objective_kept"
"""Name of the row that keeps the objective where costs are made least after it."""

BOOKKEEPING: tuple[Rule, ...] = (worst_uncovered, unevenness, concentration)
"""What ties variables that a rule or an objective needs to the plan's own; no row where nothing needs them."""


def build_problem(
    instance: Instance,
    rules: Iterable[Rule] = RULES,
    tightenings: Iterable[Rule] = TIGHTENINGS,
    kept: float | None = None,
) -> tuple[LpProblem, Variables]:
    """Build the problem of `instance`: make its objective least subject to `rules`.

    With `kept`, the objective may be that much and no more, and the cost is made least instead. `tightenings` are
    valid inequalities: they cut off no whole-plant plan that could be optimal. Row names are
    `rule.index`, column names `variable.index`.
    """
    problem = LpProblem("countyplan", LpMinimize)
    variables = declare_variables(problem, instance)
    aim = OBJECTIVES[instance.policy.objective]
    problem += total(OBJECTIVES["least cost" if kept is not None else instance.policy.objective](instance), variables)
    if kept is not None:
        problem += total(aim(instance), variables) <= kept, KEPT
    for rule in (*rules, *BOOKKEEPING, *tightenings):
        for index, constraint in rule(instance, variables):
            problem += constraint, lp_name(rule.__name__, index)
    return problem, variables
