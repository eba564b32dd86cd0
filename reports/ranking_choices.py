"""The tables of a ranking on every choice of a year: what it is estimated to cost, and what is proven of that."""

import math
from collections.abc import Iterator
from dataclasses import replace

from models.instance import Instance
from reports.assessment import NOT_JOINING, OPTIONAL_SHARE, OPTIONAL_YEAR
from reports.assessment_book import Sheet
from reports.columns import (
    COUNTY_COLUMNS,
    PROVINCE_COLUMNS,
    TEXT,
    Column,
    Row,
    county_row,
    province_row,
    year_columns,
)
from reports.ranking import TIE, Ranking, standings
from reports.summary import AIMS

NO_PLAN = "no plan"
"""What stands for the cost of a choice that no plan makes."""


def _year_cost_columns(instance: Instance) -> tuple[Column, ...]:
    unit = replace(AIMS[instance.policy.objective].unit, dtype="object")
    return (
        *COUNTY_COLUMNS,
        *PROVINCE_COLUMNS,
        Column("best_year", OPTIONAL_YEAR, "year in which it joins in the best plan known", "best plan"),
        Column("cheapest", OPTIONAL_YEAR, "what is estimated to cost least", "cheapest"),
        *year_columns(instance, unit, "estimate of what the best plan costs more if it joins"),
        Column("never", unit, "estimate of what the best plan costs more if it may not join; below 0: it costs less"),
    )


def _year_cost_rows(ranking: Ranking) -> Iterator[Row]:
    instance, bounds = ranking.instance, ranking.bounds
    for standing in standings(ranking) if bounds is not None else ():
        county = standing.county
        known = {year: bounds.estimate(county, year) for year in instance.years} if bounds is not None else {}
        costs = {year: change for year, change in known.items() if change is not None and math.isfinite(change)}
        yield {
            **county_row(instance, county),
            **province_row(instance, instance.counties[county].province),
            "best_year": ranking.joins[0].get(county, NOT_JOINING),
            "cheapest": min(costs, key=lambda year: costs[year]) if costs else None,
            **{str(year): _told(change) for year, change in known.items()},
            "never": None if bounds is None else _told(bounds.barred.get(county)),
        }


def _told(change: float | None) -> object:
    return NO_PLAN if change == math.inf else change


def _choice_columns(instance: Instance) -> tuple[Column, ...]:
    unit = AIMS[instance.policy.objective].unit
    return (
        *COUNTY_COLUMNS,
        *PROVINCE_COLUMNS,
        Column("choice", OPTIONAL_YEAR, "year in which it joins; 'not at all' if never", "joins in"),
        Column("verdict", TEXT, "what is known of plans that make this choice"),
        Column("estimate", unit, "by how much the bound rises; blank where no plan makes the choice"),
        Column("estimate_share", OPTIONAL_SHARE, "the same as a share of the best", "estimate, share"),
        Column("found", unit, "difference of the best plan known that makes it; blank: none is known", "best found"),
        Column("least", unit, "proven: every plan that makes it costs at least so much more than the best known",
               "at least"),
        Column("most", unit, "proven: the best plan that makes it costs at most so much more than the best of all; "
               "blank: no plan that makes it is known", "at most"),
    )  # fmt: skip


def _choice_rows(ranking: Ranking) -> Iterator[Row]:
    instance, bounds = ranking.instance, ranking.bounds
    if bounds is None:
        return
    best, joins = ranking.plans[0].value, ranking.joins
    proven = max(bounds.bound, -math.inf if ranking.best.bound is None else ranking.best.bound)
    for county in instance.counties:
        for choice in (*instance.years, None):
            change = bounds.estimate(county, choice)
            if change is None:
                continue
            reached = [
                near.value for near, plan in zip(ranking.plans, joins, strict=True) if plan.get(county) == choice
            ]
            reached += [bounds.reached[county, choice]] if (county, choice) in bounds.reached else []
            found = min(reached) - best if reached else None
            estimate = change if math.isfinite(change) else None
            if joins[0].get(county) == choice:
                verdict = "in the best plan"
            elif estimate is None:
                verdict = NO_PLAN
            elif found is not None and best + found <= ranking.most + TIE * max(1.0, abs(ranking.most)):
                verdict = "nearly as good"
            else:
                verdict = "proven to cost more" if ranking.out_of_reach(county, choice) else "open"
            yield {
                **county_row(instance, county),
                **province_row(instance, instance.counties[county].province),
                "choice": NOT_JOINING if choice is None else choice,
                "verdict": verdict,
                "estimate": estimate,
                "estimate_share": None if estimate is None or not best else estimate / abs(best),
                "found": found,
                "least": None if estimate is None else bounds.at_least([(county, choice)], best),
                "most": None if found is None else best + found - proven,
            }


CHOICE_SHEETS: tuple[Sheet[Ranking], ...] = (
    Sheet(
        "cost_by_year",
        "Cost by year",
        "What it is estimated to cost if a county joins in a year: by how much the bound on every plan rises.",
        _year_cost_columns,
        _year_cost_rows,
        shaded=lambda instance: [str(year) for year in instance.years],
    ),
    Sheet(
        "choices",
        "Every choice",
        "What is proven and known of every choice of a year: estimate, least and most that it costs.",
        _choice_columns,
        _choice_rows,
    ),
)
