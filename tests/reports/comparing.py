"""Comparisons of the example of the report's tests, for tests."""

from dataclasses import replace
from typing import Any

from models.costs import charges_of
from models.instance import Instance
from models.plan import Plan, Result, Status
from reports.comparison import Compared, Comparison
from tests.models.measures.programme import programme, programme_plan


def result_of(instance: Instance, plan: Plan | None, status: Status = Status.SOLVED, **changes: Any) -> Result:
    """A result with the cost of a plan as its objective and bound."""
    charges = () if plan is None else charges_of(instance, plan)
    cost = None if plan is None else sum(charge.amount for charge in charges)
    gap = None if plan is None else 0.0
    return replace(Result(status, plan, cost, cost, gap, 1.0, "played", charges, ()), **changes)


def compared(
    variant: str,
    instance: Instance | None = None,
    plan: Plan | None = None,
    status: Status = Status.SOLVED,
    **changes: Any,
) -> Compared:
    """A variant of the programme, with its plan unless another is given or there can be none."""
    problem = replace(programme() if instance is None else instance, variant=variant)
    if plan is None and status in (Status.SOLVED, Status.STOPPED):
        plan = programme_plan()
    return Compared(variant, variant.title(), problem, result_of(problem, plan, status, **changes))


def bounded(variant: str, bound: float | None, value: float | None, instance: Instance | None = None) -> Compared:
    """A variant of which only the interval counts."""
    status = Status.STOPPED if value is not None else Status.NO_PLAN
    found = compared(variant, instance, status=status)
    return replace(found, result=replace(found.result, objective=value, bound=bound))


def comparison(*variants: Compared) -> Comparison:
    """Variants against the first of them."""
    return Comparison(variants[0].variant, variants)
