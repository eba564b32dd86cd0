"""An elastic problem to be asked again and again: can these limits hold together, and if not, which give way?"""

import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from inputs.origins import Address, Origins
from models.elastic import build_elastic
from models.instance import Instance
from models.plan import Plan
from models.rules import Rule
from models.variables import Index
from optimizer.conflict.limits import gives_of
from optimizer.conflict.scales import scales_of
from optimizer.extraction import plan_of
from optimizer.options import SolveOptions
from optimizer.solvers import LARGE, End, HighsProblem

NOTHING = 1e-6
"""Change, relative to a figure, that counts as none: the solver's tolerance."""

SWITCH = 1.0
"""Price of switching a rule off: that of doubling a figure."""

ANY, NEARLY = 1.0, 0.02
"""Gaps at which a search may stop: for any plan, and for nearly the least change."""


MORE = 1.1
"""Times what was found without all rules that a limit may give with all of them."""


class OutOfTime(Exception):
    """The time was over before the question was answered."""


@dataclass(frozen=True)
class Given:
    """What gave way: the change of each limit in its figure's unit (more or fewer plants, money and so on; of a switch
    1), the rows of each that gave way, where they do so one by one, the plan that it lets through, the price, and the
    values of all columns by name."""

    price: float
    changes: Mapping[Address, float]
    rows: Mapping[Address, tuple[Index, ...]]
    plan: Plan
    values: Mapping[str, float]


