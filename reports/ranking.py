"""How sure each pick is: what plans that are nearly as good as the best have in common."""

from dataclasses import dataclass
from statistics import fmean, pstdev
from typing import Literal

from models.instance import Instance
from models.plan import Plan, Result
from reports.assessment import Span
from reports.choice_bounds import Choice, ChoiceBounds
from reports.choices import joining

CERTAIN = 0.95
"""Share of plans from which on a choice is called certain."""
LIKELY = 0.6
"""Share of plans from which on a choice is called likely."""

Class = Literal["certain", "likely", "interchangeable", "left out"]

TIE = 1e-6
"""Relative difference of two values that counts as none."""

CLASSES = {
    "certain": f"in at least {CERTAIN:.0%} of the plans",
    "likely": f"in at least {LIKELY:.0%} of the plans",
    "interchangeable": "in fewer: others can take its place at little cost",
    "left out": f"in at most {1 - CERTAIN:.0%} of the plans",
}


@dataclass(frozen=True)
class NearPlan:
    """A plan nearly as good as the best: `value` is what it reaches of the objective, `method` how it was found."""

    plan: Plan
    value: float
    method: str


@dataclass(frozen=True)
class Worth:
    """What leaving a county out costs, and what making it join as early as it may; None where it was not looked at.

    `must_join`: it is proven that there is no plan without it. The estimates are the changes of the bound.
    """

    left_out: Span
    first: Span
    must_join: bool
    left_out_estimate: float | None = None
    first_estimate: float | None = None


@dataclass(frozen=True)
class Ranking:
    """Plans nearly as good as the best, and what they say of each county.

    `within` is the share of the best value by which a plan may be worse; the first of `plans` is the best that is
    known. `tried` counts searches by method. `worths` has the counties that were looked at by themselves. `bounds` says
    what is proven of every choice of a year, and what it is estimated to cost; None where it was not asked for.
    `wanted` is how many plans were asked for, None where that is not known; `interrupted` says that the search for
    them, or for what picks are worth, was.
    """

    instance: Instance
    best: Result
    within: float
    most: float
    seed: int
    plans: tuple[NearPlan, ...]
    tried: dict[str, int]
    worths: dict[str, Worth]
    bounds: ChoiceBounds | None = None
    wanted: int | None = None
    interrupted: bool = False

    @property
    def compared(self) -> bool:
        """Whether there are plans to compare: in one alone every pick would be certain."""
        return len(self.plans) > 1

    def out_of_reach(self, county: str, choice: Choice) -> bool:
        """Whether every plan that makes a choice is proven to cost more than one that is nearly as good."""
        if self.bounds is None:
            return False
        change = self.bounds.estimate(county, choice)
        return change is not None and self.bounds.bound + change > self.most + TIE * max(1.0, abs(self.most))

    def years_of(self, county: str) -> list[int | None]:
        """The year in which a county joins in each plan, None where it does not."""
        return [joins.get(county) for joins in self.joins]

    @property
    def joins(self) -> list[dict[str, int]]:
        """The joining years of each plan."""
        return [dict(joining(self.instance, near.plan)) for near in self.plans]


@dataclass(frozen=True)
class Standing:
    """What the plans say of one county.

    `share`: of plans in which it joins at all; `by_year`: in each year; `usual`: the year in most plans that have it
    (the earlier one of two alike). `mean` and `spread` (standard deviation) are of its joining year among plans that
    have it, `position` its mean place in the order of joining, counted from 1, those of the same year sharing the mean
    of their places. `order`: how often, over all other counties, the most frequent of before, in the same year and
    after is what a plan has. `joining` and `timing` are None where there is one plan alone, and nothing is proven.
    """

    county: str
    share: float
    by_year: dict[int, float]
    usual: int | None
    earliest: int | None
    latest: int | None
    mean: float | None
    spread: float | None
    position: float
    order: float
    joining: Class | None
    timing: Class | None
    within_reach: int | None = None
    proven: bool = False


def class_of(share: float) -> Class:
    """Certain from a share of plans of `CERTAIN` on, likely from `LIKELY`, left out when a choice is certain not to be
    made, else interchangeable."""
    if share >= CERTAIN:
        return "certain"
    if share >= LIKELY:
        return "likely"
    return "left out" if share <= 1 - CERTAIN else "interchangeable"


def standings(ranking: Ranking) -> list[Standing]:
    """Every county, in the order of joining: by mean position, then as in the workbook."""
    instance, joins = ranking.instance, ranking.joins
    positions = [_positions(instance, plan) for plan in joins]
    never = instance.last_year + 1
    steps = {county: [plan.get(county, never) for plan in joins] for county in instance.counties}
    found = []
    for county in instance.counties:
        years = [plan[county] for plan in joins if county in plan]
        by_year = {year: years.count(year) / len(joins) for year in instance.years}
        usual = max(instance.years, key=lambda year: (by_year[year], -year)) if years else None
        share = len(years) / len(joins)
        timing = class_of(by_year[usual] / share) if usual is not None and ranking.compared else None
        open_to = [choice for choice in (*instance.years, None) if not ranking.out_of_reach(county, choice)]
        proven = usual is not None and ranking.bounds is not None and open_to == [usual]
        found.append(
            Standing(
                county=county,
                share=share,
                by_year=by_year,
                usual=usual,
                earliest=min(years, default=None),
                latest=max(years, default=None),
                mean=fmean(years) if years else None,
                spread=pstdev(years) if years else None,
                position=fmean(plan[county] for plan in positions),
                order=_order(steps, county),
                joining="certain" if proven else class_of(share) if ranking.compared or open_to == [None] else None,
                timing="certain" if proven else "interchangeable" if timing == "left out" else timing,
                within_reach=None if ranking.bounds is None else sum(1 for choice in open_to if choice is not None),
                proven=proven,
            )
        )
    return sorted(found, key=lambda standing: standing.position)


def _positions(instance: Instance, joins: dict[str, int]) -> dict[str, float]:
    """Place of each county in the order of joining; those of one year share the mean of their places, and so do those
    that never join, which come last."""
    never = instance.last_year + 1
    groups: dict[int, list[str]] = {}
    for county in instance.counties:
        groups.setdefault(joins.get(county, never), []).append(county)
    found, taken = {}, 0
    for year in sorted(groups):
        members = groups[year]
        found.update(dict.fromkeys(members, taken + (len(members) + 1) / 2))
        taken += len(members)
    return found


def _order(steps: dict[str, list[int]], county: str) -> float:
    """Mean over all other counties of the share of plans that have the most frequent order of the two."""
    own = steps[county]
    shares = []
    for other, years in steps.items():
        if other != county:
            signs = [(year > mine) - (year < mine) for mine, year in zip(own, years, strict=True)]
            shares.append(max(signs.count(sign) for sign in (-1, 0, 1)) / len(signs))
    return fmean(shares) if shares else 1.0


def mean_difference(ranking: Ranking) -> float | None:
    """Mean over all pairs of plans of the share of picks (county and year) of either that the other does not make."""
    picks = [set(joins.items()) for joins in ranking.joins]
    shares = [
        1 - len(one & other) / len(one | other) if one | other else 0.0
        for place, one in enumerate(picks)
        for other in picks[place + 1 :]
    ]
    return fmean(shares) if shares else None
