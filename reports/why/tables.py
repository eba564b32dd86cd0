"""The tables about one county: choices, cost terms, counties that change places, its plants, prices, figures."""

import math
from collections.abc import Iterator, Mapping

from pandas import DataFrame

from models.instance import Instance
from reports.assessment import OPTIONAL_SHARE
from reports.assessment_book import Fact, Sheet
from reports.columns import (
    COUNTY_COLUMNS,
    DISCOUNTED,
    GOOD_COLUMNS,
    PLANTS,
    PROVINCE_COLUMNS,
    TEXT,
    VARIOUS,
    YEAR,
    Column,
    Row,
    Unit,
    county_row,
    good_row,
    province_row,
)
from reports.summary import AIMS, status_sentence
from reports.why import Forced, Why
from reports.why.changes import moves, plants, term_changes
from reports.why.sentences import (
    choice_sentence,
    choice_year,
    figure_sentence,
    headline,
    moves_words,
    obstacle_words,
    plants_words,
    sentences,
    state,
)

CHOICE = Column("joins", TEXT, "year in which the county joins in the choice; never: it does not", "if it joined in")
ANY = Unit(dtype="object")


def frames(why: Why) -> dict[str, DataFrame]:
    """The tables by name: `figures` of the first page, then those of `SHEETS`."""
    facts = DataFrame(list(facts_of(why)), columns=["figure", "value", "unit", "remark"], dtype=object)
    return {"facts": facts, **{sheet.name: sheet.frame(why.instance, why) for sheet in SHEETS}}


def facts_of(why: Why) -> Iterator[Fact]:
    """The first page: the answer in sentences, what it rests on, and how it was found."""
    instance, aim = why.instance, AIMS[why.instance.policy.objective]
    own = aim.unit.name(instance)
    yield "The answer", headline(why), "", ""
    for place, sentence in enumerate(list(sentences(why))[1:]):
        yield "Why" if place == 0 else "", sentence, "", ""
    for choice in why.forced:
        if choice.obstacles:
            yield f"Against {choice_year(choice.year)}", obstacle_words(choice), "", _lifted(choice)
    for study in why.figures:
        yield study.parameter, figure_sentence(why, study), "", study.meaning
    yield aim.figure, why.result.objective, own, f"of {why.origin}"
    yield "Proven bound", why.result.bound, own, "no plan can be better"
    yield "Status", status_sentence(why.result, instance.policy.objective), "", ""
    yield "How choices were looked at", why.depth, "", DEPTHS[why.depth]


DEPTHS: Mapping[str, str] = {
    "none": "not at all",
    "swap": "in every year. At least: the bound on all plans with the choice, from counties planned one by one at "
    "prices for what they share, less the best plan known. At most: a plan in which the county has exchanged years "
    "with the one other (or two, where provinces leave no room) with which that is estimated to cost least, less the "
    "bound on all plans. In it all others keep years and plants: with more of them free the choice may cost much less",
    "full": "by a search of its own for each choice, with everything else free to change. At least: the bound of that "
    "search, less the best plan known. At most: the plan that it found, less the bound on all plans",
}


def _lifted(choice: Forced) -> str:
    return "what it would cost is told as if that were allowed" if choice.lifted else ""


def _choice_columns(instance: Instance) -> tuple[Column, ...]:
    unit = AIMS[instance.policy.objective].unit
    return (
        CHOICE,
        Column("asked", TEXT, "why this choice was looked at", "looked at as"),
        Column("value", unit, "what the best plan found with the choice reaches", "plan with it"),
        Column("found", unit, "that, less the plan compared with, of the best plans found", "difference"),
        Column("share", OPTIONAL_SHARE, "the difference as a share of the best plan known", "difference, share"),
        Column("least", unit, "what the choice costs is proven to be at least; blank: not known", "at least"),
        Column("most", unit, "and at most; blank: not known", "at most"),
        Column("state", TEXT, "what is known of it in a word or two", "what is known"),
        Column(
            "at_prices",
            unit,
            "by how much the choice is dearer for the county alone than its best one, when money, labour, places and "
            "all else that counties share have the prices of the relaxation; blank: not known, or it cannot be",
            "dearer at prices",
        ),
        Column("moves", TEXT, "counties that change their years, the first few", "who changes places"),
        Column("plants", TEXT, "designs of which the county builds more or fewer", "its plants"),
        Column("against", TEXT, "rules that do not allow the choice, with the places of their figures"),
        Column("words", TEXT, "the same in a sentence", "in words"),
    )


def _choice_rows(why: Why) -> Iterator[Row]:
    for choice in in_order(why):
        value = None if choice.result is None else choice.result.objective
        price = why.at_prices.get(choice.year)
        yield {
            "joins": choice_year(choice.year),
            "asked": ", ".join(choice.asked),
            "value": value,
            "found": choice.cost.found,
            "share": None if choice.cost.found is None or not why.value else choice.cost.found / abs(why.value),
            "least": choice.cost.least,
            "most": choice.cost.most,
            "state": "the plan" if choice.year == why.joined and not choice.asked else state(why, choice),
            "at_prices": None if price is None or math.isinf(price) else price,
            "moves": moves_words(why, choice),
            "plants": plants_words(why, choice),
            "against": obstacle_words(choice),
            "words": "" if choice.cost.found is None or not choice.asked else choice_sentence(why, choice),
        }


def _as_it_is(why: Why) -> tuple[Forced, ...]:
    """The choice of the plan itself, for comparison."""
    return (Forced(why.joined, (), result=why.result),)


