"""What a violation is, and when two figures of a plan count as the same."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

TOLERANCE = 1e-6
DOMAIN = "domain"
"""The name under which values and indices that no plan may have are reported."""

Index = tuple[str | int, ...]


@dataclass(frozen=True)
class Violation:
    """A rule that a plan breaks: where, by how much, and in words with units."""

    rule: str
    index: Index
    message: str
    amount: float

    def __str__(self) -> str:
        """One line: `capacity (birch, food-provincial, 2029): output of 1 plant is 410 t, at most 400 t: 10 t over`."""
        place = f" ({', '.join(map(str, self.index))})" if self.index else ""
        return f"{self.rule}{place}: {self.message}"


class Comparison:
    """Figures against each other: they agree when they differ by at most `tolerance` times the largest of 1 and
    their magnitudes."""

    def __init__(self, tolerance: float) -> None:
        self.tolerance = tolerance

    def at_most(
        self, rule: str, index: Index, what: str, amount: float, limit: float, unit: str, scale: float = 0.0
    ) -> Iterator[Violation]:
        """A violation where `amount` is over `limit`, beyond the tolerance relative to both and to `scale`."""
        excess = amount - limit
        if not excess <= self.allowance(amount, limit, scale):
            message = f"{what} is {figure(amount, unit)}, at most {figure(limit, unit)}"
            yield Violation(rule, index, f"{message}: {figure(excess, unit)} over", excess)

    def at_least(
        self, rule: str, index: Index, what: str, amount: float, limit: float, unit: str, scale: float = 0.0
    ) -> Iterator[Violation]:
        """A violation where `amount` is under `limit`, beyond the tolerance relative to both and to `scale`."""
        lack = limit - amount
        if not lack <= self.allowance(amount, limit, scale):
            message = f"{what} is {figure(amount, unit)}, at least {figure(limit, unit)}"
            yield Violation(rule, index, f"{message}: {figure(lack, unit)} short", lack)

    def equal(
        self, rule: str, index: Index, what: str, amount: float, due: float, unit: str, scale: float = 0.0
    ) -> Iterator[Violation]:
        """A violation where `amount` is not `due`, beyond the tolerance relative to both and to `scale`."""
        difference = abs(amount - due)
        if not difference <= self.allowance(amount, due, scale):
            message = f"{what} is {figure(amount, unit)}, not {figure(due, unit)}"
            yield Violation(rule, index, f"{message}: {figure(difference, unit)} off", difference)

    def allowance(self, *magnitudes: float) -> float:
        """Most by which figures of these magnitudes may differ."""
        return self.tolerance * max(1.0, *(abs(size) for size in magnitudes if math.isfinite(size)))


def figure(value: float, unit: str) -> str:
    """A number to read, with its unit: enough digits to tell it from another, no more."""
    return f"{value:,.10g} {unit}"
