"""Large problems in stages: bound, joining years, plants, then improvement of two years at a time.

Branch and bound on a national problem spends minutes on its first vertex. The stages need none of the whole:

1. The relaxation, by an interior point method, gives the bound, prices and a direction.
2. Counties are planned one by one at the relaxation's prices, once for every year in which they may join. That raises
   the bound, and who knows it can stop at a plan that is good enough.
3. The counties' joining years are chosen at least cost by these figures, close to the relaxation's direction, under
   the rules on choosing alone (`optimizer.decomposition.joining`).
4. With joining years fixed, plants are chosen province by province, the rest in parts of plants
   (`optimizer.decomposition.relax_and_fix`). A problem too large for that is cut into districts
   (`optimizer.decomposition.districts`).
5. While the gap is not reached, the bound is raised again, by planning whole provinces at these prices, the small
   ones first; then the counties joining in two neighbouring years are set free to change places and plants, the rest
   held. Both is done as often as `IMPROVEMENTS` has it, with provinces planned for longer and years further apart.

Each stage ends by its own measure, so that the same problem gives the same plan; only the time limit, a stage's share
of it and an interruption depend on the clock.
"""

import math
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np

from models.instance import Instance
from models.plan import Plan
from models.variables import Variables
from optimizer.decomposition.blocks import Blocks
from optimizer.decomposition.county_choices import block_precision, blocks_of, choice_costs
from optimizer.decomposition.districts import Districts
from optimizer.decomposition.joining import best_joining
from optimizer.decomposition.relax_and_fix import RelaxAndFix
from optimizer.held_choices import choices_of
from optimizer.options import SolveOptions
from optimizer.solvers import Answer, End, HighsProblem
from optimizer.solvers.matrix import Floats
from reports.choice_bounds import Key

NOT_BOUNDING = ("quota_first", "stipends")
"""Rules left out of the relaxation: they hardly raise the bound and make it slow. What is proven without them holds."""


class Improvement(NamedTuple):
    """Nodes of branch and bound for a province planned by itself, and how many years apart pairs of years are that are
    set free thereafter."""

    nodes: int
    apart: int


IMPROVEMENTS = (Improvement(nodes=1, apart=1), Improvement(nodes=30, apart=2))
"""Planning provinces the first time takes a third of the time of the second, or less, and gives two thirds of what that
adds to the bound, or more."""

PROVINCE_COUNTIES = 60
"""Counties up to which a province is planned by itself: larger ones are as hard as the whole."""

PROVINCES_AT_ONCE = 2
"""Provinces that are planned before looking whether the bound is enough; the same for any number of threads."""

PLANTS = 1 / 5
"""Part of the asked gap to which plants are planned with joining years held."""

FINEST_FOR_PLANTS = 0.01
"""Gap finer than which plants are not planned with joining years held. Half of it takes twice the time for plans that
are worse as often as better: what is fixed for one province decides more for the next than it saves."""

OF_PAIRS = 1 / 2
"""Part of that gap to which plants are planned where counties joining in two years are set free."""

Report = Callable[[str, float | None, float | None], None]
"""Called with the stage, the best objective and the proven bound."""