class ConflictProblem:
    """The elastic problem of some rules. `limits` are its limits, `scale` gives the amount that counts as a change of
    a limit by the whole of its figure."""

    def __init__(
        self,
        instance: Instance,
        rules: Iterable[Rule],
        options: SolveOptions,
        origins: Origins,
        deadline: float,
        should_stop: Callable[[], bool] = lambda: False,
        can_give: Callable[[Address], bool] = lambda limit: True,
    ) -> None:
        """`deadline` is on the clock of `time.monotonic`; limits for which `can_give` is false never give way."""
        self._instance, self._deadline, self._stop = instance, deadline, should_stop
        self._elastic = build_elastic(instance, rules, gives_of(instance, origins.effective, can_give))
        self.variables = self._elastic.variables
        self._highs = HighsProblem(self._elastic.problem, options)
        self.limits: tuple[Address, ...] = tuple(limit for limit in self._elastic.columns if isinstance(limit, Address))
        self.scale = scales_of(instance, origins)
        self._price = {name: price for limit in self.limits for name, price in self._prices(limit, self.scale(limit))}
        self.large = len(self._highs.whole) >= LARGE
        self.whole_numbers = len(self._highs.whole)

    def _prices(self, limit: Address, scale: float) -> Iterable[tuple[str, float]]:
        names = self._elastic.columns[limit].values()
        switch = self._elastic.switches.get(limit)
        if switch is not None:
            yield switch, SWITCH
            wide = sum(self._elastic.most[name] for name in names)
            for name in names:
                yield name, 0.01 * SWITCH / wide if wide > 0 else 0.0
            return
        for name in names:
            yield name, 1.0 / scale

    def can_hold(self, held: Collection[Address], *, whole: bool) -> bool:
        """Whether a plan keeps these limits when all others are lifted; parts of plants and joinings count as such
        unless `whole`. Raises `OutOfTime`."""
        self._prepare(held, {})
        if self._relaxed({}) is None:
            return False
        if not whole:
            return True
        answer = self._highs.solve(ANY, self._left(), self._stop)
        if answer.values is None and answer.end is not End.INFEASIBLE:
            raise OutOfTime
        return answer.values is not None

    def a_point(
        self, bounds: Mapping[str, tuple[float, float]], lifted: Collection[Address] = ()
    ) -> Mapping[str, float] | None:
        """Values of all columns, by name, that keep every limit but those `lifted` and these bounds of columns, where
        parts of plants and joinings count as such; None where there are none. Raises `OutOfTime`."""
        self._prepare([limit for limit in self.limits if limit not in lifted], {}, bounds)
        return self._relaxed({})

    def a_plan(self, bounds: Mapping[str, tuple[float, float]], changes: Mapping[Address, float]) -> Given | None:
        """A plan that keeps these bounds of columns and every limit, but that some may be changed by a little more than
        these amounts; None where none was found. Raises `OutOfTime`."""
        changed = [limit for limit in changes if limit in self._elastic.columns]
        room = {name: width for limit in changed for name, width in self._room(limit, changes[limit])}
        self._prepare([limit for limit in self.limits if limit not in changed], {}, {**bounds, **room})
        values = self._highs.solve(ANY, self._left(), self._stop, proof=False).values
        return None if values is None else self._given(values, {})

    def _room(self, limit: Address, amount: float) -> Iterator[tuple[str, tuple[float, float]]]:
        """Bounds of a limit's columns for a change of it; whole numbers are held."""
        if limit in self._elastic.switches:
            return
        for index, name in self._elastic.columns[limit].items():
            size = abs(amount)
            if index in (("more",), ("fewer",)):
                size = max(0.0, amount if index == ("more",) else -amount)
            if self._highs.column[name] in self._highs.whole:
                yield name, (float(round(size)),) * 2
            else:
                yield name, (0.0, min(size * MORE, self._elastic.most[name]))

    def least_change(
        self,
        kept: Collection[Address] = (),
        *,
        whole: bool,
        weights: Mapping[Address, float] | None = None,
        bounds: Mapping[str, tuple[float, float]] | None = None,
        costs_of_plan: Mapping[str, float] | None = None,
        proof: bool = True,
    ) -> Given | None:
        """The least change that lets a plan through while `kept` stand as they are; None where there is none.

        `weights` multiply the prices of limits; `bounds` and `costs_of_plan` are of other columns, by their names.
        Without `proof` it is sooner done, and neither that it is the least nor None is to be relied on.
        Raises `OutOfTime`.
        """
        costs = {
            name: self._price[name] * (weights or {}).get(limit, 1.0)
            for limit in self.limits
            if limit not in kept
            for name in self._names(limit)
        }
        self._prepare(kept, {**(costs_of_plan or {}), **costs}, bounds)
        if whole:
            answer = self._highs.solve(NEARLY, self._left(), self._stop, proof=proof)
            if answer.values is None and answer.end is not End.INFEASIBLE:
                raise OutOfTime
            values = answer.values
        else:
            values = self._relaxed(costs)
        return None if values is None else self._given(values, costs)

    def _given(self, values: Mapping[str, float], costs: Mapping[str, float]) -> Given:
        changes = self._changes(values)
        rows = {limit: tuple(self._given_rows(limit, values)) for limit in changes}
        price = sum(cost * values[name] for name, cost in costs.items())
        plan = plan_of(self._instance, self._elastic.variables, defaultdict(float, values))
        return Given(price, changes, rows, plan, values)

    def _prepare(
        self,
        held: Collection[Address],
        costs: Mapping[str, float],
        bounds: Mapping[str, tuple[float, float]] | None = None,
    ) -> None:
        kept = {name: (0.0, 0.0) for limit in held for name in self._names(limit)}
        self._highs.bound_columns({**kept, **(bounds or {})})
        self._highs.change_costs(costs)

    def _left(self) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0 or self._stop():
            raise OutOfTime
        return left

    def _relaxed(self, costs: Mapping[str, float]) -> Mapping[str, float] | None:
        """The values of the relaxation; None where it has none."""
        if self.large:
            answer = self._highs.relax(self._left(), self._stop)
            if answer.values is None and answer.end is not End.INFEASIBLE:
                raise OutOfTime
            return answer.values
        values = self._highs.vertex(self._left(), self._stop)
        if values is None:
            self._left()
        return values

    def _names(self, limit: Address) -> list[str]:
        names = list(self._elastic.columns[limit].values())
        return [*names, self._elastic.switches[limit]] if limit in self._elastic.switches else names

    def _given_rows(self, limit: Address, values: Mapping[str, float]) -> Iterator[Index]:
        for index, name in self._elastic.columns[limit].items():
            if values[name] > NOTHING * max(1.0, self._elastic.most[name] if limit in self._elastic.switches else 1.0):
                yield index

    def _changes(self, values: Mapping[str, float]) -> Mapping[Address, float]:
        found = {}
        for limit in self.limits:
            names = list(self._elastic.columns[limit].values())
            if all(values[name] * self._price[name] <= NOTHING for name in self._names(limit)):
                continue
            if limit in self._elastic.switches:
                found[limit] = 1.0
            elif ("fewer",) in self._elastic.columns[limit] or ("more",) in self._elastic.columns[limit]:
                family = self._elastic.columns[limit]
                more, fewer = (values[family[side]] if side in family else 0.0 for side in (("more",), ("fewer",)))
                found[limit] = more - fewer
            else:
                found[limit] = max(values[name] for name in names)
        return found
