"""Large problems in stages: bound, joining years, plants, then improvement of two years at a time.

Branch and bound on a national problem spends minutes on its first vertex. The stages need none of the whole:

1. The relaxation, by an interior point method, gives the bound and a direction.
2. The counties' joining years are chosen closest to that direction, under the rules on choosing alone.
3. The bound is raised: counties are planned one by one at the relaxation's prices. Who knows it can stop at a plan
   that is good enough.
4. With joining years fixed, what is left is small: the plants and all that follows. Counties' budgets are taken as
   they are in the relaxation, and put right for the plants that were found.
5. While the gap is not reached, the bound is raised again, by planning whole provinces at these prices, the small
   ones first and each for longer the second time; then the counties joining in two of the years are set free to change
   places and plants, the rest held; then, if it must be, everything is searched at once.

Each stage ends by its own measure, so that the same problem gives the same plan; only the time limit and an
interruption depend on the clock.
"""

import math
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from models.budgets import budgets_at, revenue_without_plants
from models.costs import running_plants
from models.instance import Instance
from models.plan import Plan
from models.problem import build_problem
from models.variables import Variables
from optimizer.alternatives_held import choosing_only
from optimizer.blocks import BATCH, NODES, Blocks, Floats
from optimizer.options import SolveOptions
from optimizer.solvers import Answer, End, HighsProblem

BUDGET_RULES = ("remittance_due", "remit_first", "priority_fund_balance", "national_remittance")
"""Rules on counties' budgets that tie them to the rest of the plan; `local_revenue` only says what revenue is."""

NOT_BOUNDING = ("quota_first", "stipends")
"""Rules left out of the relaxation: they hardly raise the bound and make it slow. What is proven without them holds."""

PRECISION = 100
"""Part of the asked gap to which counties planned one by one are solved, all together."""

PROVINCE_NODES = (1, 30)
"""Nodes of branch and bound for a province planned by itself, the first and the second time. The first takes a third of
the second's time and gives two thirds of what it adds to the bound."""

PROVINCE_COUNTIES = 60
"""Counties up to which a province is planned by itself: larger ones are as hard as the whole."""

PROVINCES_AT_ONCE = 2
"""Provinces that are planned before looking whether the bound is enough; the same for any number of threads."""

PLANTS = 5
"""Part of the asked gap to which plants are planned with joining years held: what is left of it is won more quickly
by changing the years of some counties as well."""

WHOLE = 1e-6
"""Distance from a whole number that counts as none."""

GUESSES = 3
"""Times that plants are planned with budgets held, each with the budgets that the last plants would give."""

Report = Callable[[str, float | None, float | None], None]
"""Called with the stage, the best objective and the proven bound."""


def blocks_of(instance: Instance, variables: Variables, names: Sequence[str]) -> list[str | None]:
    """The county or province that each variable belongs to, None for those of the whole nation."""
    places = {**dict.fromkeys(instance.counties), **dict.fromkeys(instance.provinces)}
    block_of: dict[str, str] = {}
    for entry in fields(variables):
        for index, variable in getattr(variables, entry.name).items():
            found = [part for part in index if part in places]
            if found:
                block_of[variable.name] = found[0]
    return [block_of.get(name) for name in names]


