"""The PuLP problem of an instance: a loop over costs and rules."""

from collections.abc import Iterable

from pulp import LpMinimize, LpProblem, lpSum

from models.costs import COSTS
from models.instance import Instance
from models.rules import RULES, Rule
from models.tightening import TIGHTENINGS
from models.variables import Variables, declare_variables, lp_name


def build_problem(
    instance: Instance, rules: Iterable[Rule] = RULES, tightenings: Iterable[Rule] = TIGHTENINGS
) -> tuple[LpProblem, Variables]:
    """Build the least-cost problem of `instance`: minimise the sum of all costs subject to `rules`.

    `tightenings` are valid inequalities: they cut off no whole-plant plan that could be optimal. Row names are
    `rule.index`, column names `variable.index`.
    """
    problem = LpProblem("countyplan", LpMinimize)
    variables = declare_variables(problem, instance)
    totals: dict[str, dict[tuple[str | int, ...], float]] = {}
    for cost in COSTS:
        for rate in cost(instance):
            family = totals.setdefault(rate.variable, {})
            family[rate.index] = family.get(rate.index, 0.0) + rate.amount
    problem += lpSum(
        amount * getattr(variables, name)[index]
        for name, family in totals.items()
        for index, amount in family.items()
        if amount
    )
    for rule in (*rules, *tightenings):
        for index, constraint in rule(instance, variables):
            problem += constraint, lp_name(rule.__name__, index)
    return problem, variables
