"""The tables and the first page of a ranking."""

import math
from collections.abc import Iterator, Sequence
from statistics import fmean

from pandas import DataFrame

from models.instance import Instance
from models.plan import Plan
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
from reports.ranking import CLASSES, Ranking, Standing, Worth, class_of, mean_difference, standings
from reports.ranking_choices import CHOICE_SHEETS
from reports.summary import AIMS

NONE_BUILT = "none"
"""Scale of a good of which a county that joins builds no plant."""

YEARS = Unit("years", "0.00")
POSITION = Unit(number_format="0.0")
PLANTS = Unit("plants", "0.00")
OPTIONAL_NUMBER = Unit("number", "#,##0")


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
    allowed = f"{100 * ranking.within:.4g} % worse than the best"
    yield "Near-optimal", ranking.most, unit, f"a plan counts as nearly as good up to this: {allowed}"
    yield "Plans", len(ranking.plans), "plans", _counted_plans(ranking)
    if ranking.interrupted:
        yield "Ended early", "interrupted", "", "the same command goes on from there"
    for method, count in ranking.tried.items():
        kept = sum(1 for near in ranking.plans if near.method == method)
        yield f"Found by {method}", kept, "plans", f"of {count} searches; the others gave a plan known already, or none"
    yield "Seed", ranking.seed, "", "of the random draws; the same seed draws the same"
    yield "Mean difference", mean_difference(ranking), "share", "of picks that two of the plans do not share"
    if ranking.compared:
        yield from _classes(told)
    if ranking.bounds is not None:
        yield from _proven(ranking, told)
    yield "What shares are", None, "", MEANING if ranking.compared else ALONE


def _counted_plans(ranking: Ranking) -> str:
    """What is to be said of how many plans there are."""
    told = "different ones, the best included; shares are of these"
    if ranking.wanted is None or len(ranking.plans) >= ranking.wanted:
        return told
    why = "the search was interrupted" if ranking.interrupted else "no more were found"
    return f"{told}; {ranking.wanted} were asked for, and {why}"


def _classes(told: Sequence[Standing]) -> Iterator[Fact]:
    """How many picks, and how many years, are how sure."""
    for name in ("certain", "likely", "interchangeable", "left out"):
        count = sum(1 for standing in told if standing.joining == name)
        yield f"Joining: {name}", count, "counties", CLASSES[name]
    for name in ("certain", "likely", "interchangeable"):
        count = sum(1 for standing in told if standing.timing == name)
        yield f"Joining year: {name}", count, "counties", "the same thresholds, for the most usual year"


def _proven(ranking: Ranking, told: Sequence[Standing]) -> Iterator[Fact]:
    """What the estimates are worth, and what is proven."""
    instance, bounds = ranking.instance, ranking.bounds
    assert bounds is not None
    unit = AIMS[instance.policy.objective].unit.name(instance)
    yield "Bound of the estimates", bounds.bound, unit, "that of which the estimates say by how much it rises"
    own = [bounds.estimate(county, year) for county, year in ranking.joins[0].items()]
    known = [change for change in own if change is not None]
    if known:
        remark = "mean estimate of the best plan's own years, which cost nothing: a smaller difference says little"
        yield "Roughness of the estimates", fmean(known), unit, remark
    yield "Joining year certain by proof", sum(1 for one in told if one.proven), "counties", "whatever the plans say"
    choices = [(county, year) for county in instance.counties for year in instance.years]
    beyond = sum(1 for county, year in choices if ranking.out_of_reach(county, year))
    yield "Years out of reach", beyond, "county-years", f"of {len(choices)}: proven to cost more than nearly as good"
    yield "What estimates are", "changes of a bound", "", ESTIMATED


ESTIMATED = (
    "Counties are planned one by one at the relaxation's prices for what they share. By how much that bound on every "
    "plan rises with a choice is what the choice costs at these prices: that of a whole plan may be more, as prices "
    "change with it, or less by what the bound lacks. Proven is only what exceeds the gap between the bound and the "
    "best plan known."
)

MEANING = (
    "Shares are of a sample of plans that are nearly as good, made to differ from each other by a stated method. They "
    "are no probabilities, and not of all such plans: what no plan of the sample does may still be possible at the "
    "same cost. What all of a large and varied sample do is hard to replace."
)


ALONE = (
    "There is one plan alone, the best that is known: by its shares every pick would be certain, so that nothing is "
    "said of how sure picks are. More plans are needed: more time, a greater --within, or another seed (--draws)."
)


def _county_columns(instance: Instance) -> tuple[Column, ...]:
    unit = AIMS[instance.policy.objective].unit
    return (
        Column("rank", NUMBER, "place by mean position in the order of joining", "place"),
        *COUNTY_COLUMNS,
        *PROVINCE_COLUMNS,
        Column("joining", TEXT, "how sure it is that the county joins; thresholds are on the first page; blank: one "
               "plan alone"),
        Column("timing", TEXT, "how sure its most usual year is, among plans that have it", "joining year"),
        Column("basis", TEXT, "proven: no other choice is nearly as good; plans: by their shares; blank: not known",
               "by"),
        Column("within_reach", OPTIONAL_NUMBER, "years not proven to cost more than a plan nearly as good; blank: not "
               "looked at", "years within reach"),
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
        Column(f"{name}_estimate", unit, f"{meaning}: estimate, by how much the bound rises", f"{title}, estimate"),
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
            "joining": standing.joining or "",
            "timing": standing.timing or "",
            "basis": "proven" if standing.proven else "plans" if ranking.compared else "",
            "within_reach": standing.within_reach,
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
        for name, span, estimate in (
            ("left_out", worth.left_out, worth.left_out_estimate),
            ("first", worth.first, worth.first_estimate),
        ):
            row[name] = span.found
            row[f"{name}_estimate"] = estimate if estimate is None or math.isfinite(estimate) else None
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
                    "certainty": class_of(min(1.0, share)) if ranking.compared else "",
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
    *CHOICE_SHEETS,
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
