"""How far solving has come."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """A moment of solving.

    `seconds` since solving began; `stage`: what is being done, in a few words; `incumbent`: the cost of the best
    plan so far and `bound`: what no plan can cost less than, both None while there is none (discounted money).
    """

    seconds: float
    stage: str
    incumbent: float | None
    bound: float | None

    @property
    def gap(self) -> float | None:
        """`(incumbent - bound) / |incumbent|`, at least 0; None while it is not known."""
        if self.incumbent is None or self.bound is None:
            return None
        if self.incumbent <= self.bound:
            return 0.0
        return (self.incumbent - self.bound) / abs(self.incumbent) if self.incumbent else None
