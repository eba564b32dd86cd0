"""What a solver says, whichever it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto

Watch = Callable[[float | None, float | None], None]
"""Called now and then with the best objective so far and the proven bound."""


class End(Enum):
    """How a solver stopped."""

    FINISHED = auto()
    LIMIT = auto()
    INTERRUPTED = auto()
    INFEASIBLE = auto()
    UNBOUNDED = auto()


@dataclass(frozen=True)
class Answer:
    """What a solver said: how it stopped, the value of every variable by name (None without a solution),
    the objective of that solution and the proven lower bound (None where the solver gives none)."""

    end: End
    values: Mapping[str, float] | None
    objective: float | None
    bound: float | None
