"""The page of a comparison: what it holds, in the words of the template, and how it is written."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from reports.background import origin_rows
from reports.charts.comparison.pictures import comparison_pictures
from reports.comparison import Comparison, ComparisonTable
from reports.comparison.excel import row_format
from reports.comparison.results import lines, results
from reports.comparison.sentences import summary_sentences
from reports.comparison.tables import COMPARISON_TABLES
from reports.html import PLAN, page_kind
from reports.html.comparison_headline import (
    about_variants,
    badge,
    common_changes,
    common_unit,
    compared_words,
    proven_rows,
    tiles,
    verdict,
)
from reports.html.comparison_map import comparison_map
from reports.html.listing import Listing, frame_listing
from reports.html.method import assumptions, settings, sources
from reports.html.shell import Section, figure_of, rendered, write_content
from reports.map.drawing import map_reading
from reports.map.places import Boundaries
from reports.mechanisms import MECHANISMS

SECTIONS = (
    ("costs", "What it costs, and why", ("intervals", "cost_waterfall")),
    ("supply", "What people get", ("coverage_by_year", "lorenz_curves", "supply_by_source")),
    ("changes", "What changes from variant to variant", ("source_changes",)),
    ("means", "Money, labour, transport and imports", ("means_by_year",)),
)
"""Sections with charts: anchor, heading, charts."""
KINDS = {
    PLAN: "the page of the plan of a variant",
    "frontier": "what more of one aim costs in another",
    "breakeven": "where one variant becomes cheaper than another",
    "ranking": "how sure each county's choice is",
    "assessment": "what given choices cost, and which rules they break",
    "prices": "what more of each scarce means is worth",
}
"""What pages of a kind tell."""


def write_comparison_page(
    path: Path, comparison: Comparison, boundaries: Boundaries | None = None, further: Sequence[Path] = ()
) -> None:
    """Write the page; see `reports.html.comparison.write_comparison_html`."""
    write_content(path, comparison_content(comparison, boundaries, further))


def comparison_content(
    comparison: Comparison, boundaries: Boundaries | None = None, further: Sequence[Path] = ()
) -> str:
    """The page as the content of a file."""
    base, known = comparison.base.instance, comparison.background
    drawn = comparison_pictures(comparison)
    listings = _listings(comparison)
    titles = {listing.title: listing.name for listing in listings.values()}
    sections = [
        Section(anchor, heading, tuple(figure_of(name, drawn[name], titles) for name in names if name in drawn))
        for anchor, heading, names in SECTIONS
    ]
    sections = [section for section in sections if section.figures]
    shown_map = comparison_map(comparison, boundaries)
    found = listings.pop(results.name)
    return rendered(
        "comparison.html",
        scripts=("comparison.js",),
        styles=("comparison.css",),
        kind="comparison",
        heading=f"{base.title or 'Plan'}: comparison",
        about=[
            f"Variants: {', '.join(one.variant for one in comparison.variants)}",
            f"Compared with: {comparison.base_code}",
            f"Money in: {base.currency or 'money'}",
            f"Workbook: {known.workbook}",
        ],
        contents=[
            ("overview", "Overview"),
            *_contents(sections, with_map=shown_map is not None),
            ("results", "Results side by side"),
            ("tables", "Tables"),
            *([("further", "Further results")] if further else []),
            ("method", "Method and data"),
        ],
        versions=known.versions,
        comparison=comparison,
        background=known,
        badge=badge(comparison),
        compared=compared_words(comparison),
        sentences=verdict(comparison),
        tiles=list(tiles(comparison)),
        proven=proven_rows(comparison),
        told=about_variants(comparison),
        map=shown_map,
        map_words="" if shown_map is None else map_reading(shown_map.surveyed),
        sections=sections,
        common=list(common_changes(comparison)),
        common_unit=common_unit(comparison),
        results=found,
        listings=list(listings.values()),
        further=[(_further(path), quote(path.name)) for path in further],
        settings=_settings(comparison),
        parts_used=_parts(comparison),
        assumptions=assumptions(known),
        sources=sources(known),
        origin=origin_rows(known),
        excel="the Excel comparison",
    )


def _further(path: Path) -> str:
    """What a file beside the page is."""
    words = KINDS.get(page_kind(path) or "", "")
    return f"{path.stem}: {words}" if words else path.stem


def _contents(sections: Sequence[Section], *, with_map: bool) -> list[tuple[str, str]]:
    """Anchors and headings of the sections with charts; the map comes after the costs."""
    found = [(section.anchor, section.heading) for section in sections]
    at = next((place + 1 for place, (anchor, _) in enumerate(found) if anchor == "costs"), 0)
    return [*found[:at], *([("map", "Where and when")] if with_map else []), *found[at:]]


def _listings(comparison: Comparison) -> dict[str, Listing]:
    """Every table that has a sheet of its own in the Excel comparison, by name."""
    return {
        table.name: _listing(comparison, table)
        for table in COMPARISON_TABLES
        if table.own_sheet and table is not summary_sentences
        if table is results or len(comparison.tables[table.name])
    }


def _listing(comparison: Comparison, table: ComparisonTable) -> Listing:
    formats = [row_format(line) for line in lines(comparison)] if table is results else None
    columns = table.columns(comparison)
    return frame_listing(comparison.base.instance, table, columns, comparison.tables[table.name], formats)


def _settings(comparison: Comparison) -> list[tuple[str, list[str], bool]]:
    """How the rules are set: name, value by variant, and whether they differ."""
    by_variant: list[Mapping[str, str]] = [dict(settings(one.instance)) for one in comparison.variants]
    names = dict.fromkeys(name for found in by_variant for name in found)
    rows = [(name, [found.get(name, "") for found in by_variant]) for name in names]
    return [(name, values, len(set(values)) > 1) for name, values in rows]


def _parts(comparison: Comparison) -> list[tuple[str, list[bool]]]:
    """Parts of the model that a workbook can leave off, and whether each variant uses them."""
    return [(name, [used(one.instance) for one in comparison.variants]) for name, used in MECHANISMS]
