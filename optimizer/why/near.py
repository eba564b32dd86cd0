"""A first answer for a large problem: one county moved in a known plan, with only a few others free to change.

The relaxation's prices say what a place, money, labour and materials are worth in each year. At them each county is
planned by itself (`optimizer.blocks`), once for each year in which it might join: so it is known by how much dearer a
choice is for the county than its best one, and which counties would give way most cheaply. Then the known plan is
solved again with the choice made, all others held but these few. What that comes to is a plan of the whole problem: the
choice costs no more. For the comparison the plan is solved once more with the same counties free and the county where
it was, lest a better plant somewhere be taken for a reason.
"""

import math
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from models.instance import Instance
from models.plan import Charge, Plan, Result, Status
from models.problem import build_problem
from models.variables import Variables
from optimizer.alternatives_held import joining_years
from optimizer.blocks import Blocks, Floats, Priced
from optimizer.checked_plan import checked_plan
from optimizer.extraction import plan_of
from optimizer.options import SolveOptions
from optimizer.solve import GAP_DUST
from optimizer.solvers import HighsProblem, require_solver
from optimizer.stages import Stages, blocks_of

ENOUGH = 0.9
"""Gap at which the stages are content: the plan's own values and the relaxation's prices are all that is wanted."""

FINE = 1e-5
"""Gap of a search near the plan: its differences are small."""

FINER = 1e-6
"""Part of the objective to which a county is planned by itself."""

GIVING, GIVING_THERE = 2, 1
"""Counties that may give way to a choice: the cheapest of all, and the cheapest of the same province."""

SECONDS = 120.0
"""Most time for one search near the plan."""

Report = Callable[[str, float | None, float | None], None]
Held = dict[str, tuple[float, float]]


@dataclass(frozen=True)
class Pair:
    """The best plan near the known one with a choice, and that with the county where it is and the same others free,
    None where no time was left for it. `loose` is by how much their difference may be off because the searches ended
    early."""

    result: Result
    compared: Result | None
    loose: float


@dataclass(frozen=True)
class Near:
    """What was found near a plan: by each choice the plans with and without it, and what each choice costs the county
    at prices beyond its best one."""

    forced: Mapping[int | None, Pair] = field(default_factory=dict)
    at_prices: Mapping[int | None, float] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()


