"""What a check of a rule is: limits with what is left of them, on the sheets of the plan."""

from dataclasses import dataclass

from reports.excel.grid import LimitArea


@dataclass(frozen=True)
class Part:
    """A part of a rule: what it asks, in words, the unit of what is left, and where that stands (None: nowhere, for the
    problem has no such limit). `exact`: it asks for something to be so, or not, so that nothing is ever left over."""

    asks: str
    unit: str
    area: LimitArea | None
    exact: bool = False
