"""The page of one run: what it holds, in the words of the template, and how it is written."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from models.instance import Instance
from models.plan import Result, Status
from reports.background import Background
from reports.charts.drawing import both_widths
from reports.charts.files import map_reading
from reports.charts.picture import Picture, Told
from reports.charts.pictures import pictures, told_of
from reports.charts.style import DARK, LIGHT, variables
from reports.excel import provenance_rows
from reports.excel.cells import shown
from reports.facts import Fact
from reports.html.headline import sentences, tiles
from reports.html.listing import Listing, listing_of, plain_listing
from reports.html.map_part import MapPart, map_part
from reports.limits import binds
from reports.map.places import Boundaries
from reports.mechanisms import in_use, not_used
from reports.summary import facts, provenance, status_sentence, summary
from reports.tables import PARTS
from reports.whole_file import whole_file

SECTIONS = (
    ("choices", "What is chosen, and when", ("counties_joining", "plants_started")),
    ("supply", "What people get", ("supply_by_source", "coverage_by_province", "lorenz")),
    ("means", "Money, labour and materials", ("means_against_limits", "central_money", "who_pays", "costs_by_term")),
    ("use", "How plants are used", ("utilisation",)),
)
"""Sections with charts: anchor, heading, charts."""


@dataclass(frozen=True)
class Figure:
    """A chart on the page: wide and narrow drawing, and links to the tables that it is drawn from."""

    name: str
    title: str
    reading: str
    wide: str
    narrow: str
    tables: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Section:
    """A part of the page with charts."""

    anchor: str
    heading: str
    figures: tuple[Figure, ...]


def write_page(
    path: Path, instance: Instance, result: Result, background: Background, boundaries: Boundaries | None = None
) -> None:
    """Write the page; see `reports.html.write_html`."""
    content = html_content(instance, result, background, boundaries)
    with whole_file(path) as unfinished:
        unfinished.write_text(content, encoding="utf-8", newline="\n")


def html_content(
    instance: Instance, result: Result, background: Background, boundaries: Boundaries | None = None
) -> str:
    """The page as the content of a file."""
    told = told_of(instance, result)
    drawn = pictures(told)
    listings = _listings(told)
    known = {listing.title: listing.name for group in listings.values() for listing in group}
    sections = [
        Section(anchor, heading, tuple(_figure(name, drawn[name], known) for name in names if name in drawn))
        for anchor, heading, names in SECTIONS
    ]
    told_facts = [fact for fact in facts(instance, result) if fact.figure != "Status"]
    script = _own("page.js")
    return (
        _environment()
        .get_template("report.html")
        .render(
            instance=instance,
            result=result,
            background=background,
            badge=_badge(result),
            status=status_sentence(result, instance.policy.objective),
            sentences=list(sentences(instance, result, background)),
            tiles=list(tiles(instance, result)),
            map=_map(told, boundaries),
            sections=[section for section in sections if section.figures],
            facts=[(name, list(group)) for name, group in groupby(told_facts, key=lambda fact: fact.section)],
            limits=_binding(told, listings),
            listings=listings,
            used=list(in_use(instance)),
            unused=list(not_used(instance)),
            settings=_settings(instance),
            assumptions=_assumptions(background),
            sources=_sources(background),
            origin=provenance_rows(told.tables[provenance.name], background),
            light=variables(LIGHT),
            dark=variables(DARK),
            css=_own("page.css"),
            script=script,
            script_hash=base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii"),
        )
    )


@cache
def _environment() -> Environment:
    """Templates, in which everything is text unless said to be markup."""
    environment = Environment(
        loader=PackageLoader("reports.html"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["fact_value"] = fact_value
    environment.filters["remark"] = remark
    environment.filters["shown"] = lambda value: shown(value, None)
    return environment


def _own(name: str) -> str:
    return files("reports.html").joinpath("templates", name).read_text(encoding="utf-8")


def fact_value(fact: Fact) -> str:
    """The value of a key figure as text; words and blanks as they are."""
    if fact.value is None:
        return ""
    if isinstance(fact.value, str):
        return fact.value
    form = fact.unit.number_format
    return shown(fact.value, None if form == "#,##0" else form)


def remark(text: str) -> str:
    """A remark written for the Excel report, in the words of a page."""
    return text.replace("on the sheet ", "in the table ").replace("The sheet ", "The table ")


def _badge(result: Result) -> tuple[str, str]:
    """Kind and words of the mark beside the title: what the run came to."""
    if result.plan is None:
        return "bad", "No plan"
    if result.status is Status.SOLVED:
        return "good", "Solved"
    return "fair", "Stopped early, usable plan"


def _figure(name: str, picture: Picture, known: Mapping[str, str]) -> Figure:
    wide, narrow = both_widths(picture)
    tables = tuple((title, known[title]) for title in picture.tables if title in known)
    return Figure(name, picture.title, picture.reading, wide, narrow, tables)


def _listings(told: Told) -> dict[str, list[Listing]]:
    """Every table that has a sheet of its own in the Excel report, by part of the report."""
    found: dict[str, list[Listing]] = {}
    for part, tables in PARTS.items():
        group = [
            listing_of(told.instance, table, told.tables[table.name])
            for table in tables
            if table.own_sheet and table.name in told.tables and table not in (summary, provenance)
            if len(told.tables[table.name])
        ]
        if group:
            found[part] = group
    return found


def _binding(told: Told, listings: Mapping[str, Sequence[Listing]]) -> list[tuple[str, int, int]]:
    """(rule, rows, rows that bind) of rules told one by one that bind anywhere."""
    if told.result.plan is None:
        return []
    counts: dict[str, list[bool]] = {}
    for limit in told.result.limits:
        counts.setdefault(limit.rule, []).append(binds(limit))
    table = told.tables.get("limits")
    scarce = set() if table is None else set(table.loc[table["binds"], "rule"])
    return [(rule, len(rows), sum(rows)) for rule, rows in counts.items() if rule in scarce]


def _settings(instance: Instance) -> list[tuple[str, str]]:
    """How the rules are set, by their names in the workbook."""
    policy = instance.policy
    found = [(field.name, _setting(getattr(policy, field.name))) for field in fields(policy)]
    return [
        ("discount_rate", f"{instance.discount_rate:.1%}"),
        ("tail_years", str(instance.tail_years)),
        *found,
    ]


def _setting(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 1000:
        return str(value)  # a year
    if isinstance(value, float):
        return shown(value, None) if abs(value) == float("inf") else f"{value:,g}"
    return shown(value, None)


def _assumptions(background: Background) -> Listing | None:
    if not background.assumptions:
        return None
    meaning = "Figures of the input workbook that are assumed, and the reasoning behind them."
    rows = [tuple(entry) for entry in background.assumptions]
    return plain_listing("assumptions", "Assumptions", meaning, ("sheet", "key", "reasoning"), rows)


def _sources(background: Background) -> Listing | None:
    if not background.sources:
        return None
    meaning = "Where the other figures of the input workbook come from."
    rows = [tuple(entry) for entry in background.sources]
    return plain_listing("sources", "Sources", meaning, ("code", "title", "attribution"), rows)


def _map(told: Told, boundaries: Boundaries | None) -> MapPart | None:
    if told.result.plan is None:
        return None
    return map_part(told.instance, told.result.plan, boundaries, map_reading)
