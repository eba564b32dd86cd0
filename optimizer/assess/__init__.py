"""What given choices cost against the best plan, all together, year by year and county by county."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

from inputs.given_plan import GivenPlan
from models.instance import Instance
from models.plan import Plan, Result, Status
from optimizer.alternatives_held import joining_years, with_moved, with_years
from optimizer.assess.conflicts import keepable, keepable_by_choosing, keepable_plants
from optimizer.assess.rules import broken_rules, plants_broken
from optimizer.forced_choices import raised
from optimizer.known_result import is_enough, with_known
from optimizer.options import SolveOptions
from optimizer.runs import Run, RunPool
from optimizer.swaps import Swapping
from reports.assessment import Assessment, ChoiceCost, Depth, Span, YearCost
from reports.choice_bounds import ChoiceBounds

FINER, SHORTER = 5, 5
"""Searches near a known plan ask for a gap so many times smaller, in a time so many times shorter: they are small, and
their differences are."""

Built = Mapping[tuple[str, str, int], float]


def near(options: SolveOptions) -> SolveOptions:
    """Options of searches near a known plan."""
    return replace(options, gap=options.gap / FINER, time_limit=max(1.0, options.time_limit / SHORTER))


def assess(
    instance: Instance,
    given: GivenPlan,
    options: SolveOptions,
    pool: RunPool,
    depth: Depth = "quick",
    only: Collection[str] | None = None,
    estimate: Callable[[], ChoiceBounds | None] | None = None,
    swap: Swapping | None = None,
    start: Plan | None = None,
    known: Result | None = None,
) -> Assessment:
    """Judge given choices: `instance` is the problem without them.

    Choices that no plan can make are left out, as few as can be found, and the others scored. `depth` is how choices
    are looked at one by one: not at all, by what bounds say of them alone, besides by small searches near the known
    plans, or each by a search of its own; `only` names the counties that are searched for, besides all choices of each
    year; None: all that are given. `estimate` finds the bounds by choice, as `optimizer.forced_choices.choice_bounds`
    does; it is not asked with the depth "none". `swap` values plans next to the best one, as
    `optimizer.swaps.swap_values` does; it is asked with the depth "swap". `start` is a plan to
    begin the search for the best one with; `known` is what an earlier search for it came to, and takes its place where
    that is within the gap. An interruption leaves the figures blank that
    were not reached.
    """
    broken = broken_rules(instance, given.years, given.plants)
    by_choosing = keepable_by_choosing(instance, given.years, options)
    years, least_dropped = dict(by_choosing.years), by_choosing.least_dropped
    building = _may_build(instance, years, given)
    built = built_exactly(instance, given, building)
    runs = [] if is_enough(known, options) else [Run("best", instance, options, start)]
    runs += [Run("given", replace(with_years(instance, years), built=built), options)]
    results = dict(pool.solve(runs))
    best, found = with_known(results.get("best"), known, options), results.get("given")
    if found is not None and found.status is Status.INFEASIBLE and best is not None and best.plan is not None:
        bare = with_years(instance, years)
        alone = pool.solve([Run("given years", bare, options)]).get("given years") if built else found
        if alone is not None and alone.status is Status.INFEASIBLE:
            # Not only those kept so far are asked: another set that the rules on choosing allow may lose fewer.
            kept = keepable(instance, given.years, by_choosing, options, pool)
            years, least_dropped = dict(kept.years), kept.least_dropped
            bare = with_years(instance, years)
            building = _may_build(instance, years, given)
            built = built_exactly(instance, given, building)
        if built:
            building = list(keepable_plants(bare, built, building, options, pool))
            built = {index: plants for index, plants in built.items() if index[0] in building}
        found = pool.solve([Run("given that can be", replace(bare, built=built), options)]).get("given that can be")
    reached = [result.objective for result in (best, found) if result is not None and result.objective is not None]
    value = min(reached, default=None)
    bounds = None if estimate is None or depth == "none" or value is None else estimate()
    if bounds is not None and best is not None:
        best = raised(best, bounds.bound)
    bound = None if best is None else best.bound
    scored = _Scored(instance, options, pool, depth, years, built, best, found, bounds)
    if bounds is not None and depth == "swap" and swap is not None and scored.reference is not None:
        wanted = [(county, year) for county, year in years.items() if only is None or county in only]
        bounds = replace(bounds, reached=swap(scored.reference, bounds, wanted))
        scored = replace(scored, bounds=bounds)
    choices, by_year = scored.choices(given.years, only) if depth != "none" and scored.complete else ((), ())
    regret = regret_of(best, found)
    if bounds is not None and regret.least is not None and value is not None:
        regret = replace(regret, least=max(regret.least, bounds.at_least(years.items(), value)))
    return Assessment(
        instance=instance,
        source=given.source,
        depth=depth,
        broken=broken,
        kept=tuple(years.items()),
        dropped=tuple((county, year) for county, year in given.years.items() if county not in years),
        least_dropped=least_dropped,
        plants_dropped=tuple(sorted({county for county, _, _ in given.plants} - set(building))),
        best=best,
        given=found,
        value=value,
        bound=bound,
        regret=regret,
        choices=choices,
        years=by_year,
        estimate=None if bounds is None else bounds.together(years.items()),
    )


def _may_build(instance: Instance, years: Mapping[str, int], given: GivenPlan) -> list[str]:
    """Counties whose given plants break no rule by themselves, with the choices of years that are kept."""
    wrong = {found.county for found in plants_broken(instance, years, given.plants)}
    return [county for county in dict.fromkeys(county for county, _, _ in given.plants) if county not in wrong]


def built_exactly(instance: Instance, given: GivenPlan, counties: Collection[str]) -> dict[tuple[str, str, int], float]:
    """Starts of plants in some counties as given, and none of what is not named there."""
    return {
        (county, design, year): float(given.plants.get((county, design, year), 0))
        for county, design in instance.options
        if county in counties
        for year in instance.years
    }


def regret_of(best: Result | None, given: Result | None) -> Span:
    """What choices cost that only restrict the problem: never less than nothing.

    The plan with the choices is one of those without them, so the best value is no more than its own; and no bound
    for all plans is above that of those with the choices.
    """
    if best is None or given is None or given.objective is None:
        return Span()
    value = given.objective if best.objective is None else min(best.objective, given.objective)
    bounds = [bound for bound in (best.bound, given.bound) if bound is not None]
    least = max(0.0, max(bounds) - value) if bounds else 0.0
    most = None if best.bound is None else given.objective - best.bound
    return Span(given.objective - value, least, most)


@dataclass(frozen=True)
class _Scored:
    """Choices that were scored together, and the searches that look at them one by one."""

    instance: Instance
    options: SolveOptions
    pool: RunPool
    depth: Depth
    years: Mapping[str, int]
    built: Built
    best: Result | None
    given: Result | None
    bounds: ChoiceBounds | None

    @property
    def complete(self) -> bool:
        """Whether there is a plan with the choices and one without."""
        return self.reference is not None and self.given is not None and self.given.plan is not None

    @property
    def reference(self) -> Plan | None:
        """The best plan that is known, with the choices or without."""
        known = [result for result in (self.best, self.given) if result is not None and result.objective is not None]
        return min(known, key=lambda result: result.objective or 0.0).plan if known else None

    def choices(
        self, given: Mapping[str, int], only: Collection[str] | None
    ) -> tuple[tuple[ChoiceCost, ...], tuple[YearCost, ...]]:
        """Every choice by itself, or `only` those of some counties, and those of each year together."""
        assert self.reference is not None
        best_years = joining_years(self.reference)
        groups: dict[str, dict[str, int]] = {
            county: {county: year} for county, year in self.years.items() if only is None or county in only
        }
        for when in sorted(set(self.years.values())):
            groups[_of_year(when)] = {county: year for county, year in self.years.items() if year == when}
        other = {
            name
            for name, group in groups.items()
            if any(best_years.get(county) != year for county, year in group.items())
        }
        searched = {} if self.depth in ("estimate", "swap") else groups
        runs = [self._run_alone(name, groups[name], best_years) for name in searched if name in other]
        if self._cost_something:
            runs += [self._run_without(name, group, best_years) for name, group in searched.items()]
        results = self.pool.solve(runs)
        groups = {
            **{county: {county: year} for county, year in self.years.items() if self.bounds is not None},
            **groups,
        }
        other |= {county for county, year in self.years.items() if best_years.get(county) != year}
        alone = {name: self._alone(results.get(f"alone {name}"), name in other, groups[name]) for name in groups}
        saving = {name: self._saving(results.get(f"without {name}")) for name in groups if name in searched}
        by_county = [
            ChoiceCost(
                county=county,
                year=year,
                best_year=best_years.get(county),
                kept=county in self.years,
                alone=alone.get(county, Span()),
                saving=saving.get(county, Span()),
                estimate=self._estimate({county: year}) if county in self.years else None,
            )
            for county, year in given.items()
        ]
        by_year = [
            YearCost(
                year=when,
                choices=len(groups[_of_year(when)]),
                same=sum(1 for county in groups[_of_year(when)] if best_years.get(county) == when),
                alone=alone[_of_year(when)],
                saving=saving.get(_of_year(when), Span()),
                estimate=self._estimate(groups[_of_year(when)]),
            )
            for when in sorted(set(self.years.values()))
        ]
        return tuple(by_county), tuple(by_year)

    @property
    def _cost_something(self) -> bool:
        """Whether a better plan is known than the best with all choices: else giving some up saves nothing known."""
        assert self.given is not None
        return self.reference is not self.given.plan

    def _run_alone(self, name: str, group: Mapping[str, int], best_years: Mapping[str, int]) -> Run:
        """The search with these choices alone."""
        if self.depth == "full":
            return Run(f"alone {name}", with_years(self.instance, group), self.options, self.reference)
        moved = with_moved(self.instance, best_years, group)
        return Run(f"alone {name}", moved, near(self.options), self.reference)

    def _run_without(self, name: str, group: Mapping[str, int], best_years: Mapping[str, int]) -> Run:
        """The search with all choices but these.

        Near the plan with all of them, counties that are not given keep their years, unless that year, or the one in
        which the best plan has them, is one in which these choices leave or take a place.
        """
        assert self.given is not None
        assert self.given.plan is not None
        others = {county: year for county, year in self.years.items() if county not in group}
        built = {index: plants for index, plants in self.built.items() if index[0] not in group}
        options = self.options
        if self.depth != "full":
            options = near(self.options)
            moving = {*group.values(), *(best_years[county] for county in group if county in best_years)}
            others = {
                county: year
                for county, year in joining_years(self.given.plan).items()
                if county in others or (county not in group and moving.isdisjoint({year, best_years.get(county)}))
            }
        left = replace(with_years(self.instance, others), built=built)
        return Run(f"without {name}", left, options, self.given.plan)

    def _estimate(self, group: Mapping[str, int]) -> float | None:
        """By how much the bound on every plan rises with some choices."""
        return None if self.bounds is None else self.bounds.together(group.items())

    def _alone(self, result: Result | None, differs: bool, group: Mapping[str, int]) -> Span:
        """What choices cost when nothing else is given."""
        assert self.given is not None
        assert self.given.objective is not None
        best = self.given if self.best is None else self.best
        value = min(number for number in (best.objective, self.given.objective) if number is not None)
        bound = None if self.best is None else self.best.bound
        if not differs:
            return Span(0.0, 0.0, None if bound is None else value - bound)
        # The plan with all choices makes these too.
        reached = [self.given.objective]
        reached += [result.objective] if result is not None and result.objective is not None else []
        swapped = self._swapped(group)
        reached += swapped
        own = result.bound if result is not None and self.depth == "full" else None
        least = max(0.0, own - value) if own is not None else 0.0
        if self.bounds is not None:
            least = max(least, self.bounds.at_least(group.items(), value))
        found = None if result is None and not swapped else min(reached) - value
        return Span(found, least, None if bound is None else min(reached) - bound)

    def _swapped(self, group: Mapping[str, int]) -> list[float]:
        """What a swap has reached for a single choice."""
        if self.bounds is None or len(group) != 1:
            return []
        return [self.bounds.reached[key] for key in group.items() if key in self.bounds.reached]

    def _saving(self, result: Result | None) -> Span:
        """What giving choices up saves, among all that are given."""
        assert self.given is not None
        assert self.given.objective is not None
        value = self.given.objective
        bounds = [self.best.bound] if self.best is not None and self.best.bound is not None else []
        given_bounds = [*bounds, *([self.given.bound] if self.given.bound is not None else [])]
        reached = value
        if result is not None and result.objective is not None:
            reached = min(value, result.objective)
            if self.depth == "full" and result.bound is not None:
                bounds = [*bounds, result.bound]
        least = max(0.0, max(given_bounds) - reached) if given_bounds else 0.0
        found = None if result is None and self._cost_something else value - reached
        return Span(found, least, value - max(bounds) if bounds else None)


def _of_year(year: int) -> str:
    """Name of the choices of a year together; no county's code has a space."""
    return f"of {year}"
