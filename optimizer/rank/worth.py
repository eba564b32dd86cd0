"""What each pick is worth: the cost of leaving a county out, and of making it join as early as it may.

Leaving out is replacement cost: how much worse the best plan is without the place.
Sources: Cabeza and Moilanen, Replacement cost: a practical measure of site value for cost-effective reserve planning
(2006), Biological Conservation 132; Ferrier, Pressey and Barrett, A new predictor of the irreplaceability of areas for
achieving a conservation goal, its application to real-world planning, and a research agenda for further refinement
(2000), Biological Conservation 93.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from models.instance import Instance
from models.plan import Result, Status
from optimizer.alternatives_held import joining_years, must_join, only_restricts, with_moved, with_years, without
from optimizer.assess import near
from optimizer.options import SolveOptions
from optimizer.runs import Run, RunPool
from reports.assessment import Depth, Span
from reports.choice_bounds import ChoiceBounds, Key
from reports.ranking import NearPlan, Worth


def worths(
    instance: Instance,
    best: Result,
    plans: Sequence[NearPlan],
    counties: Iterable[str],
    options: SolveOptions,
    pool: RunPool,
    depth: Depth,
    bounds: ChoiceBounds | None = None,
) -> dict[str, Worth]:
    """The worth of the counties' picks; `best` has the proven bound, the first of `plans` is the best plan known.

    `counties` are searched for, and with `bounds` all others are told of as well: what these estimate, and what they
    prove.

    With the depth "quick" a search holds the joining years of the best plan, but for the county's own, those of the
    year it moves to and, when it is left out, those of the last year, who may move up. With "full" everything is free,
    and the search's own bound counts. Plans nearly as good count too: one without the county shows what leaving it out
    costs at most.
    """
    if depth == "none":
        return {}
    asked = _Asked(instance, best, plans, options, depth, bounds)
    wanted = [] if depth in ("estimate", "swap") else list(counties)
    results = pool.solve([run for county in wanted for run in asked.runs(county)])
    must = must_join(instance)
    return {
        county: Worth(
            left_out=asked.left_out(county, results.get(f"without {county}")),
            first=asked.first(county, results.get(f"first {county}")),
            must_join=county in must or asked.needed(results.get(f"without {county}")),
            left_out_estimate=asked.left_out_change(county),
            first_estimate=asked.first_change(county),
        )
        for county in instance.counties
        if county in wanted or bounds is not None
    }


def first_chance(instance: Instance, county: str) -> int | None:
    """The earliest year in which a county may join and anyone may; None when there is none, or it is decided."""
    begins = instance.counties[county].eligible_from
    if begins is None or county in instance.decided:
        return None
    return next((year for year in instance.years if year >= begins and instance.picks[year] >= 1), None)


def looked_at(instance: Instance, counties: Iterable[str]) -> Iterator[Key]:
    """The choices that worth is about: joining as early as can be, and not at all where the rules allow that."""
    must = must_join(instance)
    for county in counties:
        begins = first_chance(instance, county)
        if begins is not None:
            yield county, begins
        if county not in must:
            yield county, None


def reached_by(instance: Instance, worths: Mapping[str, Worth], best: float) -> Iterator[tuple[Key, float]]:
    """Values of plans that make the choices that worth is about, as far as they are known; leaving a county out is such
    a choice only where barring it does no more than that."""
    for county, worth in worths.items():
        begins = first_chance(instance, county)
        if begins is not None and worth.first.found is not None:
            yield (county, begins), best + worth.first.found
        if worth.left_out.found is not None and only_restricts(instance, without(instance, [county])):
            yield (county, None), best + worth.left_out.found


@dataclass(frozen=True)
class _Asked:
    instance: Instance
    best: Result
    plans: Sequence[NearPlan]
    options: SolveOptions
    depth: Depth
    bounds: ChoiceBounds | None

    def left_out_change(self, county: str) -> float | None:
        """By how much the bound rises where a county is barred."""
        return None if self.bounds is None else self.bounds.barred.get(county)

    def first_change(self, county: str) -> float | None:
        """By how much the bound rises where a county joins as early as it may."""
        begins = first_chance(self.instance, county)
        return None if self.bounds is None or begins is None else self.bounds.estimate(county, begins)

    def runs(self, county: str) -> Iterator[Run]:
        """The searches that a county needs: none where the best plan says enough."""
        known = self.plans[0].plan
        years = joining_years(known)
        options = self.options if self.depth == "full" else near(self.options)
        if county not in self.instance.decided and (county in years or not self.restricts(county)):
            barred = without(self.instance, [county])
            if self.depth != "full":
                last = max(years.values(), default=self.instance.last_year)
                stay = {code: year for code, year in years.items() if code != county and year != last}
                barred = with_years(barred, stay)
            yield Run(f"without {county}", barred, options, known)
        begins = first_chance(self.instance, county)
        if begins is not None and years.get(county) != begins:
            moved = {county: begins}
            problem = (
                with_years(self.instance, moved)
                if self.depth == "full"
                else with_moved(self.instance, years, moved)
            )  # fmt: skip
            yield Run(f"first {county}", problem, options, known)

    def restricts(self, county: str) -> bool:
        """Whether barring a county cannot make the best plan better: it may not join anyway, or the rules ask for no
        less without it."""
        begins = self.instance.counties[county].eligible_from
        never = begins is None or begins > self.instance.last_year
        return never or only_restricts(self.instance, without(self.instance, [county]))

    def needed(self, result: Result | None) -> bool:
        """Whether a free search has proven that no plan can do without the county."""
        return self.depth == "full" and result is not None and result.status is Status.INFEASIBLE

    def left_out(self, county: str, result: Result | None) -> Span:
        """How much worse the best plan is when a county is barred."""
        if county in self.instance.decided:
            return Span()
        # The rules never ask for more where a county is barred: a plan without it stays a plan.
        without_it = [near.value for near in self.plans if county not in joining_years(near.plan)]
        without_it += self._swapped((county, None))
        return self._span(without_it, result, self.restricts(county), self.left_out_change(county))

    def first(self, county: str, result: Result | None) -> Span:
        """How much worse the best plan is when a county joins as early as it may."""
        begins = first_chance(self.instance, county)
        if begins is None:
            return Span()
        early = [near.value for near in self.plans if joining_years(near.plan).get(county) == begins]
        early += self._swapped((county, begins))
        return self._span(early, result, restricts=True, change=self.first_change(county))

    def _swapped(self, key: Key) -> list[float]:
        """What a swap has reached for a choice."""
        return [self.bounds.reached[key]] if self.bounds is not None and key in self.bounds.reached else []

    def _span(self, known: list[float], result: Result | None, restricts: bool, change: float | None) -> Span:
        """From values that are reached, of plans known and of a search; `restricts`: its problem has no plan that the
        whole one has not, so that it cannot be better. `change` is by how much the bound by choice rises."""
        reached = list(known)
        if result is not None and result.objective is not None:
            reached.append(result.objective)
        value, bound = self.plans[0].value, self.best.bound
        least: float | None = 0.0 if restricts else None
        proven = [result.bound] if self.depth == "full" and result is not None and result.bound is not None else []
        if self.bounds is not None and change is not None and math.isfinite(change):
            proven.append(self.bounds.bound + change)
        if proven:
            own = max(proven) - value
            least = max(0.0, own) if restricts else own
        if not reached:
            return Span(None, least, None)
        most = None if bound is None else min(reached) - bound
        return Span(min(reached) - value, least, most)
