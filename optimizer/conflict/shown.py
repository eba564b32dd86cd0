"""Repairs of large problems shown by a first plan: what the plan needs is changed, and the plan verified with it."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from inputs.origins import Address, Origins
from inputs.workbook import Workbook
from models.instance import Instance
from models.measures.funding import central_budget
from models.plan import Plan
from models.verifier import verify
from optimizer.conflict.problem import Given
from optimizer.conflict.repairs import Change, changes_of, repaired, without_rows
from optimizer.solve import TOLERANCE

Nearest = Callable[[Instance, Origins, Collection[Address]], Given | None]
"""The plan that needs the least changes, of the named figures rather than of others (`first_plan.Search`)."""


@dataclass(frozen=True)
class Shown:
    """Changes of a workbook. `proven`: a plan keeps every rule of the workbook with them, as the verifier says."""

    changes: tuple[Change, ...]
    proven: bool


def shown(
    workbook: Workbook,
    variant: str,
    overrides: Sequence[str],
    changes: Sequence[Change],
    changing: Collection[Address],
    arriving: float,
    nearest: Nearest,
) -> Shown:
    """The changes, moved on as far as a first plan needs, rather by `changing` than by other figures.

    `arriving` is the share of central funds that arrives. Raises `InvalidWorkbook` where a new value is not allowed.
    """
    instance, given = repaired(workbook, variant, overrides, changes)
    origins = without_rows(workbook, changes).origins(variant, given)
    found = nearest(instance, origins, changing)
    if found is None:
        return Shown(tuple(changes), False)
    made = {change.address: change for change in changes}
    for further in changes_of(instance, origins, found, arriving):
        before = made.get(further.address, further)
        made[further.address] = Change(further.address, before.old, further.new)
    if found.changes:
        instance, _ = repaired(workbook, variant, overrides, made.values())
    return Shown(tuple(made.values()), not verify(instance, with_reserves(instance, found.plan), TOLERANCE))


def with_reserves(instance: Instance, plan: Plan) -> Plan:
    """The plan with as much central money carried on as is left: a new value is rounded up, and leaves more."""
    reserve: dict[tuple[int], float] = {}
    for budget in central_budget(instance, plan):
        if budget.year in instance.reserve_years:
            had = budget.funds + budget.recycled + reserve.get((budget.year - 1,), 0.0)
            reserve[(budget.year,)] = max(0.0, had - budget.spent)
    return replace(plan, reserve={index: amount for index, amount in reserve.items() if amount > 0})
