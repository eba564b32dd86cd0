"""A plan: plain numbers under the names of the model's variables, and how it was found."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from enum import Enum
from typing import Any

CountyYear = Mapping[tuple[str, int], float]


@dataclass(frozen=True)
class Plan:
    """Every decision, with zero values left out. Units as in `Instance`.

    Each field maps an index to a number; the index is named in the field's metadata.
    """

    select: CountyYear = field(metadata={"index": ("county", "year"), "unit": "1 = joins"})
    start: Mapping[tuple[str, str, int], float] = field(
        metadata={"index": ("county", "design", "year"), "unit": "plants"}
    )
    produce: Mapping[tuple[str, str, int], float] = field(
        metadata={"index": ("county", "design", "year"), "unit": "t/yr"}
    )
    produce_existing: Mapping[tuple[str, str, int], float] = field(
        metadata={"index": ("county", "good", "year"), "unit": "t/yr"}
    )
    ship: Mapping[tuple[str, str, str, int], float] = field(
        metadata={"index": ("origin", "destination", "good", "year"), "unit": "t/yr"}
    )
    imports: Mapping[tuple[str, str, int], float] = field(
        metadata={"index": ("county", "good", "year"), "unit": "t/yr"}
    )
    shortage: Mapping[tuple[str, str, int], float] = field(
        metadata={"index": ("county", "good", "year"), "unit": "t/yr"}
    )
    local_input: Mapping[tuple[str, str, int], float] = field(
        metadata={"index": ("county", "input", "year"), "unit": "t/yr"}
    )
    bought_input: Mapping[tuple[str, str, int], float] = field(
        metadata={"index": ("county", "input", "year"), "unit": "t/yr"}
    )
    made_input: Mapping[tuple[str, str, int], float] = field(
        metadata={"index": ("county", "input", "year"), "unit": "t/yr"}
    )
    central_funds: CountyYear = field(metadata={"index": ("county", "year"), "unit": "money"})
    local_funds: CountyYear = field(metadata={"index": ("county", "year"), "unit": "money"})
    donations: CountyYear = field(metadata={"index": ("county", "year"), "unit": "money"})
    central_labour: CountyYear = field(metadata={"index": ("county", "year"), "unit": "person-years"})
    local_labour: CountyYear = field(metadata={"index": ("county", "year"), "unit": "person-years"})
    central_material: Mapping[tuple[str, str, int], float] = field(
        metadata={"index": ("county", "material", "year"), "unit": "t"}
    )
    local_material: Mapping[tuple[str, str, int], float] = field(
        metadata={"index": ("county", "material", "year"), "unit": "t"}
    )
    reserve: Mapping[tuple[int], float] = field(metadata={"index": ("year",), "unit": "money"})
    support: Mapping[tuple[str, int], float] = field(
        metadata={"index": ("province", "year"), "unit": "1 = base founded"}
    )
    remittance: CountyYear = field(metadata={"index": ("county", "year"), "unit": "money"})
    remittance_shortfall: CountyYear = field(metadata={"index": ("county", "year"), "unit": "money"})
    subsidy: CountyYear = field(metadata={"index": ("county", "year"), "unit": "money"})
    surplus: CountyYear = field(metadata={"index": ("county", "year"), "unit": "money"})
    draw: CountyYear = field(metadata={"index": ("county", "year"), "unit": "money"})
    priority_fund: CountyYear = field(metadata={"index": ("county", "year"), "unit": "money"})

    def items(self) -> Iterator[tuple[str, Mapping[Any, float]]]:
        """Pairs of variable name and its values."""
        return ((entry.name, getattr(self, entry.name)) for entry in fields(self))


class Status(Enum):
    """What a run came to, in our own words; solver and PuLP statuses are translated in one place."""

    SOLVED = "solved within the asked gap"
    STOPPED = "stopped early with a usable plan"
    NO_PLAN = "stopped early without a plan"
    INFEASIBLE = "no plan can satisfy every rule"
    UNBOUNDED = "cost can fall without limit"


@dataclass(frozen=True)
class Charge:
    """A part of the objective: discounted money of one cost term, by county and year."""

    term: str
    county: str
    year: int
    amount: float


@dataclass(frozen=True)
class Limit:
    """One inequality of the model at the plan: what it uses, what it allows, what is left.

    `used`, `allowed` and `slack` are in the rule's own unit; `slack` is zero where the limit binds.
    """

    rule: str
    index: tuple[str | int, ...]
    used: float
    allowed: float
    slack: float


KEPT_AT = "objective kept at"
"""Entry of a result's provenance: what the instance's objective was to be no worse than while the cost was made least.
Objective, bound and gap of such a result are those of the cost."""


@dataclass(frozen=True)
class Result:
    """A run. `plan` is None unless one was found and passed the verifier.

    `objective` is recomputed from the plan in its own unit, `bound` is the solver's proven lower bound
    on it (None when the solver gives none) and `gap = (objective - bound) / |objective|`. What making the cost
    least after another objective may give up of that, a millionth, counts as no gap.
    """

    status: Status
    plan: Plan | None
    objective: float | None
    bound: float | None
    gap: float | None
    seconds: float
    solver: str
    charges: tuple[Charge, ...]
    limits: tuple[Limit, ...]
    interrupted: bool = False
    provenance: Mapping[str, str] = field(default_factory=dict)
