"""What given choices come to: what they cost against the best plan, county by county, and which rules they break."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pandas import DataFrame

from models.instance import Instance
from models.plan import Result, Status
from reports.assessment_book import Fact, Sheet
from reports.columns import (
    COUNTIES,
    COUNTY_COLUMNS,
    PROVINCE_COLUMNS,
    SHARE,
    TEXT,
    Column,
    Row,
    Unit,
    county_row,
    province_row,
)
from reports.summary import AIMS

Depth = Literal["none", "estimate", "swap", "quick", "full"]

OPTIONAL_YEAR = Unit(number_format="0", dtype="object")
OPTIONAL_SHARE = Unit("share of the best", "0.00%")
NOT_JOINING = "not at all"

SMALL = 0.001
"""Share of the best plan below which it is told with more decimals: one choice is little among many."""


@dataclass(frozen=True)
class Span:
    """A difference between two best values, neither of which may be known exactly.

    `found` is the difference between the best plans that were found; the true one is proven to lie from `least` to
    `most`. None where nothing is known. In the unit of the objective.
    """

    found: float | None = None
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True)
class BrokenRule:
    """A rule that given choices break whatever else is planned: its name, where, and in words."""

    rule: str
    words: str
    county: str | None = None
    province: str | None = None
    year: int | None = None


@dataclass(frozen=True)
class ChoiceCost:
    """One given choice. `best_year` is when the county joins in the best plan found, None when it does not.

    `alone`: what it costs when nothing else is given; `saving`: what giving up it alone, among all that is given,
    would save. `kept`: it is among the choices that were scored. `estimate`: by how much the bound on every plan rises
    with it, None where that was not looked at.
    """

    county: str
    year: int
    best_year: int | None
    kept: bool
    alone: Span
    saving: Span
    estimate: float | None = None


@dataclass(frozen=True)
class YearCost:
    """All given choices of a year: how many, how many of them the best plan makes too, and what they cost, as in
    `ChoiceCost`."""

    year: int
    choices: int
    same: int
    alone: Span
    saving: Span
    estimate: float | None = None


@dataclass(frozen=True)
class Assessment:
    """Given choices against the best plan.

    `best` is the search without them and `given` that with those of them that are `kept`, None where it was not done.
    `dropped` had to be left out for a plan to exist; `least_dropped` is how many at the least any plan must leave
    out, as far as that is proven. `bound` is the better of what was proven, and `value` the best plan found, for the
    problem without the choices. `regret` is what the kept choices cost, `estimate` by how much the bound on every plan
    rises with all of them.
    """

    instance: Instance
    source: str
    depth: Depth
    broken: tuple[BrokenRule, ...]
    kept: tuple[tuple[str, int], ...]
    dropped: tuple[tuple[str, int], ...]
    least_dropped: int
    plants_dropped: tuple[str, ...]
    best: Result | None
    given: Result | None
    value: float | None
    bound: float | None
    regret: Span
    choices: tuple[ChoiceCost, ...]
    years: tuple[YearCost, ...]
    estimate: float | None = None


def frames(assessment: Assessment) -> dict[str, DataFrame]:
    """The tables by name: `figures`, `broken_rules`, `given_up`, `by_county`, `by_year`."""
    instance = assessment.instance
    figures = DataFrame(list(figures_of(assessment)), columns=["figure", "value", "unit", "remark"], dtype=object)
    return {"figures": figures, **{sheet.name: sheet.frame(instance, assessment) for sheet in SHEETS}}


def figures_of(assessment: Assessment) -> Iterator[Fact]:
    """What was found, for the first page."""
    instance, regret = assessment.instance, assessment.regret
    aim = AIMS[instance.policy.objective]
    unit = aim.unit.name(instance)
    count = len(assessment.kept) + len(assessment.dropped)
    yield "Choices given", count, "counties", f"read from {assessment.source}; counties not named are left free"
    words = "the sheet Broken rules has each in words" if assessment.broken else "the choices by themselves break none"
    yield "Rules broken", len(assessment.broken), "", words
    yield from _dropped(assessment)
    found = assessment.given
    if found is None or found.objective is None:
        yield "Cost of the choices", None, unit, _without_plan(found)
    else:
        yield f"{aim.figure}, with the choices", found.objective, unit, "best plan found that makes them"
        yield "Proven bound, with the choices", found.bound, unit, "no plan that makes them can be better"
    yield f"{aim.figure}, without them", assessment.value, unit, "best plan found when the program is free to choose"
    yield "Proven bound, without them", assessment.bound, unit, "no plan at all can be better"
    yield "What the choices cost", regret.found, unit, "difference between the plans that were found"
    yield (
        "What the choices cost, at least",
        regret.least,
        unit,
        "proven: bound with the choices less the best plan found without them",
    )
    yield (
        "What the choices cost, at most",
        regret.most,
        unit,
        "proven: plan found with the choices less the bound without them",
    )
    if assessment.value:
        share = abs(assessment.value)
        for name, amount in (("", regret.found), (", at least", regret.least), (", at most", regret.most)):
            if amount is not None:
                remark = "share of the best plan found without them"
                yield f"What the choices cost, relative{name}", amount / share, SHARE.label, remark
    if assessment.estimate is not None and math.isfinite(assessment.estimate):
        yield (
            "What the choices cost, estimate",
            assessment.estimate,
            unit,
            "sum of those county by county; too low where many choices want the same",
        )
    yield "County by county", assessment.depth, "", DEPTHS[assessment.depth]
    if assessment.estimate is not None:
        yield "What estimates are", "changes of a bound", "", ESTIMATED


ESTIMATED = (
    "Counties are planned one by one at the relaxation's prices for what they share. By how much that bound on every "
    "plan rises with a choice is what the choice costs at these prices; estimates of choices add up. Proven is only "
    "what exceeds the gap between the bound and the best plan known."
)

DEPTHS = {
    "none": "not asked for",
    "estimate": "by estimates, and by what they prove; no search was made",
    "swap": "by estimates, and by an exchange of years with one other county, which shows what a choice costs at most",
    "quick": "by searches near the known plans, all other joining years held: they show what a change costs at most, "
    "and less may be possible",
    "full": "by a search of its own for each choice, with everything else free to change: the range is proven",
}


def _dropped(assessment: Assessment) -> Iterator[Fact]:
    count = len(assessment.dropped)
    if count:
        proven = "fewer is proven to be impossible"
        if assessment.least_dropped < count:
            proven = f"proven only that at least {assessment.least_dropped} must be"
        yield (
            "Choices left out",
            count,
            "counties",
            f"no plan makes all of them; what follows is of the others; {proven}",
        )
    if assessment.plants_dropped:
        names = ", ".join(assessment.instance.counties[code].name for code in assessment.plants_dropped)
        yield (
            "Plants left out",
            len(assessment.plants_dropped),
            "counties",
            f"plants given cannot be built so in {names}",
        )


def _without_plan(result: Result | None) -> str:
    if result is None:
        return "not looked for, as it was interrupted before; the same command goes on from there"
    if result.status is Status.INFEASIBLE:
        return "no plan makes these choices and keeps every rule"
    return "none was found in the time; it is not known whether there is one"


def _county_columns(instance: Instance) -> tuple[Column, ...]:
    return (
        *COUNTY_COLUMNS,
        *PROVINCE_COLUMNS,
        Column("year", OPTIONAL_YEAR, "year given"),
        Column("best_year", OPTIONAL_YEAR, "year in which it joins in the best plan found; 'not at all' if never"),
        Column("scored", TEXT, "no: the choice had to be left out for a plan to exist"),
        *_span_columns(instance, "alone", "what this choice costs when no other is given"),
        *_span_columns(instance, "saving", "what giving up this choice alone would save, all others given being kept"),
        Column("words", TEXT, "the same in a sentence", "in words"),
    )


def _year_columns(instance: Instance) -> tuple[Column, ...]:
    return (
        Column("year", Unit(number_format="0", dtype="int64"), "year given"),
        Column("choices", COUNTIES, "counties given for the year"),
        Column("same", COUNTIES, "those of them that join in that year in the best plan found too", "as in best plan"),
        *_span_columns(instance, "alone", "what this year's choices cost when no others are given"),
        *_span_columns(instance, "saving", "what giving up this year's choices would save, all others being kept"),
    )


def _span_columns(instance: Instance, name: str, meaning: str) -> tuple[Column, ...]:
    unit = AIMS[instance.policy.objective].unit
    title = {"alone": "cost alone", "saving": "saving if given up"}[name]
    estimate = (
        Column(
            "estimate", unit, f"{meaning}: estimate, by how much the bound on every plan rises", f"{title}, estimate"
        ),
        Column(
            "estimate_share", OPTIONAL_SHARE, "the same as a share of the best plan found", f"{title}, estimate, share"
        ),
    )
    return (
        *(estimate if name == "alone" else ()),
        Column(f"{name}", unit, f"{meaning}: difference between the plans found", title),
        Column(f"{name}_share", OPTIONAL_SHARE, "the same as a share of the best plan found", f"{title}, share"),
        Column(f"{name}_least", unit, "proven to be at least", f"{title}, at least"),
        Column(f"{name}_most", unit, "proven to be at most; blank: not known", f"{title}, at most"),
    )


def _span_row(name: str, span: Span, value: float | None) -> dict[str, object]:
    share = None if span.found is None or not value else span.found / abs(value)
    return {name: span.found, f"{name}_share": share, f"{name}_least": span.least, f"{name}_most": span.most}


def _estimate_row(estimate: float | None, value: float | None) -> dict[str, object]:
    known = None if estimate is None or not math.isfinite(estimate) else estimate
    return {"estimate": known, "estimate_share": None if known is None or not value else known / abs(value)}


def _broken_rows(assessment: Assessment) -> Iterator[Row]:
    for broken in assessment.broken:
        yield {
            "rule": broken.rule,
            "county": broken.county or "",
            "province": broken.province or "",
            "year": broken.year,
            "words": broken.words,
        }


def _dropped_rows(assessment: Assessment) -> Iterator[Row]:
    instance = assessment.instance
    for county, year in assessment.dropped:
        place = province_row(instance, instance.counties[county].province)
        yield {**county_row(instance, county), **place, "year": year}


def _choice_rows(assessment: Assessment) -> Iterator[Row]:
    instance = assessment.instance
    for choice in assessment.choices:
        yield {
            **county_row(instance, choice.county),
            **province_row(instance, instance.counties[choice.county].province),
            "year": choice.year,
            "best_year": choice.best_year if choice.best_year is not None else NOT_JOINING,
            "scored": "yes" if choice.kept else "no",
            **_estimate_row(choice.estimate, assessment.value),
            **_span_row("alone", choice.alone, assessment.value),
            **_span_row("saving", choice.saving, assessment.value),
            "words": sentence(assessment, choice),
        }


def _year_rows(assessment: Assessment) -> Iterator[Row]:
    for year in assessment.years:
        yield {
            "year": year.year,
            "choices": year.choices,
            "same": year.same,
            **_estimate_row(year.estimate, assessment.value),
            **_span_row("alone", year.alone, assessment.value),
            **_span_row("saving", year.saving, assessment.value),
        }


def sentence(assessment: Assessment, choice: ChoiceCost) -> str:
    """A choice in words: `Birch in 2027 instead of 2029: +0.4 %`."""
    name = assessment.instance.counties[choice.county].name
    if choice.best_year == choice.year:
        return f"{name} in {choice.year}, as in the best plan found"
    instead = "instead of not at all" if choice.best_year is None else f"instead of {choice.best_year}"
    if not choice.kept:
        return f"{name} in {choice.year} {instead}: left out, since no plan makes all choices"
    told, value = choice.alone.found, assessment.value
    if told is None and choice.estimate is not None and math.isfinite(choice.estimate):
        told = choice.estimate
    if told is None or not value:
        return f"{name} in {choice.year} {instead}: not known"
    words = f"{name} in {choice.year} {instead}: {_percent(told / abs(value))}"
    if choice.alone.found is None:
        words += " by estimate"
        if choice.alone.least:
            words += f", at least {_percent(choice.alone.least / abs(value))}"
    return words


def _percent(part: float) -> str:
    """A share of the whole with its sign: two decimals, and four of one that is a small part of a percent."""
    return f"{100 * part:+.{2 if abs(part) >= SMALL else 4}f} %"


SHEETS: tuple[Sheet[Assessment], ...] = (
    Sheet(
        "broken_rules",
        "Broken rules",
        "Rules that the given choices break by themselves, whatever else is planned.",
        lambda instance: (
            Column("rule", TEXT, "name of the rule, as in the manual"),
            Column("county", TEXT, "code of the county, where it concerns one", "county code"),
            Column("province", TEXT, "code of the province, where it concerns one", "province code"),
            Column("year", OPTIONAL_YEAR, "year, where it concerns one"),
            Column("words", TEXT, "what is broken", "in words"),
        ),
        _broken_rows,
        1,
    ),
    Sheet(
        "given_up",
        "Choices left out",
        "Choices that were left out so that a plan exists: as few as could be found. Another set of the same size may "
        "do as well.",
        lambda instance: (*COUNTY_COLUMNS, *PROVINCE_COLUMNS, Column("year", OPTIONAL_YEAR, "year given")),
        _dropped_rows,
    ),
    Sheet(
        "by_county",
        "By county",
        "What each given choice costs by itself. Figures of choices do not add up to what all cost together.",
        _county_columns,
        _choice_rows,
    ),
    Sheet(
        "by_year",
        "By year",
        "What the given choices of each year cost together.",
        _year_columns,
        _year_rows,
        1,
    ),
)
