"""The page of one run: what it holds, in the words of the template, and how it is written."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path

from models.instance import Instance
from models.plan import Result, Status
from reports.background import Background
from reports.charts.picture import Told
from reports.charts.pictures import pictures, told_of
from reports.excel import provenance_rows
from reports.html.headline import sentences, tiles
from reports.html.listing import Listing, listing_of
from reports.html.map_part import MapPart, map_part
from reports.html.method import assumptions, settings, sources
from reports.html.shell import Section, figure_of, rendered, write_content
from reports.limits import binds
from reports.map.drawing import map_reading
from reports.map.places import Boundaries
from reports.mechanisms import in_use, not_used
from reports.summary import facts, provenance, status_sentence, summary
from reports.tables import PARTS

SECTIONS = (
    ("choices", "What is chosen, and when", ("counties_joining", "plants_started")),
    ("supply", "What people get", ("supply_by_source", "coverage_by_province", "lorenz")),
    ("means", "Money, labour and materials", ("means_against_limits", "central_money", "who_pays", "costs_by_term")),
    ("use", "How plants are used", ("utilisation",)),
)
"""Sections with charts: anchor, heading, charts."""


def write_page(
    path: Path, instance: Instance, result: Result, background: Background, boundaries: Boundaries | None = None
) -> None:
    """Write the page; see `reports.html.write_html`."""
    write_content(path, html_content(instance, result, background, boundaries))


def html_content(
    instance: Instance, result: Result, background: Background, boundaries: Boundaries | None = None
) -> str:
    """The page as the content of a file."""
    told = told_of(instance, result)
    drawn = pictures(told)
    listings = _listings(told)
    known = {listing.title: listing.name for group in listings.values() for listing in group}
    sections = [
        Section(anchor, heading, tuple(figure_of(name, drawn[name], known) for name in names if name in drawn))
        for anchor, heading, names in SECTIONS
    ]
    sections = [section for section in sections if section.figures]
    limits = _binding(told, listings)
    shown_map = _map(told, boundaries)
    told_facts = [fact for fact in facts(instance, result) if fact.figure != "Status"]
    return rendered(
        "report.html",
        scripts=("map.js",),
        kind="plan",
        heading=instance.title or "Plan",
        about=_about(instance, background),
        contents=[
            ("overview", "Overview"),
            *([("map", "Where and when")] if shown_map is not None else []),
            *((section.anchor, section.heading) for section in sections),
            *([("limits", "What limits the plan")] if limits else []),
            ("figures", "Key figures"),
            *([("tables", "Tables")] if listings else []),
            ("method", "Method and data"),
        ],
        versions=background.versions,
        instance=instance,
        result=result,
        background=background,
        badge=_badge(result),
        status=status_sentence(result, instance.policy.objective),
        sentences=list(sentences(instance, result, background)),
        tiles=list(tiles(instance, result)),
        map=shown_map,
        sections=sections,
        facts=[(name, list(group)) for name, group in groupby(told_facts, key=lambda fact: fact.section)],
        limits=limits,
        listings=listings,
        used=list(in_use(instance)),
        unused=list(not_used(instance)),
        settings=settings(instance),
        assumptions=assumptions(background),
        sources=sources(background),
        origin=provenance_rows(told.tables[provenance.name], background),
    )


def _about(instance: Instance, background: Background) -> list[str]:
    """What was planned, below the heading."""
    first, last = instance.first_year, instance.last_year
    return [
        f"Variant: {instance.variant}",
        f"Plan years: {first}" if first == last else f"Plan years: {first}–{last}",
        f"Money in: {instance.currency or 'money'}",
        f"Workbook: {background.workbook}",
    ]


def _badge(result: Result) -> tuple[str, str]:
    """Kind and words of the mark beside the title: what the run came to."""
    if result.plan is None:
        return "bad", "No plan"
    if result.status is Status.SOLVED:
        return "good", "Solved"
    return "fair", "Stopped early, usable plan"


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


def _map(told: Told, boundaries: Boundaries | None) -> MapPart | None:
    if told.result.plan is None:
        return None
    return map_part(told.instance, told.result.plan, boundaries, map_reading)
