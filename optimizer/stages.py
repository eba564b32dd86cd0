"""Large problems in stages: bound, joining years, plants, then improvement by provinces.

Branch and bound on a national problem spends minutes on its first vertex. The stages need none of the whole:

1. The relaxation, by an interior point method, gives the bound and a direction.
2. The counties' joining years are chosen closest to that direction, under the rules on choosing alone.
3. With joining years fixed, what is left is small: the plants and all that follows.
4. While the gap is not reached, a few provinces at a time are set free and solved again, the rest held.

Each stage ends by its own measure, so that the same problem gives the same plan; only the time limit and an
interruption depend on the clock.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pulp import lpSum

from models.instance import Instance
from models.problem import build_problem
from models.variables import Variables
from optimizer.options import SolveOptions
from optimizer.solvers import Answer, End, HighsProblem

Report = Callable[[str, float | None, float | None], None]
"""Called with the stage, the best objective and the proven bound."""


@dataclass
class Stages:
    """One staged solve of a loaded problem."""

    instance: Instance
    variables: Variables
    highs: HighsProblem
    options: SolveOptions
    report: Report
    should_stop: Callable[[], bool]
    begun: float
    bound: float | None = None
    best: Answer | None = field(default=None)

    def solve(self) -> Answer:
        """Run the stages. The answer's bound is the relaxation's, or better where one was proven."""
        self.report("bounding the cost from below", None, None)
        relaxed = self.highs.relax(self._left(), self.should_stop)
        if relaxed.end in (End.INFEASIBLE, End.UNBOUNDED):
            return relaxed
        self.bound = relaxed.bound
        if relaxed.values is not None and not self._over():
            self.report("choosing joining years", None, self.bound)
            joining = self._joining_years(relaxed.values)
            if joining is not None:
                self._solve_part("planning plants", self._held_joining(joining), self.options.gap / 5)
        rounds = self._neighbourhoods()
        while self.best is not None and not self._done() and not self._over():
            free = next(rounds, None)
            if free is None:
                break
            names = ", ".join(self.instance.provinces[province].name for province in free)
            self._solve_part(f"improving {names}", self._held_outside(free), self.options.gap / 10)
        if not self._done() and not self._over():
            start = None if self.best is None else self.best.values
            self._solve_part("searching the whole plan", {}, self.options.gap, start, whole=True)
        if self.best is None:
            end = End.INTERRUPTED if self.should_stop() else End.LIMIT
            return Answer(self._proven_infeasible or end, None, None, self.bound)
        end = End.FINISHED if self._done() else End.INTERRUPTED if self.should_stop() else End.LIMIT
        return replace(self.best, end=end, bound=self.bound)

    _proven_infeasible: End | None = None

    def _left(self) -> float:
        return self.options.time_limit - (time.monotonic() - self.begun)

    def _over(self) -> bool:
        return self._left() <= 0 or self.should_stop()

    def _target(self) -> float | None:
        """Objective at which the asked gap is reached: (objective - bound) / |objective| = gap."""
        if self.bound is None or self.bound <= 0:
            return None
        return self.bound / (1 - self.options.gap) if self.options.gap < 1 else None

    def _done(self) -> bool:
        target = self._target()
        return (
            self.best is not None
            and self.best.objective is not None
            and self.bound is not None
            and (self.best.objective <= self.bound or (target is not None and self.best.objective <= target))
        )

    def _joining_years(self, relaxed: Mapping[str, float]) -> dict[tuple[str, int], int] | None:
        """Whole joining years closest to the relaxation's parts, under the rules on choosing; None if there are none."""
        instance = self.instance
        bare = replace(
            instance,
            options={},
            demand={},
            lanes={},
            existing={},
            items={},
            materials={},
            input_supply={},
            local_material={},
            central_material={},
            policy=replace(instance.policy, min_plants=0, one_per_good=False),
        )
        problem, variables = build_problem(bare)
        overlap = lpSum(
            relaxed[self.variables.select[index].name] * variable for index, variable in variables.select.items()
        )
        problem.setObjective(-1 * overlap)
        chosen = HighsProblem(problem, self.options).solve(0.0, max(10.0, self._left()), self.should_stop).values
        if chosen is None:
            return None
        return {index: round(chosen[variable.name]) for index, variable in variables.select.items()}

    def _held_joining(self, joining: Mapping[tuple[str, int], int]) -> dict[str, tuple[float, float]]:
        held: dict[str, tuple[float, float]] = {}
        for county in self.instance.counties:
            joined = 0
            for year in self.instance.years:
                joined += joining[county, year]
                held[self.variables.select[county, year].name] = (joining[county, year],) * 2
                held[self.variables.joined[county, year].name] = (joined, joined)
        return held

    def _neighbourhoods(self) -> Iterator[tuple[str, ...]]:
        """Groups of provinces to set free: each with its two neighbours in the order of the workbook's provinces,
        the dearest bound to be freed first, twice around."""
        provinces = [code for code, counties in self.instance.counties_of.items() if counties]
        size = min(3, len(provinces))
        for step in (1, 2):
            for first in range(0, len(provinces), 2):
                group = {provinces[(first + step * offset) % len(provinces)] for offset in range(size)}
                yield tuple(code for code in provinces if code in group)

    def _held_outside(self, free: tuple[str, ...]) -> dict[str, tuple[float, float]]:
        """Every whole variable of counties outside the free provinces at its best value."""
        assert self.best is not None and self.best.values is not None
        held: dict[str, tuple[float, float]] = {}
        families: tuple[dict[Any, Any], ...] = (
            self.variables.select,
            self.variables.joined,
            self.variables.start,
            self.variables.running,
        )
        for family in families:
            for index, variable in family.items():
                if self.instance.counties[index[0]].province not in free:
                    held[variable.name] = (float(round(self.best.values[variable.name])),) * 2
        return held

    def _solve_part(
        self,
        stage: str,
        held: Mapping[str, tuple[float, float]],
        gap: float,
        start: Mapping[str, float] | None = None,
        whole: bool = False,
    ) -> None:
        """Solve with some variables held, and keep the answer where it is better."""
        best = self.best
        known = None if best is None else best.objective
        self.report(stage, known, self.bound)

        def watch(incumbent: float | None, bound: float | None) -> None:
            found = [value for value in (incumbent, known) if value is not None]
            proven = [value for value in (bound if whole else None, self.bound) if value is not None]
            self.report(stage, min(found, default=None), max(proven, default=None))

        self.highs.bound_columns(held)
        if start is None and best is not None:
            start = best.values
        seconds = self._left() if whole or best is None else min(self._left(), max(10.0, self._left() / 3))
        answer = self.highs.solve(gap, seconds, self.should_stop, watch, self._target(), start)
        if whole:
            if answer.end is End.INFEASIBLE:
                self._proven_infeasible = End.INFEASIBLE
            if answer.bound is not None and (self.bound is None or answer.bound > self.bound):
                self.bound = answer.bound
        if answer.objective is not None and (known is None or answer.objective < known):
            self.best = answer
