"""What a breach is, and what most start from."""

from dataclasses import dataclass

from models.instance import Instance
from models.plan import Plan
from tests.models.small_instance import small_instance, small_plan

SMALL = small_instance()
PLAN = small_plan(SMALL)


@dataclass(frozen=True)
class Breach:
    """A plan that breaks one rule at one index by `amount`, and nothing else.

    `also` names a rule that cannot but be broken as well.
    """

    rule: str
    what: str
    index: tuple[str | int, ...]
    amount: float
    instance: Instance = SMALL
    plan: Plan = PLAN
    also: str = ""

    def __str__(self) -> str:
        return f"{self.rule}: {self.what}"


@dataclass(frozen=True)
class Obeying:
    """A plan that keeps every rule, one of which would forbid it if it were any less."""

    rule: str
    what: str
    instance: Instance = SMALL
    plan: Plan = PLAN

    def __str__(self) -> str:
        return f"{self.rule}: {self.what}"