def block_precision(instance: Instance, gap: float) -> float:
    """To within how much money each county is solved by itself, where all together may be `gap` off."""
    return gap / PRECISION / max(1, len(instance.counties) + len(instance.provinces))


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
    infeasible: bool = False
    _bounded: tuple[Blocks, Floats] | None = None
    """The last cut into blocks, and what is proven of each."""

    def solve(self, like: Plan | None = None) -> Answer:
        """Run the stages, trying the choices of a plan first. The answer's bound is the relaxation's, or better where
        one was proven."""
        if like is not None:
            self.try_choices_of(like)
        self.report("bounding the cost from below", None, None)
        relaxed = self._relax()
        if relaxed.end in (End.INFEASIBLE, End.UNBOUNDED):
            return relaxed
        self.bound = relaxed.bound
        if relaxed.values is not None and not self._done() and not self._over():
            self.report("choosing joining years", None, self.bound)
            joining = self._joining_years(relaxed.values)
            if not self._over():
                self._bound_by_counties()
            if joining is not None and not self._done():
                if self.instance.purses and not self._over():
                    revenue = {
                        index: relaxed.values[self.variables.revenue[index].name] for index in self.instance.purses
                    }
                    self._plan_with_known_budgets(joining, revenue)
                if self.best is None and not self._over():
                    self._solve_part("planning plants", self._held_joining(joining), self.options.gap / 5)
        for nodes in PROVINCE_NODES:
            if self.best is not None and not self._done() and not self._over():
                self._bound_by_provinces(nodes)
        rounds = self._neighbourhoods()
        while self.best is not None and not self._done() and not self._over():
            pair = next(rounds, None)
            if pair is None or self.best.values is None:
                break
            held = self._held_outside(pair, self.best.values)
            self._solve_part(f"improving {pair[0]} and {pair[1]}", held, self.options.gap / 10)
        if not self._done() and not self._over():
            start = None if self.best is None else self.best.values
            self._solve_part("searching the whole plan", {}, self.options.gap, start, whole=True)
        if self.best is None:
            end = End.INFEASIBLE if self.infeasible else self._stopped()
            return Answer(end, None, None, self.bound)
        end = End.FINISHED if self._done() else self._stopped()
        return replace(self.best, end=end, bound=self.bound)

    def _stopped(self) -> End:
        return End.INTERRUPTED if self.should_stop() else End.LIMIT

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
        """Whole joining years closest to the relaxation's parts, under the rules on choosing; None without any."""
        problem, variables = build_problem(choosing_only(self.instance))
        highs = HighsProblem(problem, self.options)
        highs.change_costs({variable.name: -relaxed[variable.name] for variable in variables.select.values()})
        chosen = highs.solve(0.0, max(10.0, self._left()), self.should_stop, proof=False).values
        if chosen is None:
            return None
        return {index: round(chosen[variable.name]) for index, variable in variables.select.items()}

    def _relax(self) -> Answer:
        """The relaxation without rules that hardly change its cost."""
        self.highs.suspend(NOT_BOUNDING)
        relaxed = self.highs.relax(self._left(), self.should_stop)
        self._restore()
        return relaxed

    def _bound_by_counties(self) -> None:
        """Raise the bound by planning counties one by one at the relaxation's prices (`optimizer.blocks`)."""
        labels = blocks_of(self.instance, self.variables, self.highs.names)
        self._bound_by_blocks("bounding the cost by counties", labels, NODES, BATCH)

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
        self._bound_by_blocks("bounding the cost by provinces", labels, nodes, PROVINCES_AT_ONCE)

    def _bound_by_blocks(self, stage: str, labels: Sequence[str | None], nodes: int, batch: int) -> None:
        """Raise the bound by planning blocks at the relaxation's prices, until it is enough; `labels` has the block of
        each column."""
        if self.bound is None or not self.highs.prices.any():
            return
        incumbent = None if self.best is None else self.best.objective
        self.report(stage, incumbent, self.bound)
        precision = block_precision(self.instance, self.options.gap * abs(self.bound))
        enough = math.inf if incumbent is None else incumbent * (1 - self.options.gap)
        blocks, known = self.highs.blocks(labels), None
        if self._bounded is not None:
            parts, values = self._bounded
            known = blocks.joined(parts, self.highs.prices, values)
        found = blocks.bound(
            self.highs.prices,
            precision,
            self.options.threads,
            self._left(),
            self.should_stop,
            enough,
            known,
            nodes,
            batch,
        )
        if found is not None:
            self._bounded = blocks, found.values
            self.bound = max(self.bound, found.total)

    def _restore(self) -> None:
        """All rules and bounds as they are."""
        self.highs.suspend(())
        self.highs.bound_columns({})

    def try_choices_of(self, plan: Plan) -> None:
        """What a known plan of this or of a like instance chooses and builds, with all else as is best here."""
        joining = {index: round(plan.select.get(index, 0.0)) for index in self.variables.select}
        built: dict[str, tuple[float, float]] = {}
        families: tuple[tuple[dict[Any, Any], Mapping[Any, float]], ...] = (
            (self.variables.start, plan.start),
            (self.variables.running, running_plants(self.instance, plan)),
            (self.variables.support, plan.support),
        )
        for family, chosen in families:
            for index, variable in family.items():
                built[variable.name] = (float(round(chosen.get(index, 0.0))),) * 2
        self._plan_with_known_budgets(joining, self._revenue_before(joining), built)

    def _revenue_before(self, joining: Mapping[tuple[str, int], int]) -> Mapping[tuple[str, int], float]:
        """Counties' revenue without new plants."""
        joined = {
            (county, year): float(sum(joining[county, begun] for begun in self.instance.years if begun <= year))
            for county in self.instance.counties
            for year in self.instance.years
        }
        return revenue_without_plants(self.instance, joined)

    def _plan_with_known_budgets(
        self,
        joining: Mapping[tuple[str, int], int],
        revenue: Mapping[tuple[str, int], float],
        built: Mapping[str, tuple[float, float]] | None = None,
    ) -> None:
        """Plan plants with counties' budgets held at what they would be, then put the budgets right for these plants.

        `built` holds plants as well, where they are known. `revenue` is the first guess, the next is that of the plants
        found.
        """
        for _ in range(GUESSES):
            self.report("planning plants", None, self.bound)
            self.highs.suspend(BUDGET_RULES)
            held = self._held_joining(joining) | self._held_budgets(revenue, joining) | dict(built or {})
            found = self._plants(held)
            self._restore()
            if found is None:
                return
            self.report("settling counties' budgets", None, self.bound)
            revenue = {index: found[self.variables.revenue[index].name] for index in self.instance.purses}
            settled = self.highs.fix_and_solve({**found, **self._decided_by(revenue)})
            if settled.values is not None and self.highs.holds(list(settled.values.values())):
                self._keep(settled)
                return
            if self._over():
                return

    def _plants(self, held: Mapping[str, tuple[float, float]]) -> Mapping[str, float] | None:
        """The best plants next to the relaxation's: where it has whole ones these are kept, as few have parts.

        Where that leaves no plan, the best of those of which it has any; then, the best of all. None when there is
        none, or no time.
        Source: Berthold, RENS: the optimal rounding (2014), Mathematical Programming Computation 6.
        """
        gap, target = self.options.gap / PLANTS, self._target()
        self.highs.bound_columns(held)
        vertex = self.highs.vertex(self._left(), self.should_stop)
        tried: list[dict[str, tuple[float, float]]] = []
        if vertex is not None:
            families: tuple[dict[Any, Any], ...] = (self.variables.start, self.variables.support)
            parts = {variable.name: vertex[variable.name] for family in families for variable in family.values()}
            whole = {name: (float(round(x)),) * 2 for name, x in parts.items() if abs(x - round(x)) < WHOLE}
            tried = [whole, {name: bounds for name, bounds in whole.items() if bounds == (0.0, 0.0)}]
        for bounds in (*tried, {}):
            if not self._over():
                self.highs.bound_columns({**held, **bounds})
                answer = self.highs.solve(gap, self._left(), self.should_stop, target=target, proof=False)
                if answer.values is not None:
                    return answer.values
        return None

    def _held_budgets(
        self, revenue: Mapping[tuple[str, int], float], joining: Mapping[tuple[str, int], int]
    ) -> dict[str, tuple[float, float]]:
        """Remittances and subsidies as they follow from revenue, and local funds within what is left of it."""
        held: dict[str, tuple[float, float]] = {}
        for index, budget in budgets_at(self.instance, revenue).items():
            held[self.variables.remittance[index].name] = (budget.remittance,) * 2
            held[self.variables.subsidy[index].name] = (budget.subsidy,) * 2
            spare = budget.surplus + (budget.fund_before if joining[index] else 0.0)
            most = min(self.instance.counties[index[0]].local_funds, spare)
            held[self.variables.local_funds[index].name] = (0.0, most)
        return held

    def _decided_by(self, revenue: Mapping[tuple[str, int], float]) -> dict[str, float]:
        """Whether each county falls short, and owes its rate rather than its quota, at these revenues."""
        values: dict[str, float] = {}
        for index, purse in self.instance.purses.items():
            if index in self.variables.short:
                values[self.variables.short[index].name] = float(revenue[index] < purse.quota)
            if index in self.variables.rated:
                values[self.variables.rated[index].name] = float(purse.rate * revenue[index] > purse.quota)
        return values

    def _held_joining(self, joining: Mapping[tuple[str, int], int]) -> dict[str, tuple[float, float]]:
        held: dict[str, tuple[float, float]] = {}
        for county in self.instance.counties:
            joined = 0
            for year in self.instance.years:
                joined += joining[county, year]
                held[self.variables.select[county, year].name] = (joining[county, year],) * 2
                held[self.variables.joined[county, year].name] = (joined, joined)
        return held

    def _neighbourhoods(self) -> Iterator[tuple[int, int]]:
        """Pairs of years to set free: neighbours first, then two years apart; last those with more choices decided."""
        years, decided = self.instance.years, Counter(self.instance.decided.values())
        pairs = [pair for apart in (1, 2) for pair in zip(years, years[apart:], strict=False)]
        yield from sorted(pairs, key=lambda pair: decided[pair[0]] + decided[pair[1]])

    def _held_outside(self, pair: tuple[int, int], best: Mapping[str, float]) -> dict[str, tuple[float, float]]:
        """All whole variables as in `best`, but those of counties that join in one of two years: these may join in
        either and start what they like."""
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
        answer = self.highs.solve(gap, seconds, self.should_stop, watch, self._target(), start, proof=whole)
        if whole:
            self.infeasible = answer.end is End.INFEASIBLE
            if answer.bound is not None and (self.bound is None or answer.bound > self.bound):
                self.bound = answer.bound
        self._keep(answer)

    def _keep(self, answer: Answer) -> None:
        """Take an answer as the best where it is better than that so far."""
        known = None if self.best is None else self.best.objective
        if answer.objective is not None and (known is None or answer.objective < known):
            self.best = answer