def search_near(
    instance: Instance,
    county: str,
    known: Result,
    years: Iterable[int | None],
    options: SolveOptions,
    progress: Report = lambda *_: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Near:
    """Look at choices for a county (None: that it never joins) near a known plan, each that the rules allow.

    `options.time_limit` is for all of it. What could not be found in time, or at all, is left out. Raises
    `VerificationFailed` when a plan that was found is none, and `SolverUnavailable` for another solver than HiGHS.
    """
    require_solver(options.solver)
    begun = time.monotonic()
    progress("building the problem", None, None)
    problem, variables = build_problem(instance)
    highs = HighsProblem(problem, options)
    try:
        stages = Stages(instance, variables, highs, replace(options, gap=ENOUGH), progress, should_stop, begun)
        answer = stages.solve(known.plan)
        values = answer.values
        if should_stop():
            return Near(remarks=("It was interrupted before anything was found near the plan.",))
        if values is None or known.plan is None or not _same(plan_of(instance, variables, values), known.plan):
            return Near(remarks=("The plan could not be taken up again, so that nothing was looked at near it.",))
        search = _Search(
            instance,
            county,
            known,
            variables,
            highs,
            values,
            options,
            begun + options.time_limit,
            progress,
            should_stop,
        )
        return search.near(list(years))
    finally:
        highs.close()


def choice_words(year: int | None) -> str:
    """A choice in words."""
    return "leaving it out" if year is None else f"joining in {year}"


def _same(one: Plan, other: Plan) -> bool:
    return joining_years(one) == joining_years(other)


@dataclass(frozen=True)
class _Solved:
    """A plan with much held, and by how much a better one with the same held could be better."""

    result: Result
    loose: float


@dataclass
class _Search:
    instance: Instance
    county: str
    known: Result
    variables: Variables
    highs: HighsProblem
    values: Mapping[str, float]
    options: SolveOptions
    until: float
    progress: Report
    should_stop: Callable[[], bool]

    def near(self, years: Sequence[int | None]) -> Near:
        """All that is looked at."""
        at_prices = self._at_prices()
        forced: dict[int | None, Pair] = {}
        loose: dict[int | None, float] = {}
        free: dict[int | None, frozenset[str]] = {}
        for year in years:
            if self._over():
                break
            givers = self._givers(year)
            free[year] = frozenset({self.county, *givers})
            then = self._solved(choice_words(year), self._held(free[year], year, givers), None)
            if then is not None:
                loose[year] = then.loose
                forced[year] = Pair(self._bounded(then.result, year), None, then.loose)
        as_it_is: dict[frozenset[str], _Solved | None] = {}
        for year in forced:  # last: every choice has an answer before any gets a better one
            if self._over():
                break
            if free[year] not in as_it_is:
                words = f"as it is, for {choice_words(year)}"
                as_it_is[free[year]] = self._solved(words, self._held(free[year], self.joined, {}), self.values)
            now = as_it_is[free[year]]
            if now is not None:
                forced[year] = replace(forced[year], compared=now.result, loose=loose[year] + now.loose)
        left = [choice_words(year) for year in years if year not in forced]
        if left:
            told = f"No plan was found near the known one, or no time was left, for {', '.join(left)}."
            return Near(forced, at_prices, (told,))
        return Near(forced, at_prices)

    @cached_property
    def years(self) -> Mapping[str, int]:
        """Joining years of the known plan."""
        assert self.known.plan is not None
        return joining_years(self.known.plan)

    @property
    def joined(self) -> int | None:
        """When the county joins in the known plan."""
        return self.years.get(self.county)

    @cached_property
    def places(self) -> Mapping[str, str | None]:
        """The county or province of each variable, by its name."""
        names = self.highs.names
        return dict(zip(names, blocks_of(self.instance, self.variables, names), strict=True))

    @cached_property
    def blocks(self) -> Blocks:
        """The problem cut into counties."""
        return self.highs.blocks(list(self.places.values()))

    @cached_property
    def priced(self) -> Priced:
        """The relaxation's prices in the place of what counties share."""
        return self.blocks.priced(self.highs.prices)

    def _left(self) -> float:
        return self.until - time.monotonic()

    def _over(self) -> bool:
        return self._left() <= 0 or self.should_stop()

    def _by_year(self, county: str, years: Sequence[int | None]) -> list[float | None]:
        """What a county costs at prices when it joins in each of some years (None: never); infinite where it cannot,
        None where no time was left to find out."""
        cases = [
            {
                self.highs.column[self.variables.select[county, year].name]: (float(year == when),) * 2
                for year in self.instance.years
            }
            for when in years
        ]
        value = abs(self.known.objective or 0.0)
        place = self.blocks.place[county]
        return self.blocks.least(place, self.priced, FINER * value, max(0.0, self._left()), cases)

    @cached_property
    def costs(self) -> Mapping[int | None, float]:
        """What the county costs at prices in each year, and when it never joins; empty where one is not known."""
        if not self.highs.prices.any() or self._over():
            return {}
        self.progress("pricing the county's years", None, None)
        choices: list[int | None] = [*self.instance.years, None]
        found = zip(choices, self._by_year(self.county, choices), strict=True)
        known = {choice: cost for choice, cost in found if cost is not None}
        return known if len(known) == len(choices) else {}  # which is the cheapest is not known without all

    def _at_prices(self) -> dict[int | None, float]:
        """By how much each choice costs the county more than its best one, at prices."""
        least = min(self.costs.values(), default=math.inf)
        return {} if math.isinf(least) else {year: cost - least for year, cost in self.costs.items()}

    def _givers(self, year: int | None) -> dict[str, set[int | None]]:
        """Counties that would give way most cheaply at prices, with the years in which each may join then (None:
        never): of those joining in the year, to the county's own year. Where the plan does not have the county at all,
        somebody must leave: those of the last year may, and the others may move there. Where it is never to join,
        somebody may take its place."""
        if not self.highs.prices.any():
            return {}
        self.progress("pricing who would give way", None, None)
        last = max(self.years.values(), default=self.instance.last_year)
        if year is None:
            moves = [(code, self.joined) for code in self.instance.counties if self.years.get(code) in (None, last)]
        else:
            goes = last if self.joined is None else self.joined
            moves = [(code, goes) for code, when in self.years.items() if when == year]
        found = self._cheapest(moves)
        if year is not None and self.joined is None:
            leaving: list[tuple[str, int | None]] = [(code, None) for code, when in self.years.items() if when == last]
            for code, may in self._cheapest(leaving).items():
                found.setdefault(code, set()).update(may)
        return found

    def _cheapest(self, moves: Iterable[tuple[str, int | None]]) -> dict[str, set[int | None]]:
        """Of moves of counties to other years, the cheapest at prices, of all and in the county's own province."""
        gains: dict[str, tuple[float, int | None]] = {}
        for code, to in moves:
            if code == self.county or code in self.instance.decided or self._over():
                continue
            now, then = self._by_year(code, [self.years.get(code), to])
            if now is not None and then is not None and math.isfinite(now) and math.isfinite(then):
                gains[code] = (then - now, to)
        order = sorted(gains, key=lambda code: gains[code][0])
        own = self.instance.counties[self.county].province
        there = [code for code in order if self.instance.counties[code].province == own]
        return {code: {self.years.get(code), gains[code][1]} for code in (*order[:GIVING], *there[:GIVING_THERE])}

    def _held(self, free: Iterable[str], year: int | None, may: Mapping[str, set[int | None]]) -> Held:
        """All whole variables as in the plan, but those of the counties that are free; the county in its year, and
        those that may give way in a year that they may have."""
        released = set(free)
        held: Held = {
            name: (float(round(self.values[name])),) * 2
            for name in (self.highs.names[column] for column in self.highs.whole)
            if self.places[name] not in released
        }
        for code in self.instance.counties:
            joins = year if code == self.county else self.years.get(code)
            for when in self.instance.years:
                select, joined = (family[code, when].name for family in (self.variables.select, self.variables.joined))
                if code not in may:
                    held[select] = (float(when == joins),) * 2
                    held[joined] = (float(joins is not None and when >= joins),) * 2
                elif when not in may[code]:
                    held[select] = (0.0, 0.0)
        return held

    def _solved(self, words: str, held: Held, start: Mapping[str, float] | None) -> _Solved | None:
        """The best plan with variables held, checked; None where none was found."""
        if self._over():
            return None
        begun = time.monotonic()
        self.progress(words, self.known.objective, self.known.bound)
        self.highs.bound_columns(held)
        answer = self.highs.solve(FINE, min(SECONDS, self._left()), self.should_stop, start=start, proof=False)
        self.highs.bound_columns({})
        if answer.values is None:
            return None
        found = checked_plan(self.instance, self.variables, self.highs, answer.values)
        objective = found.objective
        result = _result(self.known, found.plan, objective, self.known.bound, found.charges, time.monotonic() - begun)
        loose = math.inf if answer.bound is None else objective - answer.bound
        return _Solved(result, 0.0 if loose <= 2 * FINE * abs(objective) else loose)

    def _bounded(self, found: Result, year: int | None) -> Result:
        """The result with the bound that follows from the county's own costs at prices, where that could be better
        than what any plan costs."""
        cost = self.costs.get(year)
        if found.objective is None or self.known.objective is None or self.known.bound is None or cost is None:
            return found
        best = min(self.known.objective, found.objective)
        # no bound on all plans is above the best of them
        if math.isinf(cost) or self.known.bound + cost - min(self.costs.values()) <= best:
            return found
        values = self._least
        if values is None:
            return found
        changed = values.copy()
        changed[self.blocks.place[self.county]] = cost
        bound = self.priced.total(changed)
        return replace(found, bound=min(found.objective, max(self.known.bound, bound)))

    @cached_property
    def _least(self) -> Floats | None:
        """What each county costs at prices at the least; None where time was short."""
        self.progress("bounding the cost by counties", self.known.objective, self.known.bound)
        values = self.priced.weak.copy()
        for place in self.blocks.place.values():
            found = self.blocks.least(place, self.priced, FINER * abs(self.known.objective or 0.0), self._left())[0]
            if found is None or self.should_stop():
                return None
            values[place] = max(values[place], found)
        return values


def _result(
    known: Result, plan: Plan, objective: float, bound: float | None, charges: tuple[Charge, ...], seconds: float
) -> Result:
    """A plan as what a search came to. Its bound is that of all plans."""
    lower = None if bound is None else min(bound, objective)
    gap = None if lower is None else max(0.0, objective - lower) / max(abs(objective), GAP_DUST)
    return Result(Status.STOPPED, plan, objective, lower, gap, seconds, known.solver, charges, ())