def good_enough(bound: float | None, gap: float) -> float | None:
    """Objective at which the gap is reached: (objective - bound) / |objective| = gap. None where there is none."""
    return bound / (1 - gap) if bound is not None and bound > 0 and gap < 1 else None


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
    best: Answer | None = None
    _bounded: tuple[Blocks, Floats] | None = None
    """The last cut into blocks, and what is proven of each."""
    _counties_prove: float = -math.inf
    """What the blocks of counties prove together."""

    def solve(self, like: Plan | None = None, improvements: Sequence[Improvement] = IMPROVEMENTS) -> Answer:
        """Run the stages, trying the choices of a plan first. The answer's bound is the relaxation's, or better where
        one was proven."""
        if like is not None:
            self.try_choices_of(like)
        self.report("bounding the cost from below", None, None)
        relaxed = self._relax()
        if relaxed.end in (End.INFEASIBLE, End.UNBOUNDED) and self.best is None:
            return relaxed
        self.bound = relaxed.bound
        self._first_plan(relaxed)
        for improvement in improvements:
            self._improve(improvement)
        if self.best is None:
            return Answer(self._stopped(), None, None, self.bound)
        return replace(self.best, end=End.FINISHED if self._done() else self._stopped(), bound=self.bound)

    def _first_plan(self, relaxed: Answer) -> None:
        """Raise the bound by counties, choose joining years by that and plants for these years."""
        if relaxed.values is not None and not self._done() and not self._over():
            costs = self._bound_by_counties()
            if not self._done() and not self._over():
                self.report("choosing joining years", self._best_objective(), self.bound)
                joining = self._joining_years(relaxed.values, costs)
                if joining is not None and not self._done():
                    held = self._held_joining(joining)
                    if not self._plan_plants(held, relaxed.values) and self.best is None and not self._over():
                        self._solve_held("planning plants", held, self._plants_gap())

    def _improve(self, by: Improvement) -> None:
        """Plan provinces at prices for a better bound, then set free the counties of two years for a better plan."""
        if self.best is not None and not self._done() and not self._over():
            self._bound_by_provinces(by.nodes)
        for pair in self._pairs(by.apart):
            if self.best is None or self.best.values is None or self._done() or self._over():
                break
            held = self._held_outside(pair, self.best.values)
            self._solve_held(f"improving {pair[0]} and {pair[1]}", held, self._plants_gap() * OF_PAIRS)

    def _stopped(self) -> End:
        return End.INTERRUPTED if self.should_stop() else End.LIMIT

    def _best_objective(self) -> float | None:
        return None if self.best is None else self.best.objective

    def _left(self) -> float:
        return self.options.time_limit - (time.monotonic() - self.begun)

    def _over(self) -> bool:
        return self._left() <= 0 or self.should_stop()

    def _target(self) -> float | None:
        return good_enough(self.bound, self.options.gap)

    def _done(self) -> bool:
        target = self._target()
        return (
            self.best is not None
            and self.best.objective is not None
            and self.bound is not None
            and (self.best.objective <= self.bound or (target is not None and self.best.objective <= target))
        )

    def _joining_years(
        self, relaxed: Mapping[str, float], costs: Mapping[Key, float]
    ) -> dict[tuple[str, int], int] | None:
        """Joining years at least cost and close to the relaxation; None without any. Raises the bound by what the rules
        on choosing cost."""
        parts = {index: relaxed[variable.name] for index, variable in self.variables.select.items()}
        mean = abs(self.bound or 0.0) / max(1, len(self.instance.counties))
        chosen = best_joining(self.instance, parts, costs, mean, self.options, self._left(), self.should_stop)
        if chosen is None:
            return None
        if self.bound is not None and self._bounded is not None:
            self.bound = max(self.bound, self._counties_prove + chosen.more)
        return chosen.years

    def _relax(self) -> Answer:
        """The relaxation without rules that hardly change its cost."""
        self.highs.suspend(NOT_BOUNDING)
        relaxed = self.highs.relax(self._left(), self.should_stop)
        self.highs.suspend(())
        return relaxed

    def _bound_by_counties(self) -> Mapping[Key, float]:
        """Raise the bound by planning counties one by one at the relaxation's prices, once for each choice that is open
        to them (`optimizer.decomposition.county_choices`). What each choice costs at the least."""
        if not self.highs.prices.any():
            return {}
        self.report("bounding the cost by counties", self._best_objective(), self.bound)
        blocks = Blocks(self.highs.matrix(), blocks_of(self.instance, self.variables, self.highs.names))
        priced = blocks.priced(self.highs.prices)
        from_prices = priced.total(priced.weak)
        if not math.isfinite(from_prices):
            return {}
        if self.bound is None:  # the interior point method ended before it was as precise as it was to be
            self.bound = from_prices
        found = choice_costs(
            self.instance,
            self.variables,
            self.highs.column,
            blocks,
            priced,
            block_precision(self.instance, self.options.gap * abs(self.bound)),
            self.options.threads,
            self._left() if self.best is not None else self._left() / 2,
            self.should_stop,
        )
        self._bounded, self._counties_prove = (blocks, found.values), priced.total(found.values)
        self.bound = max(self.bound, self._counties_prove)
        return found.by_choice

    def _bound_by_provinces(self, nodes: int) -> None:
        """Raise the bound by planning provinces one by one at the relaxation's prices, with some nodes each."""
        sizes = Counter(county.province for county in self.instance.counties.values())
        place = {
            code: county.province
            for code, county in self.instance.counties.items()
            if sizes[county.province] <= PROVINCE_COUNTIES
        }
        counties = blocks_of(self.instance, self.variables, self.highs.names)
        labels = [None if label is None else place.get(label, label) for label in counties]
        if self.bound is None or not self.highs.prices.any():
            return
        incumbent = self._best_objective()
        self.report("bounding the cost by provinces", incumbent, self.bound)
        blocks, known = Blocks(self.highs.matrix(), labels), None
        if self._bounded is not None:
            parts, values = self._bounded
            known = blocks.joined(parts, self.highs.prices, values)
        found = blocks.bound(
            self.highs.prices,
            block_precision(self.instance, self.options.gap * abs(self.bound)),
            self.options.threads,
            self._left(),
            self.should_stop,
            math.inf if incumbent is None else incumbent * (1 - self.options.gap),
            known,
            nodes,
            PROVINCES_AT_ONCE,
        )
        if found is not None:
            self._bounded = blocks, found.values
            self.bound = max(self.bound, found.total)

    def try_choices_of(self, plan: Plan) -> None:
        """What a known plan of this or of a like instance chooses and builds, with all else as is best here."""
        held = {name: bounds for name, _, bounds in choices_of(self.instance, self.variables, plan)}
        if not self._plan_plants(held) and not self._over():
            self._solve_held("planning plants", held, self._plants_gap())

    def _plan_plants(self, held: Mapping[str, tuple[float, float]], relaxed: Mapping[str, float] | None = None) -> bool:
        """Plants province by province, with some variables held; whether a plan was found. A problem too large for that
        is cut into districts, where the values of the relaxation are given."""
        self.report("planning plants", self._best_objective(), self.bound)
        matrix, labels = self.highs.matrix(held), self._province_of_columns()
        precision = self._plants_gap() * (abs(self.bound) if self.bound is not None else 0.0)
        ends = (self._left(), self.should_stop, self.options.seed)
        districts = None
        if relaxed is not None:
            at = np.array([relaxed[name] for name in self.highs.names])
            districts = Districts(matrix, labels, at, self.highs.prices, precision, *ends)
        if districts is not None and len(districts.districts()) > 1:
            values = districts.solve()
        else:
            values = RelaxAndFix(matrix, labels, precision, self._target(), *ends).solve()
        if values is None:
            return False
        answer = self.highs.answer_of(dict(zip(self.highs.names, values.tolist(), strict=True)))
        if answer is not None:
            self._keep(answer)
        return answer is not None

    def _plants_gap(self) -> float:
        """To which gap plants are planned with joining years held."""
        return PLANTS * max(self.options.gap, FINEST_FOR_PLANTS)

    def _province_of_columns(self) -> list[int]:
        """The place of each column's province, -1 for columns of the nation."""
        place = {code: place for place, code in enumerate(self.instance.provinces)}
        place |= {code: place[county.province] for code, county in self.instance.counties.items()}
        labels = blocks_of(self.instance, self.variables, self.highs.names)
        return [-1 if label is None else place[label] for label in labels]

    def _held_joining(self, joining: Mapping[tuple[str, int], int]) -> dict[str, tuple[float, float]]:
        held: dict[str, tuple[float, float]] = {}
        for county in self.instance.counties:
            joined = 0
            for year in self.instance.years:
                joined += joining[county, year]
                held[self.variables.select[county, year].name] = (joining[county, year],) * 2
                held[self.variables.joined[county, year].name] = (joined, joined)
        return held

    def _pairs(self, apart: int) -> list[tuple[int, int]]:
        """Pairs of years to set free, so many years apart; last those with more choices decided."""
        years, decided = self.instance.years, Counter(self.instance.decided.values())
        pairs = zip(years, years[apart:], strict=False)
        return sorted(pairs, key=lambda pair: decided[pair[0]] + decided[pair[1]])

    def _held_outside(self, pair: tuple[int, int], best: Mapping[str, float]) -> dict[str, tuple[float, float]]:
        """Joining, starting and running plants as in `best`, but for counties that join in one of two years: these may
        join in either and start what they like."""
        select, joined = self.variables.select, self.variables.joined
        free = {
            county
            for county in self.instance.counties
            if any((county, year) in select and best[select[county, year].name] > 0.5 for year in pair)
        }
        held: dict[str, tuple[float, float]] = {}
        families: tuple[dict[Any, Any], ...] = (select, joined, self.variables.start, self.variables.running)
        for family in families:
            for index, variable in family.items():
                if index[0] not in free:
                    held[variable.name] = (float(round(best[variable.name])),) * 2
        for county in free:
            for year in self.instance.years:
                if year not in pair:
                    held[select[county, year].name] = (0.0, 0.0)
                if not pair[0] <= year < pair[1]:
                    held[joined[county, year].name] = (float(year >= pair[1]),) * 2
        return held

    def _solve_held(self, stage: str, held: Mapping[str, tuple[float, float]], gap: float) -> None:
        """Solve with some variables held, beginning with the best plan so far, and keep the answer where it is better.
        What is proven then holds for these bounds alone, which are undone."""
        best = self.best
        known = None if best is None else best.objective

        def watch(incumbent: float | None, _: float | None) -> None:
            found = [value for value in (incumbent, known) if value is not None]
            self.report(stage, min(found, default=None), self.bound)

        watch(None, None)
        self.highs.bound_columns(held)
        start = None if best is None else best.values
        seconds = self._left() if best is None else min(self._left(), max(10.0, self._left() / 3))
        answer = self.highs.solve(gap, seconds, self.should_stop, watch, self._target(), start, proof=False)
        self.highs.bound_columns({})
        self._keep(answer)

    def _keep(self, answer: Answer) -> None:
        """Take an answer as the best where it is better than that so far."""
        known = None if self.best is None else self.best.objective
        if answer.objective is not None and (known is None or answer.objective < known):
            self.best = answer
