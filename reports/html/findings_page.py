"""What pages of a search over many solves share: overview, parts with charts, findings in words, tables, method."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pandas import DataFrame

from models.instance import Instance
from reports.background import Background, origin_rows
from reports.columns import Column
from reports.html.headline import Tile
from reports.html.listing import Listing, Named, frame_listing
from reports.html.method import assumptions, settings, sources
from reports.html.shell import Figure, rendered
from reports.mechanisms import in_use, not_used

VALUE_FIGURES, PRICE_FIGURES = 6, 4
"""Figures that a value keeps that Excel shows as it is, and one of which it shows as many decimals as there are."""
MOST_DECIMALS = 10


@dataclass(frozen=True)
class Filter:
    """Buttons that keep the rows of a table with one value in a column: each value with the number of its rows."""

    table: str
    column: int
    words: str
    values: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Part:
    """A part of the page: sentences, charts, and tables that are open from the start."""

    anchor: str
    heading: str
    words: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    listings: tuple[Listing, ...] = ()
    filter: Filter | None = None


@dataclass(frozen=True)
class Overview:
    """The beginning of the page: kind (good, fair or bad) and words of its mark, sentences, key figures."""

    badge: tuple[str, str]
    sentences: Sequence[str]
    tiles: Sequence[Tile]


def findings_page(
    instance: Instance,
    background: Background,
    overview: Overview,
    parts: Sequence[Part],
    *,
    kind: str,
    asked: str,
    about: Sequence[str],
    lines: Sequence[tuple[str, str]],
    listings: Sequence[Listing],
    remarks: Sequence[str],
) -> str:
    """The page as the content of a file.

    `kind` is the word by which it is known again, `asked` what it is in words, `about` the facts below its heading,
    `lines` what was found, in words, `remarks` how that is meant, after what the template `<kind>_method.html` says.
    `instance` has the names.
    """
    told = [part for part in parts if part.figures or part.listings or part.words]
    follows = [_follows(len(background.assumptions))] if background.assumptions else []
    return rendered(
        "findings.html",
        scripts=("filter.js",),
        styles=("findings.css",),
        kind=kind,
        heading=f"{instance.title}: {asked}" if instance.title else asked.capitalize(),
        about=[*about, f"Money in: {instance.currency or 'money'}", f"Workbook: {background.workbook}"],
        contents=[
            ("overview", "Overview"),
            *((part.anchor, part.heading) for part in told),
            ("findings", "Findings in words"),
            *([("tables", "Tables")] if listings else []),
            ("method", "Method and data"),
        ],
        versions=background.versions,
        excel="the Excel report",
        instance=instance,
        background=background,
        badge=overview.badge,
        sentences=[*overview.sentences, *follows],
        tiles=overview.tiles,
        found=told,
        lines=lines,
        listings=listings,
        method=f"{kind}_method.html",
        remarks=remarks,
        variant=instance.variant,
        used=list(in_use(instance)),
        unused=list(not_used(instance)),
        settings=settings(instance),
        assumptions=assumptions(background),
        sources=sources(background),
        origin=origin_rows(background),
    )


def exact_listing(instance: Instance, table: Named, columns: Sequence[Column], frame: DataFrame) -> Listing:
    """A table as a listing; figures that Excel shows as exactly as they are get as many decimals as their figures take.

    A number format of the page has a fixed number of decimals, `General` and one that ends in # have none.
    """
    exact = [_exact(column, list(frame[column.name])) for column in columns]
    return frame_listing(instance, table, exact, frame)


def _exact(column: Column, values: Sequence[object]) -> Column:
    form = column.unit.number_format or ""
    if form != "General" and not form.endswith("#"):
        return column
    figures = [value for value in values if isinstance(value, (int, float)) and abs(value) < float("inf")]
    kept = VALUE_FIGURES if form == "General" else PRICE_FIGURES
    decimals = min(MOST_DECIMALS, max((_decimals(value, kept) for value in figures), default=0))
    fixed = "#,##0" + ("." + "0" * decimals if decimals else "")
    return replace(column, unit=replace(column.unit, number_format=fixed))


def _decimals(value: float, figures: int) -> int:
    exponent = Decimal(f"{value:.{figures}g}").normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _follows(assumed: int) -> str:
    if assumed == 1:
        return "One figure of the workbook is an assumption: all this says what follows from it."
    return f"{assumed:,} figures of the workbook are assumptions: all this says what follows from them."
