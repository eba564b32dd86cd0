"""What each pick is worth: the cost of leaving a county out, and of making it join as early as it may.

Leaving out is replacement cost: how much worse the best plan is without the place.
Sources: Cabeza and Moilanen, Replacement cost: a practical measure of site value for cost-effective reserve planning
(2006), Biological Conservation 132; Ferrier, Pressey and Barrett, A new predictor of the irreplaceability of areas for
achieving a conservation goal, its application to real-world planning, and a research agenda for further refinement
(2000), Biological Conservation 93.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from models.instance import Instance
from models.plan import Result, Status
from optimizer.alternatives_held import joining_years, only_restricts, with_moved, with_years, without
from optimizer.assess import near
from optimizer.options import SolveOptions
from optimizer.runs import Run, RunPool
from reports.assessment import Depth, Span
from reports.ranking import NearPlan, Worth


def worths(
    instance: Instance,
    best: Result,
    plans: Sequence[NearPlan],
    counties: Iterable[str],
    options: SolveOptions,
    pool: RunPool,
    depth: Depth,
) -> dict[str, Worth]:
    """The worth of the counties' picks; `best` has the proven bound, the first of `plans` is the best plan known.

    With the depth "quick" a search holds the joining years of the best plan, but for the county's own, those of the
    year it moves to and, when it is left out, those of the last year, who may move up. With "full" everything is free,
    and the search's own bound counts. Plans nearly as good count too: one without the county shows what leaving it out
    costs at most.
    """
    if depth == "none":
        return {}
    looked_at = _LookedAt(instance, best, plans, options, depth)
    wanted = list(counties)
    results = pool.solve([run for county in wanted for run in looked_at.runs(county)])
    must = must_join(instance)
    return {
        county: Worth(
            left_out=looked_at.left_out(county, results.get(f"without {county}")),
            first=looked_at.first(county, results.get(f"first {county}")),
            must_join=county in must or looked_at.needed(results.get(f"without {county}")),
        )
        for county in wanted
    }


def must_join(instance: Instance) -> frozenset[str]:
    """Counties that the rules on who joins alone force into every plan: decided, all that can where all must, and all
    that may where exact picks are as many."""
    last = instance.last_year
    able = {code for code, county in instance.counties.items() if (county.eligible_from or last + 1) <= last}
    everyone = instance.policy.join_all or sum(instance.picks_due.values()) >= len(able)
    return frozenset(able if everyone else instance.decided)


def first_chance(instance: Instance, county: str) -> int | None:
    """The earliest year in which a county may join and anyone may; None when there is none, or it is decided."""
    begins = instance.counties[county].eligible_from
    if begins is None or county in instance.decided:
        return None
    return next((year for year in instance.years if year >= begins and instance.picks[year] >= 1), None)


@dataclass(frozen=True)
class _LookedAt:
    instance: Instance
    best: Result
    plans: Sequence[NearPlan]
    options: SolveOptions
    depth: Depth

    def runs(self, county: str) -> Iterator[Run]:
        """The searches that a county needs: none where the best plan says enough."""
        known = self.plans[0].plan
        years = joining_years(known)
        options = self.options if self.depth == "full" else near(self.options)
        if county in years and county not in self.instance.decided:
            barred = without(self.instance, [county])
            if self.depth != "full":
                last = max(years.values())
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

    def needed(self, result: Result | None) -> bool:
        """Whether a free search has proven that no plan can do without the county."""
        return self.depth == "full" and result is not None and result.status is Status.INFEASIBLE

    def left_out(self, county: str, result: Result | None) -> Span:
        """How much worse the best plan is when a county is barred."""
        if county in self.instance.decided:
            return Span()
        barred = without(self.instance, [county])
        restricts = only_restricts(self.instance, barred)
        without_it = [near.value for near in self.plans if county not in joining_years(near.plan)] if restricts else []
        if county not in joining_years(self.plans[0].plan):
            return self._span([self.plans[0].value], None, restricts=True)
        return self._span(without_it, result, restricts)

    def first(self, county: str, result: Result | None) -> Span:
        """How much worse the best plan is when a county joins as early as it may."""
        begins = first_chance(self.instance, county)
        if begins is None:
            return Span()
        early = [near.value for near in self.plans if joining_years(near.plan).get(county) == begins]
        return self._span(early, result, restricts=True)

    def _span(self, known: list[float], result: Result | None, restricts: bool) -> Span:
        """From values that are reached, of plans known and of a search; `restricts`: its problem has no plan that the
        whole one has not, so that it cannot be better."""
        reached = list(known)
        if result is not None and result.objective is not None:
            reached.append(result.objective)
        value, bound = self.plans[0].value, self.best.bound
        least: float | None = 0.0 if restricts else None
        if self.depth == "full" and result is not None and result.bound is not None:
            own = result.bound - value
            least = max(0.0, own) if restricts else own
        if not reached:
            return Span(None, least, None)
        most = None if bound is None else min(reached) - bound
        return Span(min(reached) - value, least, most)
