"""What is proven of every plan by what it chooses for one county."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Choice = int | None
"""The year in which a county joins; None: it does not."""

Key = tuple[str, Choice]


@dataclass(frozen=True)
class ChoiceBounds:
    """Lower bounds on plans by what they choose for a county, in the unit of the objective.

    `bound` is that on every plan. `change` (county, choice) is by how much it rises for plans that make the choice: at
    least 0, infinite where no plan makes it; what was not found is missing. `barred` is the change, which may be below
    0, for the problem in which the county may not join: then the rules may ask for less. `places` is what a place for
    a county in a year is worth at the prices by which all this was found. `reached` is the value of the
    best plan known that makes a choice.
    """

    bound: float
    change: Mapping[Key, float]
    barred: Mapping[str, float]
    places: Mapping[int, float] = field(default_factory=dict)
    reached: Mapping[Key, float] = field(default_factory=dict)

    def estimate(self, county: str, choice: Choice) -> float | None:
        """The change for plans with one choice; None where it is not known."""
        return self.change.get((county, choice))

    def together(self, choices: Iterable[Key]) -> float | None:
        """The change for plans that make all of some choices of different counties; None where one is not known."""
        changes = [self.change.get(choice) for choice in choices]
        known = [change for change in changes if change is not None]
        return math.fsum(known) if len(known) == len(changes) else None

    def at_least(self, choices: Iterable[Key], best: float) -> float:
        """By how much plans that make all of some choices are proven to be worse than a plan of value `best`: the
        change less the gap, and 0 where that is less or not known."""
        change = self.together(choices)
        return 0.0 if change is None else max(0.0, self.bound + change - best)
