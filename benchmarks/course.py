"""How a solve went on: the best plan and the best bound over time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

GAPS = (0.05, 0.02, 0.01, 0.005, 0.001)
"""Gaps of which the time is told."""

SMALLEST_STEP = 1e-6
"""Relative change of the best plan or bound that is written down as a moment of its own."""

Moment = tuple[float, float | None, float | None]
"""Seconds since the instance was there, cost of the best plan, proven bound; None while there is none."""


def gap(best: float | None, bound: float | None) -> float | None:
    """`(best - bound) / |best|`, at least 0; None while either is missing."""
    if best is None or bound is None:
        return None
    return max(0.0, best - bound) / max(abs(best), 1e-9)


@dataclass
class Course:
    """The moments at which a solve got further, in order. Bests only fall and bounds only rise."""

    moments: list[Moment] = field(default_factory=list)

    def add(self, seconds: float, best: float | None, bound: float | None) -> None:
        """Write down a moment, unless nothing is better than before."""
        _, best_before, bound_before = self.moments[-1] if self.moments else (0.0, None, None)
        best = _better(best, best_before, min)
        bound = _better(bound, bound_before, max)
        if _moved(best, best_before) or _moved(bound, bound_before):
            self.moments.append((seconds, best, bound))

    def seconds_to(self, asked: float) -> float | None:
        """The first moment at which the gap was no more than asked; None where it never was."""
        return seconds_to(self.moments, asked)


def seconds_to(moments: Sequence[Sequence[float | None]], asked: float) -> float | None:
    """The first of the moments at which the gap was no more than asked; None where it never was."""
    for seconds, best, bound in moments:
        reached = gap(best, bound)
        if reached is not None and reached <= asked + 1e-9:
            return seconds
    return None


def _better(new: float | None, old: float | None, choose: Callable[[float, float], float]) -> float | None:
    if new is None or old is None:
        return old if new is None else new
    return choose(new, old)


def _moved(new: float | None, old: float | None) -> bool:
    if new is None or old is None:
        return new is not old
    return abs(new - old) > SMALLEST_STEP * max(abs(old), 1.0)
