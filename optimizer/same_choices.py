"""What the choices of a plan come to where something else has changed: the same counties, years and plants."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from models.costs import charges_of
from models.instance import Instance
from models.plan import Plan
from models.problem import build_problem
from models.variables import Variables
from models.verifier import verify, verify_costs
from optimizer.extraction import plan_of
from optimizer.held_choices import choices_of
from optimizer.options import SolveOptions
from optimizer.solve import TOLERANCE, VerificationFailed
from optimizer.solvers import End, HighsProblem

PRECISE = 1e-6
"""Gap to which what is left open is solved."""


@dataclass(frozen=True)
class SameChoices:
    """What choices come to. `plan` and its `cost` (money) are None where there is none: because the choices break a
    rule (`impossible`), or because there was no time to find out."""

    plan: Plan | None
    cost: float | None
    impossible: bool


def same_choices(
    instance: Instance, plan: Plan, options: SolveOptions, should_stop: Callable[[], bool] = lambda: False
) -> SameChoices:
    """The least cost of `instance` with what `plan`, of this or a like instance, chooses and builds, whatever the
    objective; all else is free.

    Quantities, money and counties' budgets are planned anew, to `PRECISE`. Needs HiGHS. Raises `VerificationFailed`.
    """
    cheapest = replace(instance, policy=replace(instance.policy, objective="least cost"))
    problem, variables = build_problem(cheapest)
    if not _known(variables, plan):
        return SameChoices(None, None, impossible=True)
    highs = HighsProblem(problem, options)
    highs.bound_columns({name: held for name, _, held in choices_of(instance, variables, plan)})
    answer = highs.solve(PRECISE, options.time_limit, should_stop)
    if answer.values is None:
        return SameChoices(None, None, answer.end is End.INFEASIBLE)
    found = plan_of(instance, variables, highs.fix_and_solve(answer.values).values or answer.values)
    charges = charges_of(instance, found)
    violations = (*verify(instance, found, TOLERANCE), *verify_costs(instance, found, charges))
    if violations:
        raise VerificationFailed(violations)
    return SameChoices(found, sum(charge.amount for charge in charges), impossible=False)


def _known(variables: Variables, plan: Plan) -> bool:
    """Whether the instance has all that the plan chooses."""
    chosen = ((variables.select, plan.select), (variables.start, plan.start), (variables.support, plan.support))
    families: tuple[tuple[Mapping[Any, Any], Mapping[Any, float]], ...] = chosen
    return all(index in there for there, family in families for index, value in family.items() if round(value))