def in_order(why: Why) -> list[Forced]:
    """All choices that were looked at and that of the plan, by year; never comes last."""
    every = [*why.forced, *_as_it_is(why)]
    return sorted(every, key=lambda choice: (choice.year is None, choice.year or 0))


def _term_rows(why: Why) -> Iterator[Row]:
    for choice in why.forced:
        for change in term_changes(why, choice):
            yield {
                "joins": choice_year(choice.year),
                "term": change.term,
                "before": change.before,
                "after": change.after,
                "change": change.change,
                "here": change.here,
            }


def _move_rows(why: Why) -> Iterator[Row]:
    instance = why.instance
    for choice in why.forced:
        for move in moves(why, choice):
            yield {
                "joins": choice_year(choice.year),
                **county_row(instance, move.county),
                **province_row(instance, instance.counties[move.county].province),
                "before": choice_year(move.before),
                "after": choice_year(move.after),
            }


def _plant_rows(why: Why) -> Iterator[Row]:
    for choice in why.forced:
        for code, year, before, after in plants(why, choice):
            design = why.instance.designs[code]
            yield {
                "joins": choice_year(choice.year),
                "design": code,
                "design_name": design.name,
                **good_row(why.instance, design.good),
                "scale": design.scale,
                "year": year,
                "before": before,
                "after": after,
            }


def _price_rows(why: Why) -> Iterator[Row]:
    for year, cost in why.at_prices.items():
        possible = math.isfinite(cost)
        yield {
            "joins": choice_year(year),
            "at_prices": cost if possible else None,
            "remark": "" if possible else "cannot be",
        }


def _figure_rows(why: Why) -> Iterator[Row]:
    for study in why.figures:
        comparison = study.comparisons[0]
        crossings = comparison.crossings or (None,)
        for crossing in crossings:
            yield {
                "figure": study.parameter,
                "now": study.now,
                "target": why.target,
                "start": study.start,
                "end": study.end,
                "estimate": None if crossing is None else crossing.estimate,
                "joins_above": "" if crossing is None else ("above" if crossing.cheaper_above == 0 else "below"),
                "proven_low": None if crossing is None else crossing.proven_low,
                "proven_high": None if crossing is None else crossing.proven_high,
                "solves": comparison.solves,
                "words": figure_sentence(why, study),
            }


SHEETS: tuple[Sheet[Why], ...] = (
    Sheet(
        "choices",
        "Choices",
        "What the plan would cost if the county joined in another year, or never, and what would be otherwise.",
        _choice_columns,
        _choice_rows,
    ),
    Sheet(
        "terms",
        "Cost terms",
        "Cost terms of the plan compared with and of the plan with each choice, those that change most first.",
        lambda instance: (
            CHOICE,
            Column("term", TEXT, "cost term", "cost term"),
            Column("before", DISCOUNTED, "in the plan compared with"),
            Column("after", DISCOUNTED, "in the best plan found with the choice"),
            Column("change", DISCOUNTED, "the one less the other"),
            Column(
                "here", DISCOUNTED, "part of the change that is counted in the county itself", "of it in the county"
            ),
        ),
        _term_rows,
    ),
    Sheet(
        "moves",
        "Who changes places",
        "Other counties that join in another year with the choice than in the plan compared with.",
        lambda instance: (
            CHOICE,
            *COUNTY_COLUMNS,
            *PROVINCE_COLUMNS,
            Column("before", TEXT, "year in which it joins in the plan compared with", "from"),
            Column("after", TEXT, "year in which it joins with the choice", "to"),
        ),
        _move_rows,
        3,
    ),
    Sheet(
        "plants",
        "Its plants",
        "Plants that start in the county in the plan compared with and with each choice.",
        lambda instance: (
            CHOICE,
            Column("design", TEXT, "code of the plant design", "design code"),
            Column("design_name", TEXT, "name of the plant design", "design"),
            *GOOD_COLUMNS,
            Column("scale", TEXT, "code of the size class"),
            Column("year", YEAR, "year in which construction starts", "year of start"),
            Column("before", PLANTS, "in the plan compared with"),
            Column("after", PLANTS, "with the choice"),
        ),
        _plant_rows,
        3,
    ),
    Sheet(
        "at_prices",
        "At prices",
        "By how much each year is dearer for the county by itself than its best one, at the prices that the relaxation "
        "of the whole problem gives to what counties share. It says what draws the county to a year, and is no cost of "
        "a plan.",
        lambda instance: (
            CHOICE,
            Column(
                "at_prices",
                AIMS[instance.policy.objective].unit,
                "by how much it is dearer; blank: it cannot be",
                "dearer",
            ),
            Column("remark", TEXT, "whether it can be at all"),
        ),
        _price_rows,
        1,
    ),
    Sheet(
        "figures",
        "Its own figures",
        "What a single figure of the county's own rows would have to be for it to join in the year asked for rather "
        "than later or never, all other figures as they are.",
        lambda instance: (
            Column("figure", TEXT, "the figure, as for --set"),
            Column("now", VARIOUS, "its value in the workbook; blank: none"),
            Column("target", YEAR, "year in which the county is to join", "to join in"),
            Column("start", ANY, "least value looked at", "looked at from"),
            Column("end", ANY, "greatest value looked at", "to"),
            Column("estimate", ANY, "where both cost the same by the best plans; blank: no such value", "break-even"),
            Column("joins_above", TEXT, "on which side of it the county joins in that year", "joins"),
            Column("proven_low", ANY, "proven up to here; blank: not", "proven below"),
            Column("proven_high", ANY, "proven from here on; blank: not", "proven above"),
            Column("solves", ANY, "solves that were made"),
            Column("words", TEXT, "the same in a sentence", "in words"),
        ),
        _figure_rows,
        1,
    ),
)
