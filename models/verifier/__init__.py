"""An independent check of a plan, in plain arithmetic: every rule, cost and objective again, without the model.

Nothing here knows how these are written for a solver, nor trusts what the instance derives from its own figures, so
that a mistake there shows here.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from models.instance import Instance
from models.plan import Charge, Plan
from models.verifier.clauses import RULE_CLAUSES, Clause, domain
from models.verifier.comparison import DOMAIN, TOLERANCE, Violation
from models.verifier.costs import COST_CLAUSES_OF_FACTS, CostClause
from models.verifier.facts import Facts
from models.verifier.objectives import OBJECTIVE_CLAUSES_OF_FACTS

__all__ = [
    "CLAUSES",
    "COST_CLAUSES",
    "DOMAIN",
    "OBJECTIVE_CLAUSES",
    "TOLERANCE",
    "Violation",
    "verify",
    "verify_costs",
]


def _on_plan(clause: Clause) -> Callable[[Instance, Plan], Iterator[Violation]]:
    def judge(instance: Instance, plan: Plan) -> Iterator[Violation]:
        return clause(Facts(instance, plan))

    return judge


def _sum_of_plan(clause: CostClause) -> Callable[[Instance, Plan], float]:
    def total(instance: Instance, plan: Plan) -> float:
        return clause(Facts(instance, plan))

    return total


CLAUSES: Mapping[str, Callable[[Instance, Plan], Iterator[Violation]]] = {
    name: _on_plan(clause) for name, clause in RULE_CLAUSES.items()
}
"""For each rule, how a plan breaks it."""

COST_CLAUSES: Mapping[str, Callable[[Instance, Plan], float]] = {
    name: _sum_of_plan(clause) for name, clause in COST_CLAUSES_OF_FACTS.items()
}
"""For each cost term, its discounted money in a plan."""

OBJECTIVE_CLAUSES: Mapping[str, Callable[[Instance, Plan], float]] = {
    name: _sum_of_plan(clause) for name, clause in OBJECTIVE_CLAUSES_OF_FACTS.items()
}
"""For each objective, what a plan has of that which it makes least."""


def verify(instance: Instance, plan: Plan, tolerance: float = TOLERANCE) -> tuple[Violation, ...]:
    """Every way in which `plan` breaks a rule of `instance`, or has a value or an index it cannot have.

    Two figures agree when they differ by at most `tolerance` times the largest of 1 and their magnitudes.
    """
    facts = Facts(instance, plan, tolerance)
    return tuple(violation for clause in (domain, *RULE_CLAUSES.values()) for violation in clause(facts))


def verify_costs(
    instance: Instance, plan: Plan, charges: Sequence[Charge], tolerance: float = TOLERANCE
) -> tuple[Violation, ...]:
    """Every cost term whose `charges` do not add up to what the plan costs, one violation a term."""
    facts = Facts(instance, plan, tolerance)
    charged: dict[str, list[float]] = {name: [] for name in COST_CLAUSES_OF_FACTS}
    for charge in charges:
        charged.setdefault(charge.term, []).append(charge.amount)
    found: list[Violation] = []
    for name, amounts in charged.items():
        clause = COST_CLAUSES_OF_FACTS.get(name)
        if clause is None:
            total = sum(amounts)
            found.append(Violation(name, (), f"{total:,.10g} {instance.currency} of an unknown term", abs(total)))
        else:
            scale = max(map(abs, amounts), default=0.0)
            found += facts.equal(name, (), "what is charged", sum(amounts), clause(facts), instance.currency, scale)
    return tuple(found)
