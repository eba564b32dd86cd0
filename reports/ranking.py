"""How sure each pick is: what plans that are nearly as good as the best have in common, and what a pick is worth."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev
from typing import Literal

from pandas import DataFrame

from models.instance import Instance
from models.plan import Plan, Result
from reports.assessment import NOT_JOINING, OPTIONAL_SHARE, OPTIONAL_YEAR, Span
from reports.assessment_book import Fact, Sheet
from reports.choices import joining, starting
from reports.columns import (
    COUNTY_COLUMNS,
    GOOD_COLUMNS,
    INDEX,
    NUMBER,
    PROVINCE_COLUMNS,
    SHARE,
    TEXT,
    Column,
    Row,
    Unit,
    county_row,
    good_row,
    province_row,
    year_columns,
)
from reports.summary import AIMS

CERTAIN = 0.95
"""Share of plans from which on a choice is called certain."""
LIKELY = 0.6
"""Share of plans from which on a choice is called likely."""

Class = Literal["certain", "likely", "interchangeable", "left out"]

NONE_BUILT = "none"
"""Scale of a good of which a county that joins builds no plant."""

YEARS = Unit("years", "0.00")
POSITION = Unit(number_format="0.0")
PLANTS = Unit("plants", "0.00")


@dataclass(frozen=True)
class NearPlan:
    """A plan nearly as good as the best: `value` is what it reaches of the objective, `method` how it was found."""

    plan: Plan
    value: float
    method: str


@dataclass(frozen=True)
class Worth:
    """What leaving a county out costs, and what making it join as early as it may; None where it was not looked at.

    `must_join`: it is proven that there is no plan without it.
    """

    left_out: Span
    first: Span
    must_join: bool


@dataclass(frozen=True)
class Ranking:
    """Plans nearly as good as the best, and what they say of each county.

    `within` is the share of the best value by which a plan may be worse; the first of `plans` is the best that is
    known. `tried` counts searches by method. `worths` has the counties that were looked at by themselves.
    """

    instance: Instance
    best: Result
    within: float
    most: float
    seed: int
    plans: tuple[NearPlan, ...]
    tried: dict[str, int]
    worths: dict[str, Worth]

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
    after is what a plan has.
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
    joining: Class
    timing: Class | None


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
        timing = None if usual is None else class_of(by_year[usual] / share)
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
                joining=class_of(share),
                timing="interchangeable" if timing == "left out" else timing,
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


def frames(ranking: Ranking) -> dict[str, DataFrame]:
    """The tables by name: `figures`, `counties`, `built`, `plans`."""
    figures = DataFrame(list(figures_of(ranking)), columns=["figure", "value", "unit", "remark"], dtype=object)
    return {"figures": figures, **{sheet.name: sheet.frame(ranking.instance, ranking) for sheet in SHEETS}}


def figures_of(ranking: Ranking) -> Iterator[Fact]:
    """What was looked at and how, for the first page."""
    instance, best = ranking.instance, ranking.best
    aim = AIMS[instance.policy.objective]
    unit = aim.unit.name(instance)
    told = standings(ranking)
    yield aim.figure, ranking.plans[0].value, unit, "the best plan that is known"
    yield "Proven bound", best.bound, unit, "no plan can be better"
    allowed = f"the best and {ranking.within:.4g} of it"
    yield "Near-optimal", ranking.most, unit, f"a plan counts as nearly as good up to this: {allowed}"
    yield "Plans", len(ranking.plans), "plans", "different ones, the best included; shares are of these"
    for method, count in ranking.tried.items():
        kept = sum(1 for near in ranking.plans if near.method == method)
        yield f"Found by {method}", kept, "plans", f"of {count} searches; the others gave a plan known already, or none"
    yield "Seed", ranking.seed, "", "of the random draws; the same seed draws the same"
    yield "Mean difference", mean_difference(ranking), "share", "of picks that two of the plans do not share"
    for name in ("certain", "likely", "interchangeable", "left out"):
        count = sum(1 for standing in told if standing.joining == name)
        yield f"Joining: {name}", count, "counties", CLASSES[name]
    for name in ("certain", "likely", "interchangeable"):
        count = sum(1 for standing in told if standing.timing == name)
        yield f"Joining year: {name}", count, "counties", "the same thresholds, for the most usual year"
    yield "What shares are", None, "", MEANING


CLASSES = {
    "certain": f"in at least {CERTAIN:.0%} of the plans",
    "likely": f"in at least {LIKELY:.0%} of the plans",
    "interchangeable": "in fewer: others can take its place at little cost",
    "left out": f"in at most {1 - CERTAIN:.0%} of the plans",
}

MEANING = (
    "Shares are of a sample of plans that are nearly as good, made to differ from each other by a stated method. They "
    "are no probabilities, and not of all such plans: what no plan of the sample does may still be possible at the "
    "same cost. What all of a large and varied sample do is hard to replace."
)


def mean_difference(ranking: Ranking) -> float | None:
    """Mean over all pairs of plans of the share of picks (county and year) of either that the other does not make."""
    picks = [set(joins.items()) for joins in ranking.joins]
    shares = [
        1 - len(one & other) / len(one | other) if one | other else 0.0
        for place, one in enumerate(picks)
        for other in picks[place + 1 :]
    ]
    return fmean(shares) if shares else None


def _county_columns(instance: Instance) -> tuple[Column, ...]:
    unit = AIMS[instance.policy.objective].unit
    return (
        Column("rank", NUMBER, "place by mean position in the order of joining", "place"),
        *COUNTY_COLUMNS,
        *PROVINCE_COLUMNS,
        Column("joining", TEXT, "how sure it is that the county joins; thresholds are on the first page"),
        Column("timing", TEXT, "how sure its most usual year is, among plans that have it", "joining year"),
        Column("share", SHARE, "plans in which it joins", "joins in"),
        Column("best_year", OPTIONAL_YEAR, "year in which it joins in the best plan known", "best plan"),
        Column("usual", OPTIONAL_YEAR, "year in which it joins in most plans", "most usual year"),
        Column("earliest", OPTIONAL_YEAR, "earliest year in any of the plans"),
        Column("latest", OPTIONAL_YEAR, "latest year in any of the plans"),
        Column("mean", Unit(number_format="0.0"), "mean joining year of plans that have it", "mean year"),
        Column("spread", YEARS, "standard deviation of the joining year"),
        Column("position", POSITION, "mean place in the order of joining; those of one year share theirs"),
        Column("order", INDEX, "how firm its order is: mean over other counties of the share of plans that have the "
               "most frequent of before, same year and after", "firmness of order"),
        *year_columns(instance, SHARE, "plans in which it joins"),
        Column("must_join", TEXT, "yes: proven that no plan is without it; no: not proven"),
        *_worth_columns(unit, "left_out", "cost of leaving it out", "what the best plan costs more were it barred"),
        *_worth_columns(unit, "first", "cost of joining first", "what it costs to have it join as early as it may"),
    )  # fmt: skip


def _worth_columns(unit: Unit, name: str, title: str, meaning: str) -> tuple[Column, ...]:
    return (
        Column(name, unit, f"{meaning}: difference to the best plan known, of the best found", title),
        Column(f"{name}_share", OPTIONAL_SHARE, "the same as a share of the best", f"{title}, share"),
        Column(f"{name}_least", unit, "proven to be at least; blank: not known", f"{title}, at least"),
        Column(f"{name}_most", unit, "proven to be at most; blank: not known", f"{title}, at most"),
    )


def _county_rows(ranking: Ranking) -> Iterator[Row]:
    instance, best = ranking.instance, ranking.joins[0]
    value = ranking.plans[0].value
    for place, standing in enumerate(standings(ranking), start=1):
        worth = ranking.worths.get(standing.county, Worth(Span(), Span(), False))
        row: dict[str, object] = {
            "rank": place,
            **county_row(instance, standing.county),
            **province_row(instance, instance.counties[standing.county].province),
            "joining": standing.joining,
            "timing": standing.timing or "",
            "share": standing.share,
            "best_year": best.get(standing.county, NOT_JOINING),
            "usual": standing.usual,
            "earliest": standing.earliest,
            "latest": standing.latest,
            "mean": standing.mean,
            "spread": standing.spread,
            "position": standing.position,
            "order": standing.order,
            **{str(year): share for year, share in standing.by_year.items()},
            "must_join": ("yes" if worth.must_join else "no") if standing.county in ranking.worths else "",
        }
        for name, span in (("left_out", worth.left_out), ("first", worth.first)):
            row[name] = span.found
            row[f"{name}_share"] = None if span.found is None or not value else span.found / abs(value)
            row[f"{name}_least"], row[f"{name}_most"] = span.least, span.most
        yield row


def _built_rows(ranking: Ranking) -> Iterator[Row]:
    """Of the plans in which a county joins: which build plants of a good there, of which scale, and how many."""
    instance = ranking.instance
    found: dict[tuple[str, str, str], list[float]] = {}
    for near in ranking.plans:
        counts: dict[tuple[str, str, str], float] = {}
        for county, design, _, number in starting(instance, near.plan):
            key = (county, instance.designs[design].good, instance.designs[design].scale)
            counts[key] = counts.get(key, 0.0) + number
        for key, number in counts.items():
            found.setdefault(key, []).append(number)
        for county, _ in joining(instance, near.plan):
            for good in instance.goods:
                if not any(key[:2] == (county, good) for key in counts):
                    found.setdefault((county, good, NONE_BUILT), []).append(0.0)
    plans = {county: sum(1 for year in ranking.years_of(county) if year is not None) for county in instance.counties}
    names = {code: scale.name for code, scale in instance.scales.items()}
    for county in instance.counties:
        for good in instance.goods:
            for scale in (*instance.scales, NONE_BUILT):
                numbers = found.get((county, good, scale))
                if numbers is None:
                    continue
                total = plans[county] if plans[county] and scale == NONE_BUILT else len(ranking.plans)
                share = len(numbers) / (plans[county] or total)
                yield {
                    **county_row(instance, county),
                    **good_row(instance, good),
                    "scale": scale,
                    "scale_name": names.get(scale, "no plant"),
                    "share": min(1.0, share),
                    "plants": fmean(numbers),
                    "certainty": class_of(min(1.0, share)),
                }


def _plan_rows(ranking: Ranking) -> Iterator[Row]:
    best, value = set(ranking.joins[0].items()), ranking.plans[0].value
    started = [_starts(near.plan) for near in ranking.plans]
    for place, (near, joins) in enumerate(zip(ranking.plans, ranking.joins, strict=True), start=1):
        yield {
            "plan": place,
            "method": near.method,
            "value": near.value,
            "above": (near.value - value) / abs(value) if value else None,
            "other_picks": len(set(joins.items()) - best),
            "other_counties": len(joins.keys() - ranking.joins[0].keys()),
            "other_plants": len(started[place - 1] - started[0]),
        }


def _starts(plan: Plan) -> set[tuple[tuple[str, str, int], float]]:
    return {(index, round(plants)) for index, plants in plan.start.items()}


def _plan_columns(instance: Instance) -> tuple[Column, ...]:
    aim = AIMS[instance.policy.objective]
    return (
        Column("plan", NUMBER, "number of the plan; 1 is the best known"),
        Column("method", TEXT, "how it was found"),
        Column("value", aim.unit, "what it reaches, at the best for what it chooses and builds", aim.figure),
        Column("above", OPTIONAL_SHARE, "by how much it is worse than the best plan known", "worse than the best"),
        Column("other_picks", NUMBER, "counties that join in another year than in the best plan, or only here"),
        Column("other_counties", NUMBER, "counties that join here and not in the best plan"),
        Column("other_plants", NUMBER, "county, design and year with another number of starts than in the best plan"),
    )


SHEETS: Sequence[Sheet[Ranking]] = (
    Sheet(
        "counties",
        "Counties",
        "How sure each county's pick and year are, in the order of joining, and what they are worth.",
        _county_columns,
        _county_rows,
        3,
    ),
    Sheet(
        "built",
        "Built",
        "What a county builds in the plans in which it joins: the share of them that have plants of a good and scale, "
        "and how many then.",
        lambda instance: (
            *COUNTY_COLUMNS,
            *GOOD_COLUMNS,
            Column("scale", TEXT, "code of the size class", "scale code"),
            Column("scale_name", TEXT, "size class", "scale"),
            Column("share", SHARE, "of the plans in which the county joins (of all, where it never does)"),
            Column("plants", PLANTS, "mean number in those plans"),
            Column("certainty", TEXT, "how sure it is; thresholds are on the first page"),
        ),
        _built_rows,
        4,
    ),
    Sheet(
        "plans",
        "Plans",
        "The plans: how each was found, how good it is, and how far it is from the best.",
        _plan_columns,
        _plan_rows,
        1,
    ),
)
