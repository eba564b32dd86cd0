"""One variant in a search for break-even: its problem at each value, what was solved, and the curve that follows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import inf

from models.instance import Instance
from models.plan import Plan, Result, Status
from models.verifier import OBJECTIVE_CLAUSES, verify
from optimizer.breakeven.curve import Curve
from optimizer.breakeven.shape import shape_of
from optimizer.options import SolveOptions
from optimizer.runs import Run
from optimizer.solve import LEAST_COST, TOLERANCE

MAP = "map"
"""How the scope of a row of a map begins, before its exponent, a slash and the good."""

STRAIGHT = 1e-6
"""Relative difference between a plan's cost and the straight line through its costs at both ends of the range that
rounding explains."""

InstanceAt = Callable[[float], Instance]


class NotOfItsShape(Exception):
    """What was found of the shape of least cost at three values does not hold at another: an error of the program."""


@dataclass(frozen=True, slots=True)
class Solved:
    """The last solve at a value: the gap asked for and what it came to."""

    asked: float
    status: Status
    gap: float | None
    plan: Plan | None
    seconds: float


@dataclass
class Side:
    """A variant over a range of values; `hints` has plans of a like problem to begin with, by value."""

    scope: str
    variant: str
    instance_at: InstanceAt
    start: float
    end: float
    hints: Mapping[float, Plan] = field(default_factory=dict)
    solved: dict[float, Solved] = field(default_factory=dict)
    solves: int = 0
    seconds: float = 0.0

    def __post_init__(self) -> None:
        values = (self.start, (self.start + self.end) / 2, self.end)
        instances = [self.instance_at(value) for value in values]
        self.curve = Curve(self.start, self.end, shape_of(instances, values))
        self._best: list[tuple[float, float, Plan]] = []

    @property
    def constant(self) -> bool:
        """Whether the problem is the same at all values."""
        return self.curve.shape == "constant"

    def run(self, value: float, options: SolveOptions, gap: float) -> Run:
        """The solve at a value, beginning with the plan known to be best there, or the nearest."""
        name = f"{self.scope}-{self.variant}-{value!r}-{gap!r}"
        return Run(
            name, self.instance_at(value), replace(options, gap=gap), start=self._start(value), label=self._label(value)
        )

    def _label(self, value: float) -> str:
        """What people are told of a solve: `county at 0.25`, and before it the part of the nation, if it is one."""
        what, _, code = self.scope.partition("-")
        exponent, _, good = code.partition("/")
        part = f"{good} with the exponent {float(exponent):.4g}: " if what == MAP else f"{code}: " if code else ""
        return f"{part}{self.variant} at {value:.4g}"

    def take(self, value: float, asked: float, result: Result) -> None:
        """Take in what the solve at a value came to."""
        self.solves += 1
        self.seconds += result.seconds
        self.solved[value] = Solved(asked, result.status, result.gap, result.plan, result.seconds)
        ends = (self.start, self.end) if self.constant else (value,)
        for place in ends:
            if result.status is Status.INFEASIBLE:
                self.curve.add_bound(place, inf)
            elif result.bound is not None:
                self.curve.add_bound(place, result.bound)
        if self.curve.concave:
            if result.plan is not None and result.objective is not None:
                self._take_line(value, result.plan, result.objective)
            return
        self._require_shape(value)
        if result.plan is not None and result.objective is not None:
            self.curve.add_cost(value, result.objective)
        self._share_plans(value, result.plan)

    def is_solved(self, value: float) -> bool:
        """Whether the problem of a value was solved; that of any value, where all are the same."""
        return bool(self.solved) if self.constant else value in self.solved

    def is_open(self, value: float, gap: float) -> bool:
        """Whether a solve at a value, to this gap, can tell more than is known there."""
        if not self.curve.concave:
            return not self.is_solved(value)
        if self.constant and self.solved:
            return False
        return self.excess(value, gap) > 0

    def excess(self, value: float, gap: float) -> float:
        """By how much the bounds at a value lie further apart than a solve would leave them, going by the gap asked
        for and by those at which time ran out. Nothing where solves so far found no plan: another would find none."""
        upper, lower = self.curve.upper(value), self.curve.lower(value)
        if upper == inf:
            return 0.0 if self.solved else inf
        stopped = [found.gap for found in self.solved.values() if found.status is Status.STOPPED]
        reached = max((reached for reached in stopped if reached is not None), default=0.0)
        return upper - lower - 1.05 * max(gap, reached) * abs(upper)

    def may_tighten(self, value: float, gap: float) -> bool:
        """Whether a solve at a solved value could prove more if it asked for this gap: not where time ran out."""
        found = self._found(value)
        return (
            found is not None
            and found.status is Status.SOLVED
            and found.asked > gap
            and found.gap is not None
            and found.gap > gap
        )

    def _found(self, value: float) -> Solved | None:
        return next(iter(self.solved.values()), None) if self.constant else self.solved.get(value)

    def _take_line(self, value: float, plan: Plan, objective: float) -> None:
        cost = OBJECTIVE_CLAUSES[LEAST_COST]
        at_start, at_end = (cost(self.instance_at(place), plan) for place in (self.start, self.end))
        share = (value - self.start) / (self.end - self.start)
        if abs(at_start + (at_end - at_start) * share - objective) > STRAIGHT * max(1.0, abs(objective)):
            raise NotOfItsShape(f"the cost of a plan of {self.variant} is not straight in the value at {value:.10g}")
        self.curve.add_line(at_start, at_end)
        self._best.append((at_start, at_end, plan))

    def _require_shape(self, value: float) -> None:
        """What rises at three values must do so at each that is solved."""
        if self.curve.shape != "free" and self.start < value < self.end:
            values = (self.start, value, self.end)
            found = shape_of([self.instance_at(place) for place in values], values)
            if found != self.curve.shape:
                raise NotOfItsShape(
                    f"least cost of {self.variant} is {found} about {value:.10g}, not {self.curve.shape}"
                )

    def _share_plans(self, value: float, plan: Plan | None) -> None:
        """A plan of one value is a plan of a neighbouring one only if it keeps every rule there."""
        for other in self._neighbours(value):
            there = self.solved[other].plan
            if plan is not None:
                self._try_plan(other, plan)
            if there is not None:
                self._try_plan(value, there)

    def _try_plan(self, value: float, plan: Plan) -> None:
        instance = self.instance_at(value)
        if not verify(instance, plan, TOLERANCE):
            self.curve.add_cost(value, OBJECTIVE_CLAUSES[LEAST_COST](instance, plan))

    def _neighbours(self, value: float) -> Sequence[float]:
        below = [other for other in self.solved if other < value]
        above = [other for other in self.solved if other > value]
        return [*([max(below)] if below else []), *([min(above)] if above else [])]

    def _start(self, value: float) -> Plan | None:
        """The plan that costs least at a value, where plans of other values hold; else that of the nearest value."""
        if self._best:
            share = (value - self.start) / (self.end - self.start)
            return min(self._best, key=lambda known: known[0] + (known[1] - known[0]) * share)[2]
        own = {place: found.plan for place, found in self.solved.items() if found.plan is not None}
        known: Mapping[float, Plan] = own or self.hints
        if not known:
            return None
        return known[min(sorted(known), key=lambda place: abs(place - value))]

    def plans(self) -> Mapping[float, Plan]:
        """The plans found, by the value they were solved at."""
        return {value: found.plan for value, found in self.solved.items() if found.plan is not None}
