"""The page about one county: why it is picked when it is, or not."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from reports.assessment_book import fact_text
from reports.background import Background
from reports.charts.why import why_pictures
from reports.html.findings_page import Overview, Part, exact_listing, findings_page
from reports.html.headline import Tile
from reports.html.listing import Listing
from reports.html.shell import figure_of, write_content
from reports.why import OTHER, Why
from reports.why.sentences import NO_PLAN, choice_year, obstacle_words, sentences, signed, state, unit
from reports.why.tables import DEPTHS, SHEETS, facts_of, frames

KIND = "why"

SHOWN = ("choices", "terms", "figures")
"""Tables that are open from the start."""

OF_CHOICES = ("joins", "asked", "found", "least", "most", "state", "at_prices", "moves")
"""Columns of the open table of choices; the sheet has all."""


def write_why_page(path: Path, why: Why, background: Background) -> None:
    """Write the page; an existing file is replaced only by a finished one. Raises `OSError` when it cannot be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_content(path, why_page(why, background))


def why_page(why: Why, background: Background) -> str:
    """The page as the content of a file."""
    instance, made = why.instance, frames(why)
    some = {sheet.name: sheet for sheet in SHEETS}
    listings = {
        sheet.name: exact_listing(instance, sheet, sheet.columns(instance), made[sheet.name])
        for sheet in SHEETS
        if len(made[sheet.name])
    }
    columns = [column for column in some["choices"].columns(instance) if column.name in OF_CHOICES]
    choices = exact_listing(
        instance, replace(some["choices"], name="each"), columns, made["choices"][[column.name for column in columns]]
    )
    against = tuple(
        f"Against {choice_year(choice.year)}: {obstacle_words(choice)}." for choice in why.forced if choice.obstacles
    )
    known = {choices.title: choices.name}
    drawn = tuple(figure_of(name, picture, known) for name, picture in why_pictures(why).items())
    proof = f"What each costs was looked at {DEPTHS[why.depth]}."
    facts = [(figure, fact_text(value, of), remark) for figure, value, of, remark in facts_of(why)]
    return findings_page(
        instance,
        background,
        Overview(_badge(why), list(sentences(why)), list(_tiles(why))),
        [
            Part(
                "choices",
                "If it joined in another year",
                words=(*against, proof),
                figures=drawn,
                listings=(choices,),
            ),
            Part("terms", "Which costs move", listings=_of(listings, "terms")),
            Part("figures", "What would have to change", listings=_of(listings, "figures")),
        ],
        kind=KIND,
        asked=f"why {why.name}",
        about=[f"Variant: {instance.variant}", f"County: {why.name} [{why.county}]"],
        lines=[(figure or "And", f"{text}: {remark}" if remark else text) for figure, text, remark in facts],
        listings=[listing for name, listing in listings.items() if name not in SHOWN[1:]],
        remarks=(),
    )


def _of(listings: Mapping[str, Listing], name: str) -> tuple[Listing, ...]:
    return (listings[name],) if name in listings else ()


def _badge(why: Why) -> tuple[str, str]:
    if why.interrupted:
        return "fair", "interrupted: not all was looked at"
    told = [state(why, choice) for choice in why.forced if choice.result is not None]
    if told and all(": proven" in words or words == NO_PLAN for words in told):
        return "good", "it is proven of each choice whether it costs more"
    return "fair", "not proven of each choice whether it costs more"


def _tiles(why: Why) -> Iterator[Tile]:
    joined = why.joined
    yield Tile("Joins in", choice_year(joined), why.origin)
    for choice in why.forced:
        if choice.cost.found is not None and choice.asked != (OTHER,):
            words = "If left out" if choice.year is None else f"If in {choice.year}"
            yield Tile(words, signed(choice.cost.found), f"{unit(why)}; {state(why, choice)}")
