"""A plan from the values of a solved problem, looked at by the verifier."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.costs import charges_of
from models.instance import Instance
from models.plan import Charge, Plan
from models.variables import Variables
from models.verifier import OBJECTIVE_CLAUSES, Violation, verify, verify_costs
from optimizer.extraction import plan_of
from optimizer.solve import TOLERANCE, VerificationFailed
from optimizer.solvers import HighsProblem


@dataclass(frozen=True)
class CheckedPlan:
    """A plan that keeps every rule, what it costs, and its objective."""

    plan: Plan
    charges: tuple[Charge, ...]
    objective: float


def checked_plan(
    instance: Instance, variables: Variables, highs: HighsProblem, values: Mapping[str, float]
) -> CheckedPlan:
    """The plan of some values of a problem's variables; whole numbers may be off by the solver's tolerance.

    Where that breaks a rule, they are rounded and the rest is solved anew, which leaves no bounds on columns. Raises
    `VerificationFailed` when a rule is broken even so.
    """
    plan, charges, broken = _looked_at(instance, variables, values)
    if broken:
        settled = highs.fix_and_solve(values)
        plan, charges, broken = _looked_at(instance, variables, settled.values or values)
    if broken:
        raise VerificationFailed(broken)
    return CheckedPlan(plan, charges, OBJECTIVE_CLAUSES[instance.policy.objective](instance, plan))


def _looked_at(
    instance: Instance, variables: Variables, values: Mapping[str, float]
) -> tuple[Plan, tuple[Charge, ...], tuple[Violation, ...]]:
    """The plan of some values, its charges, and what is wrong with them."""
    plan = plan_of(instance, variables, values)
    charges = charges_of(instance, plan)
    return plan, charges, (*verify(instance, plan, TOLERANCE), *verify_costs(instance, plan, charges))
